"""The clinic's own safety list: looked at, changed, signed off by a clinician, put back, and tried out."""

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.booking.programme import programme
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.intake import safety_lists
from clinic.intake.models import SafetyList
from clinic.intake.rules import TIERS, decide_by, read_list
from clinic.intake.rules.changes import changes, raw_rows
from clinic.intake.safety_lists import shipped
from clinic.office.forms.safety import own_id

ROW = {
    "group": "general",
    "question": "Your ears are sore",
    "short": "Sore ears",
    "massage": ["M"],
    "action": "Keep off the ears.",
    "source": "Our own experience",
    "reason": "Three clients asked for it",
}
PAGE = "/clinic/safety-list"


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def added(olu, **more):
    olu.get(f"{PAGE}/rows/new")
    return olu.send(f"{PAGE}/rows", **{**ROW, **more})


def changed(olu, row, **told):
    """The page of a row sent as it stands, with some of it changed."""
    olu.get(f"{PAGE}/rows/{row}")
    rule = next(one for one in shipped() if one.id == row)
    stands = {name: getattr(rule, name) for name in ("question", "short", "action", "source")}
    ticks = {"massage": list(rule.massage), "deep": list(rule.deep), "examples": "\n".join(rule.examples)}
    return olu.send(f"{PAGE}/rows/{row}", **{"reason": "As our doctor says", **stands, **ticks, **told})


def signed_off(olu, **more):
    olu.get(PAGE)
    return olu.send(f"{PAGE}/signature", **{"approved_by": "Dr Jo Field, physiotherapist", **more})


def decides(told, *, deep=True):
    db.session.rollback()
    return decide_by(programme(db.session).safety, told, deep=deep)


def test_the_owner_sees_every_row_with_what_follows_and_how_it_is_known(olu):
    olu.get("/clinic")
    olu.get(olu.link("Safety list"))
    assert "No clinician of yours has signed a list off yet." in olu.text
    for rule in shipped():
        assert rule.short in olu.text
        assert rule.action in olu.text
    assert "Ambulance now (E2)" in olu.text
    assert "(source not read yet)" in olu.text


def test_a_row_of_their_own_decides_once_it_is_signed_off_and_not_before(olu):
    added(olu)
    assert "Kept as version 1." in olu.text
    assert not decides({"own_sore_ears"}).reasons
    signed_off(olu)
    assert "Version 1 decides. Signed off by Dr Jo Field, physiotherapist" in olu.text
    assert decides({"own_sore_ears"}).reasons == ("own_sore_ears",)
    olu.get("/treatments/psoas-release/safety?minutes=60")
    assert shipped()[0].question in olu.text


def test_what_is_signed_off_is_asked_on_the_safety_page(olu, new_visitor):
    changed(olu, "groin_locked", question="Your groin hurts at once and the leg will not go straight")
    signed_off(olu, weaker_seen="y")
    guest = new_visitor()
    guest.get("/treatments/psoas-release/safety?minutes=60")
    assert "Your groin hurts at once and the leg will not go straight" in guest.text


def test_whatever_is_weaker_has_to_be_seen_by_who_signs_it_off(olu):
    changed(olu, "tummy_muscles_parted", deep=[])
    assert signed_off(olu).status_code == 422
    assert "Show them what is weaker, and tick this." in olu.text
    assert not decides({"tummy_muscles_parted"}).release_allowed
    signed_off(olu, weaker_seen="y")
    assert decides({"tummy_muscles_parted"}).release_allowed


def test_what_nothing_lifts_always_keeps_from_deep_work(olu):
    assert changed(olu, "pregnant", deep=[]).status_code == 409
    assert "what is absolute is N for deep tummy work" in olu.text


def test_the_list_of_the_product_can_be_signed_off_as_it_is(olu):
    signed_off(olu)
    assert "Version 1 decides." in olu.text
    assert safety_lists.current(db.session) == shipped()
    olu.get(f"{PAGE}/versions")
    assert "as it comes with the product" in olu.text


def test_a_row_that_others_follow_from_cannot_be_left_out(olu):
    olu.get(f"{PAGE}/rows/groin_locked")
    assert olu.send(f"{PAGE}/rows/groin_locked/removal", reason="We never meet it").status_code == 409
    assert "This would break the list" in olu.text
    olu.get(f"{PAGE}/rows/bendy_joints")
    olu.send(f"{PAGE}/rows/bendy_joints/removal", reason="We ask aloud")
    olu.get(f"{PAGE}/versions")
    assert "Left out." in olu.text
    assert "We ask aloud" in olu.text


