"""What the staff see of consents, what clients see in their account, and who wants news."""

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.consent.models import MarketingChoice
from clinic.consent.operations import choose_news, sign
from clinic.consent.queries import consent_states, wants_news, words_for
from clinic.consent.rules import Signature
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.today.operations import merge
from tests.accounts import with_account
from tests.conftest import NOW
from tests.consent.conftest import consents
from tests.house.test_planted_words import rows as every_value
from tests.house.test_statements import counting, make_busy
from tests.steps import book


def staff(new_visitor, name, path):
    visitor = new_visitor()
    visitor.sign_in(name)
    visitor.get(path)
    return visitor


@pytest.fixture
def record(appointment, clara, path):
    """Where the staff look, after Clara has signed."""
    clara.send(
        path, name="Clara Thimble", guardian_name="Dora Thimble", guardian_relation="mother", guardian_present="no"
    )
    return f"/clients/{appointment.client_id}/consents"


def test_her_therapist_reads_what_she_signed_and_reception_that_it_is_there(new_visitor, record):
    ana, rosa = (staff(new_visitor, name, record) for name in ("ana", "rosa"))
    assert "What they signed" in ana.text
    ana.get(f"{record}/{consents()[0].id}")
    assert "Signed by Clara Thimble" in ana.text
    assert "will not be in the room" in ana.text
    assert "Consent is there" in rosa.text
    assert "What they signed" not in rosa.text
    assert "Thimble" not in rosa.page.text


def test_reception_reads_that_it_is_missing_and_never_why(new_visitor, record, appointment):
    rosa = staff(new_visitor, "rosa", record)
    rosa.send(f"{record}/withdrawal")
    assert consent_states(db.session, [db.session.get(Appointment, appointment.id)])[appointment.id] == "withdrawn"
    assert "Consent is missing" in rosa.text
    assert "taken back" not in rosa.text.replace("Consent taken back", "").partition("To come")[2]
    ana = staff(new_visitor, "ana", record)
    assert "Consent was taken back: speak with them first" in ana.text


def test_another_therapist_finds_nobody(new_visitor, record):
    for path in (record, f"{record}/{consents()[0].id}", f"{record}/new?appointment={consents()[0].appointment_id}"):
        assert staff(new_visitor, "ben", path).page.status_code == 404


def test_in_her_account_she_reads_prints_and_takes_it_back(app, visitor, cast):
    with_account(app, visitor)
    visitor.get("/my/consents")
    visitor.get(visitor.link("Read and sign"))
    visitor.send(visitor.page.request.path, name="Clara Teacup")
    visitor.get("/my/consents")
    visitor.get(visitor.link("Massage"))
    assert "Signed by Clara Teacup" in visitor.text
    assert "You lie or sit" in visitor.text
    visitor.get("/my/consents")
    visitor.send("/my/consents/withdrawal")
    found = db.session.scalar(select(Appointment))
    assert consent_states(db.session, [found])[found.id] == "withdrawn"
    assert "Taken back" in visitor.text


def test_somebody_elses_consent_is_no_page_of_hers(app, visitor, new_visitor, record):
    with_account(app, visitor, at="20260313T1000Z", name="Eve", email="eve@client.test")
    assert visitor.get(f"/my/consents/{consents()[0].id}").status_code == 404


def test_nobody_gets_news_who_has_not_asked_and_every_answer_is_kept(app, visitor, new_visitor):
    with_account(app, visitor)
    assert "checked" not in visitor.get("/my/consents").text
    client_id = db.session.scalar(select(Client.id))
    assert not wants_news(db.session, client_id)
    visitor.post("/my/news", news="y")
    assert "checked" in visitor.page.text
    assert wants_news(db.session, client_id)
    olu = staff(new_visitor, "olu", "/clinic/news")
    assert "clara@client.test" in olu.text
    assert "Clara Teacup,clara@client.test,2026-03-11" in olu.get("/clinic/news.csv").text
    visitor.post("/my/news")
    visitor.post("/my/news")
    assert [one.wanted for one in db.session.scalars(select(MarketingChoice).order_by(MarketingChoice.id))] == [
        True,
        False,
    ]
    assert "Nobody yet" in olu.get("/clinic/news").text


def test_after_signing_news_can_be_asked_for_and_is_not_ticked(clara, path, appointment):
    clara.send(path, name="Clara Teacup")
    assert "checked" not in clara.page.text
    clara.post(path.replace("consent", "news"))
    assert not wants_news(db.session, appointment.client_id)
    clara.post(path.replace("consent", "news"), news="y")
    assert wants_news(db.session, appointment.client_id)


def test_who_is_joined_with_another_brings_their_consents_and_their_word_about_news(
    app, cast, appointment, clara, path
):
    clara.send(path, name="Clara Teacup")
    with writing():
        kept = Client(name="Clara T", email="clara@client.test", created_at=NOW)
        other = db.session.get(Client, appointment.client_id)
        db.session.add(kept)
        db.session.flush()
        choose_news(db.session, other.id, wanted=True, now=NOW, by=GUEST)
        assert merge(db.session, kept, other, takes_contact=False, now=NOW, by=GUEST) == []
        db.session.commit()
    found = db.session.get(Appointment, appointment.id)
    assert found.client_id == kept.id
    assert consent_states(db.session, [found])[found.id] == "valid"
    assert wants_news(db.session, kept.id)


def test_how_consents_stand_takes_two_statements_for_one_visit_as_for_many(cast, app):
    make_busy(cast)
    with writing():
        one = db.session.scalars(select(Appointment)).first()
        digest = words_for(db.session, one.treatment).digest
        sign(db.session, one, one.treatment, Signature(digest, "Clara"), under_18=False, now=NOW, by=GUEST)
        db.session.commit()
    many = db.session.scalars(select(Appointment).options(sa.orm.joinedload(Appointment.treatment))).all()
    for some in (many[:1], many):
        with counting() as asked:
            states = consent_states(db.session, some)
        assert len(asked) == 2
    assert sorted(set(states.values())) == ["missing", "valid"]


def test_two_treatments_are_signed_one_after_the_other(cast, visitor):
    book(visitor, "massage", minutes=60)
    with writing():
        found = db.session.scalar(select(Appointment))
        found.second_treatment_id, found.second_minutes = cast.alternative.id, 30
        db.session.commit()
    visitor.get(visitor.link("What you agree to, and"))
    path = visitor.page.request.path
    visitor.send(path, name="Clara Teacup")
    assert len(consents()) == 1
    found = db.session.scalar(select(Appointment))
    assert consent_states(db.session, [found])[found.id] == "valid"  # the same words, and neither is a release


def test_nothing_of_a_signature_is_kept_in_plain_words(record):
    plain = [value for value in every_value() if b"Thimble" in value or b"guardian" in value]
    assert plain == []
