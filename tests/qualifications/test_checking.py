"""Checking papers: by an owner, never their own; what was changed since, is looked at anew; revoking counts at once."""

import pytest
from sqlalchemy import select

from clinic.core.audit import SYSTEM, AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account, Therapist
from clinic.qualifications.models import Credential, Verification
from clinic.qualifications.operations import ask_for_check
from clinic.work.models import WorkItem
from tests.cast import therapist
from tests.conftest import NOW

GOOD = {"outcome": "verified", "method": "original"}


@pytest.fixture
def cleo(cast):
    """A therapist whose papers wait for a check; each was asked for."""
    with writing():
        made = therapist(db.session, "Cleo Alone", cast.olu, cast.location, now=NOW, verified=False)
        for one in db.session.scalars(select(Credential).where(Credential.therapist_id == made.id)):
            ask_for_check(db.session, one, now=NOW, by=SYSTEM)
        db.session.commit()
    return made


@pytest.fixture
def olu(new_visitor):
    visitor = new_visitor()
    visitor.sign_in("olu")
    return visitor


def paper(holder, kind="qualification"):
    return db.session.scalar(select(Credential.id).where(Credential.therapist_id == holder.id, Credential.kind == kind))


def page_of(holder, kind="qualification"):
    return f"/credentials/{paper(holder, kind)}/check"


def checked(visitor, holder, kind="qualification", **told):
    page = page_of(holder, kind)
    visitor.get(page)
    return visitor.send(page, **{**GOOD, **told})


def verifications():
    return db.session.scalars(select(Verification).order_by(Verification.id.desc())).all()


def offers(visitor, name):
    visitor.get("/treatments/massage/times")
    return name.replace(" ", "-").lower() in visitor.page.text


def test_what_the_owner_checked_counts_from_that_moment_and_says_who_checked_and_how(olu, visitor, cleo):
    assert not offers(visitor, "Cleo Alone")
    for kind in ("qualification", "insurance"):
        checked(olu, cleo, kind, next_check_on="2026-09-01")
    assert offers(visitor, "Cleo Alone")
    assert olu.page.request.path == "/qualifications/cleo-alone"
    assert "Verified by Olu on 11 March 2026: original seen." in olu.text
    last = verifications()[0]
    assert (last.method, last.meets_level, str(last.next_check_on)) == ("original", None, "2026-09-01")
    lines = db.session.scalars(select(AuditLine.subject).where(AuditLine.action == "credential.verified"))
    assert f"credential:{paper(cleo)}" in lines.all()


def test_the_level_is_proposed_from_its_framework_and_may_be_lowered(olu, visitor, cleo):
    olu.get(page_of(cleo))
    assert 'name="meets_level" type="text" value="4"' in olu.page.text
    checked(olu, cleo, meets_level="3")
    checked(olu, cleo, "insurance")
    assert verifications()[1].meets_level == 3
    assert not offers(visitor, "Cleo Alone")


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"outcome": ""}, "Choose whether it holds."),
        ({"outcome": "revoked"}, "Choose whether it holds."),
        ({"method": "hearsay"}, "Choose how you know."),
        ({"meets_level": "9"}, "Enter a number from 1 to 8"),
        ({"meets_level": "high"}, "Enter a number from 1 to 8"),
        ({"outcome": "rejected", "note": " "}, "Say why it is not accepted"),
        ({"next_check_on": "2026-03-11"}, "Enter a day that is still to come."),
        ({"next_check_on": "soon"}, "Enter a day, such as"),
    ],
)
def test_a_check_that_says_too_little_is_not_kept(olu, cleo, told, says):
    before = len(verifications())
    assert checked(olu, cleo, **told).status_code == 422
    assert says in olu.text
    assert len(verifications()) == before


def test_a_paper_that_is_not_accepted_says_why_to_whose_it_is(olu, new_visitor, cleo):
    checked(olu, cleo, outcome="rejected", note="The photo cannot be read.")
    cleos = new_visitor()
    cleos.sign_in("cleo")
    cleos.get("/qualifications/cleo-alone")
    assert "Not accepted by Olu on 11 March 2026: “The photo cannot be read.”" in cleos.text


def test_what_was_changed_since_it_was_looked_at_has_to_be_looked_at_again(olu, cleo):
    before = len(verifications())
    olu.get(page_of(cleo))
    with writing():
        db.session.get(Credential, paper(cleo)).revision += 1
        db.session.commit()
    assert olu.send(page_of(cleo), **GOOD).status_code == 409
    assert "It was changed since you looked" in olu.text
    assert len(verifications()) == before
    olu.send(page_of(cleo), **GOOD)
    assert verifications()[0].revision == 2