def test_versions_say_what_was_and_what_is_and_an_earlier_one_can_be_put_back(olu):
    changed(olu, "aspirin", action="Ask them. No deep tummy work.", reason="Shorter")
    changed(olu, "aspirin", massage=["M", "C"])
    olu.get(f"{PAGE}/versions")
    was = next(rule.action for rule in shipped() if rule.id == "aspirin")
    assert f"What the therapist does {was} Ask them. No deep tummy work." in olu.text
    assert "Olu, 11 March 2026: Shorter" in olu.text or "Olu, Wednesday 11 March" in olu.text
    olu.send(f"{PAGE}/versions/0/return", reason="Ours was better")
    assert db.session.scalars(sa.select(SafetyList.number).order_by(SafetyList.number)).all() == [1, 2, 3]
    olu.get(PAGE)
    assert "A therapist rings first (C)" in olu.text
    assert was in olu.text


def test_of_two_who_change_it_at_once_the_later_is_told_and_loses_no_word(olu, new_visitor):
    other = new_visitor()
    other.sign_in("olu")
    olu.get(f"{PAGE}/rows/new")
    other.get(f"{PAGE}/rows/new")
    olu.send(f"{PAGE}/rows", **ROW)
    assert other.send(f"{PAGE}/rows", **{**ROW, "short": "Sore toes"}).status_code == 409
    assert "Somebody changed the list meanwhile." in other.text
    assert 'value="Sore toes"' in other.page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SafetyList)) == 1


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"reason": ""}, "Say why"),
        ({"question": ""}, "Write what the client is asked."),
        ({"short": ""}, "This cannot be empty."),
        ({"massage": []}, "Choose what follows from it."),
        ({"group": "nowhere"}, "Choose one of these."),
        ({"examples": "one\n" * 13}, "Keep it to 12 examples."),
    ],
)
def test_a_row_that_says_too_little_is_not_kept(olu, told, says):
    assert added(olu, **told).status_code == 422
    assert says in olu.text
    assert db.session.scalar(sa.select(SafetyList.number)) is None


def test_a_list_is_signed_off_by_somebody_with_a_name(olu):
    added(olu)
    assert signed_off(olu, approved_by=" ").status_code == 422
    assert "Name the clinician" in olu.text
    assert db.session.scalar(sa.select(SafetyList.approved_at)) is None


def test_the_bench_says_what_a_client_would_be_told_by_both_lists_and_keeps_nothing(olu):
    changed(olu, "aspirin", deep=[], massage=["I"])
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuditLine))
    olu.get(f"{PAGE}/bench")
    olu.send(f"{PAGE}/bench", treatment="psoas-release", told=["aspirin"])
    assert "By the list that decides Offered the treatment without deep tummy work." in olu.text
    assert "By the version that waits It may be booked." in olu.text
    olu.send(f"{PAGE}/bench", treatment="massage", told=["chest_or_sudden"])
    assert "Told to get emergency help. Nothing is booked." in olu.text
    assert olu.page.request.query_string == b""
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditLine)) == before


def test_the_trail_names_versions_and_nothing_of_their_words(olu):
    added(olu)
    signed_off(olu)
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.subject == "safety_list:1").order_by(AuditLine.id))
    assert [(line.action, line.detail) for line in lines] == [
        ("safety_list.changed", {}),
        ("safety_list.signed_off", {}),
    ]


def test_what_is_kept_reads_as_it_was():
    assert read_list(raw_rows(shipped())) == shipped()


@settings(max_examples=100)
@given(st.data())
def test_whoever_may_be_booked_by_a_changed_row_and_not_before_makes_it_weaker(data):
    """The mark of what is weaker misses no change of tiers by which anybody gets more than before."""
    rule = data.draw(st.sampled_from(shipped()))
    tiers = st.lists(st.sampled_from(TIERS), unique=True).map(tuple)
    other = replace(rule, massage=data.draw(tiers), deep=data.draw(tiers))
    after = [other if one.id == rule.id else one for one in shipped()]
    told = {rule.id}
    gets_more = any(
        decide_by(shipped(), told, deep=deep).tiers & set(TIERS[:5])
        > decide_by(after, told, deep=deep).tiers & set(TIERS[:5])
        for deep in (True, False)
    )
    assert not gets_more or any(one.weaker for one in changes(shipped(), after))


def test_own_ids_are_plain_and_never_taken():
    assert own_id("Große Öhrchen!", set()) == "own_groe_ohrchen"
    assert own_id("Sore ears", {"own_sore_ears"}) == "own_sore_ears_2"
    assert re.fullmatch(r"own_[a-z0-9_]+", own_id("漢字", set()))
