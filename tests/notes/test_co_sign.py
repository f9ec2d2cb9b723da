"""A trainee's note waits for their supervisor's signature, who reads it and that client's record, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.notes.models import Signature
from clinic.people.models import Account, Therapist
from clinic.people.rules import may_supervise
from clinic.work.models import WorkItem
from tests.cast import therapist
from tests.conftest import NOW
from tests.notes.conftest import WORDS


def account_of(name):
    return db.session.scalar(select(Account.id).where(Account.email == f"{name}@clinic.test"))


def supervise(olu, trainee, supervisor):
    """As the owner does it, on the trainee's page."""
    page = f"/clinic/staff/{account_of(trainee)}"
    found = supervisor and db.session.scalar(select(Therapist.id).where(Therapist.account_id == account_of(supervisor)))
    olu.get(page)
    return olu.send(f"{page}/supervisor", supervisor=str(found or ""))


def kinds():
    return db.session.execute(select(Signature.kind, Signature.number).order_by(Signature.number)).all()


@pytest.fixture
def people(path, later, new_visitor):
    """Whoever this is, signed in."""

    def sign_in(name):
        visitor = new_visitor()
        visitor.sign_in(name)
        return visitor

    return sign_in


@pytest.fixture
def olu(people):
    return people("olu")


@pytest.fixture
def trainee(ana, olu):
    """Ana, whose notes Ben signs as well."""
    supervise(olu, "ana", "ben")
    return ana


@pytest.fixture
def waiting(trainee, path):
    """Her note, signed."""
    return trainee.send(f"{path}/signature", **WORDS)


def test_a_signed_note_waits_and_says_for_whom(waiting, trainee):
    assert "Waits for a co-signature" in trainee.text
    assert "It was asked of Ben Okafor." in trainee.text
    assert kinds() == [("note", 1)]


def test_the_supervisor_finds_it_on_their_day_and_in_the_queue_reads_it_and_signs(waiting, people, path, trainee):
    ben = people("ben")
    assert "Co-sign the note" in ben.text
    ben.get("/notes")
    assert "To co-sign" in ben.text
    ben.get(ben.link("Clara Teacup"))
    assert all(words in ben.text for words in WORDS.values())
    ben.send(f"{path}/co-signature", word="Well seen")
    assert "Co-signed by Ben Okafor, Thursday 12 March 2026, 11:30am" in ben.text
    assert "Well seen" in ben.text
    assert kinds() == [("note", 1), ("co_sign", 2)]
    assert "To co-sign" not in ben.get("/notes").text
    trainee.get(path)
    assert "Co-signed by Ben Okafor" in trainee.text
    assert "Waits for a co-signature" not in trainee.text


def test_the_chain_of_a_co_signed_note_is_whole_and_the_trail_tells_of_it(waiting, people, path, app):
    ben = people("ben")
    ben.get(path)
    ben.send(f"{path}/co-signature")
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
    line = db.session.scalar(select(AuditLine).where(AuditLine.action == "co_sign.signed"))
    assert (line.actor, line.detail) == (f"account:{account_of('ben')}", {})


def test_co_signing_twice_is_once_and_nobody_co_signs_their_own(waiting, people, path, trainee):
    trainee.post(f"{path}/co-signature", word="Mine")
    assert kinds() == [("note", 1)]
    ben = people("ben")
    page = ben.get(path).text
    for _ in range(2):
        ben.post(f"{path}/co-signature", word="")
    assert "Co-sign" in page
    assert kinds() == [("note", 1), ("co_sign", 2)]


def test_a_supervisor_sees_nothing_before_the_note_is_signed_and_never_writes_in_it(trainee, people, path, appointment):
    ben, record = people("ben"), f"/clients/{appointment.client_id}"
    assert [ben.get(page).status_code for page in (path, record)] == [404, 404]
    trainee.send(f"{path}/draft", **WORDS)
    assert [ben.get(page).status_code for page in (path, record)] == [404, 404]
    trainee.get(path)
    trainee.send(f"{path}/signature", **WORDS)
    assert [ben.get(page).status_code for page in (path, record)] == [200, 200]
    assert [ben.post(f"{path}/{page}").status_code for page in ("draft", "signature")] == [404, 404]
    for page in ("plan", "findings", "contact", "work", "consents"):
        assert ben.get(f"{record}/{page}").status_code == 404


def test_the_record_a_supervisor_reads_offers_nothing_that_is_not_theirs(waiting, people, appointment):
    ben = people("ben")
    ben.get(f"/clients/{appointment.client_id}")
    assert "You read this record as a supervisor." in ben.text
    assert WORDS["subjective"] in ben.text
    assert not any(words in ben.text for words in ("Book again", "Make a plan", "Consent and privacy"))
    viewed = select(AuditLine.actor).where(AuditLine.subject == f"client:{appointment.client_id}")
    assert f"account:{account_of('ben')}" in db.session.scalars(viewed.where(AuditLine.action == "record.viewed")).all()


def test_an_amendment_of_the_supervisor_bears_their_own_name(waiting, people, path):
    ben = people("ben")
    ben.get(path)
    ben.send(f"{path}/amendments", why="mistake", text="It was the left side")
    assert "Amendment by Ben Okafor" in ben.text
    assert "Corrects a mistake" in ben.text


def test_another_supervisor_finds_what_waits_and_the_one_before_does_not(waiting, people, path, olu, cast):
    with writing():
        therapist(db.session, "Caro Lindt", db.session.get(Account, cast.olu.id), cast.location, now=NOW)
        for name in ("caro",):
            account = db.session.get(Account, account_of(name))
            account.totp, account.second_factor_at = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", NOW
        db.session.commit()
    supervise(olu, "ana", "caro")
    caro, ben = people("caro"), people("ben")
    assert ben.get(path).status_code == 404
    assert "To co-sign" not in ben.get("/notes").text
    caro.get("/notes")
    caro.get(caro.link("Clara Teacup"))
    caro.send(f"{path}/co-signature")
    assert "Co-signed by Caro Lindt" in caro.text


def test_without_a_supervisor_again_what_waits_stays_with_whom_it_was_asked_of(waiting, people, path, olu):
    supervise(olu, "ana", None)
    assert people("ben").get(path).status_code == 200


def test_the_work_is_not_ticked_off_taken_back_or_handed_on_by_hand(waiting, people, olu):
    ben = people("ben")
    item, rosa = db.session.scalar(select(WorkItem.id).where(WorkItem.task == "co_sign_note")), account_of("rosa")
    assert ben.post(f"/work/{item}/completion").status_code == 404
    assert ben.post(f"/work/{item}/reopening").status_code == 404
    assert olu.post(f"/work/{item}/owner", owner=str(rosa)).status_code == 403
    assert "Co-sign" not in people("rosa").text


def test_nobody_supervises_themselves_or_whoever_supervises_them(trainee, olu):
    page = supervise(olu, "ben", "ana")
    assert page.status_code == 422
    assert "Choose one of these." in olu.text
    assert supervise(olu, "ana", "ana").status_code == 422


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=20))
def test_however_supervisors_are_chosen_there_is_never_a_circle(chosen):
    supervisors = dict.fromkeys(range(1, 7))
    for supervisor, trainee in chosen:
        if may_supervise(supervisor, trainee, supervisors):
            supervisors[trainee] = supervisor
    for one in supervisors:
        above = [one]
        while above[-1] is not None:
            above.append(supervisors[above[-1]])
            assert above.count(one) == 1