def test_a_check_that_is_waited_for_is_work_until_it_is_made_and_is_nothing_to_reception(olu, new_visitor, cleo):
    olu.get("/work")
    assert olu.text.count("Cleo Alone Check a paper") == 2
    olu.get(olu.link("Look at it"))
    assert olu.page.request.path.endswith("/check")
    rosa = new_visitor()
    rosa.sign_in("rosa")
    rosa.get("/work")
    assert "Cleo" not in rosa.text
    item = db.session.scalar(select(WorkItem.id).where(WorkItem.subject == f"credential:{paper(cleo)}"))
    with pytest.raises(AssertionError):
        rosa.link("Look at it")
    assert rosa.post(f"/work/{item}/owner", owner=item).status_code == 404
    checked(olu, cleo)
    olu.get("/work")
    assert olu.text.count("Cleo Alone Check a paper") == 2  # one waits, one is done
    assert len(db.session.scalars(select(WorkItem).where(WorkItem.done_at.is_(None))).all()) == 1


def test_a_paper_is_asked_for_once_each_revision_and_what_was_asked_before_is_done_with(cleo):
    with writing():
        one = db.session.get(Credential, paper(cleo))
        ask_for_check(db.session, one, now=NOW, by=SYSTEM)
        one.revision += 1
        ask_for_check(db.session, one, now=NOW, by=SYSTEM)
        ask_for_check(db.session, one, now=NOW, by=SYSTEM)
        db.session.commit()
    items = db.session.scalars(select(WorkItem).where(WorkItem.subject == f"credential:{paper(cleo)}")).all()
    assert sorted(item.done_at is None for item in items) == [False, True]


def test_a_revoked_paper_counts_no_more_and_says_why(olu, visitor, cast):
    assert offers(visitor, "Ben Okafor")
    olu.get(page_of(cast.ben))
    page = f"/credentials/{paper(cast.ben)}/revocation"
    assert olu.send(page).status_code == 422
    assert "Say why" in olu.text
    olu.send(page, reason="The body withdrew it.")
    assert "Revoked by Olu on 11 March 2026: “The body withdrew it.”" in olu.text
    assert not offers(visitor, "Ben Okafor")
    olu.get(page_of(cast.ben))
    assert olu.send(page, reason="Again").status_code == 409
    assert [one.outcome for one in verifications()][:1] == ["revoked"]


def owns(holder, account):
    """From now on these papers are the owner's own."""
    with writing():
        db.session.get(Therapist, holder.id).account_id = account.id
        db.session.commit()


@pytest.mark.parametrize("how", ["account", "name", "address"])
def test_nobody_checks_their_own_whichever_way_they_are_the_same_person(olu, cleo, cast, how):
    with writing():
        if how == "account":
            db.session.get(Therapist, cleo.id).account_id = cast.olu.id
        if how == "name":
            db.session.get(Account, cast.olu.id).name = "cleo  ALONE"
        if how == "address":
            db.session.get(Account, cleo.account_id).email = "olu+cleo@clinic.test"
        db.session.commit()
    before = len(verifications())
    assert olu.get(page_of(cleo)).status_code == 403
    assert "Nobody checks their own" in olu.text
    assert "/qualifications/cleo-alone/checkers" in olu.page.text
    for path in (page_of(cleo), f"/credentials/{paper(cleo)}/revocation"):
        assert olu.post(path, **GOOD, revision="1", reason="Mine").status_code == 403
    assert len(verifications()) == before


@pytest.mark.parametrize("who", ["cleo", "ben", "rosa"])
def test_no_post_of_anybody_but_an_owner_checks_anything(new_visitor, cleo, who):
    before = len(verifications())
    visitor = new_visitor()
    visitor.sign_in(who)
    for kind in ("qualification", "insurance"):
        answers = [
            visitor.get(page_of(cleo, kind)),
            visitor.post(page_of(cleo, kind), **GOOD, revision="1"),
            visitor.post(f"/credentials/{paper(cleo, kind)}/revocation", reason="Why not"),
        ]
        assert [one.status_code for one in answers] == [403, 403, 403]
    assert len(verifications()) == before


def test_what_does_not_exist_or_was_put_away_is_not_checked(olu, cleo):
    page = page_of(cleo)
    with writing():
        db.session.get(Credential, paper(cleo)).put_away_at = NOW
        db.session.commit()
    assert olu.get(page).status_code == olu.post(page, **GOOD, revision="1").status_code == 404
    assert olu.get("/credentials/99999999999/check").status_code == 404
