"""Something is told after booking: a release becomes its alternative, or the therapist rings; nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from clinic.booking.models import Appointment, Claim
from clinic.booking.operations import heed, make_release
from clinic.core.audit import GUEST, AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Client, Therapist
from clinic.today.operations import merge
from clinic.treatments.models import TreatmentLength
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.steps import book, screen
from tests.tellings import clear, known_client, tell

TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
HEALTH_WORDS = ("tummy", "pregnan", "release", "doctor", "blood")


@pytest.fixture
def release(visitor, cast):
    """Clara has booked a release of 75 minutes with Ana; nothing was told yet."""
    screen(visitor)
    book(visitor, "psoas-release", minutes=75)
    return the_visit().client_id


def the_visit():
    db.session.rollback()
    return db.session.scalars(select(Appointment)).one()


def told(client_id, *facts, at=NOW):
    tell(client_id, *facts, at=at)
    with writing():
        found = heed(db.session, db.session.get_one(Client, client_id), now=at, by=GUEST)
        said = [(one.instead, one.rings, one.at_once) for one in found]
        db.session.commit()
    return said


def spans():
    db.session.rollback()
    return sorted((one.starts_at, one.ends_at) for one in db.session.scalars(select(Claim)))


def open_work():
    db.session.rollback()
    return [(item.task, item.due_at) for item in db.session.scalars(select(WorkItem)) if item.done_at is None]


def again(cast, visit_id):
    with writing():
        visit = db.session.get_one(Appointment, visit_id)
        refusals = make_release(db.session, visit, cast.release.id, now=NOW, by=GUEST)
        db.session.rollback() if refusals else db.session.commit()
    return [one.code for one in refusals]


def test_a_release_becomes_its_alternative_at_the_same_time_for_its_own_price(release, cast):
    before = the_visit()
    was = before.starts_at, before.therapist_id, before.room_id, before.ref
    assert told(release, "pregnant") == [(True, False, False)]
    visit = the_visit()
    assert (visit.treatment_id, visit.minutes, visit.price_minor) == (cast.alternative.id, 60, 6000)
    assert (visit.starts_at, visit.therapist_id, visit.room_id, visit.ref) == was
    assert spans() == [(TEN, TEN + timedelta(minutes=m)) for m in (60, 70, 75)]
    assert open_work() == []


def test_their_mail_and_calendar_say_what_it_is_now_and_nothing_of_why(release, app):
    letters = Letterbox()
    letters.round(app, NOW)
    told(release, "pregnant")
    letters.mails.clear()
    letters.round(app, NOW)
    (mail,) = letters.mails
    assert mail["Subject"].startswith("Changed: Thursday 12 March")
    assert "60 minutes, £60" in text_of(mail)
    assert "SEQUENCE:1" in calendar_of(mail)
    assert not [word for word in HEALTH_WORDS if word in (mail["Subject"] + text_of(mail)).lower()]


def test_the_trail_keeps_what_it_was_and_no_reason(release, cast):
    told(release, "pregnant")
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "appointment.changed")).one()
    assert line.detail["before"] == {"treatment": cast.release.id, "second": None, "minutes": 75, "price": 8000}
    assert "pregnant" not in str(line.detail)


def test_where_the_list_asks_for_a_call_its_therapist_rings_too(release):
    assert told(release, "tummy_unexplained") == [(True, True, False)]
    assert open_work() == [("ring_before_visit", NOW + timedelta(hours=1))]


def test_told_twice_is_one_change_and_one_call(release):
    told(release, "tummy_unexplained")
    assert told(release, "tummy_unexplained", at=NOW + timedelta(minutes=1)) == [(False, True, False)]
    assert len(open_work()) == 1


def test_a_doctor_first_is_a_call_at_once_and_the_visit_stays_for_its_therapist_to_decide(release, cast):
    assert told(release, "fever") == [(False, False, True)]
    assert open_work() == [("ring_now", NOW)]
    assert the_visit().treatment_id == cast.release.id


def test_an_alternative_that_lasts_too_long_is_not_given_and_its_therapist_rings(release, cast):
    with writing():
        lengths = update(TreatmentLength).where(TreatmentLength.treatment_id == cast.alternative.id)
        db.session.execute(lengths.values(minutes=TreatmentLength.minutes + 60))
        db.session.commit()
    assert told(release, "pregnant") == [(False, True, False)]
    assert (the_visit().treatment_id, open_work()[0][0]) == (cast.release.id, "ring_before_visit")


def test_nothing_told_against_it_changes_nothing(release):
    assert told(release, "diabetes_in_the_family") == []
    assert the_visit().version == 1


def test_the_alternative_is_the_release_again_once_nothing_stands(release, cast):
    told(release, "tummy_unexplained")
    visit_id = the_visit().id
    assert again(cast, visit_id) == ["release_ruled_out"]
    clear(release, cast.ana.account_id, "tummy_unexplained")
    assert again(cast, visit_id) == []
    visit = the_visit()
    assert (visit.treatment_id, visit.minutes, visit.price_minor) == (cast.release.id, 60, 6800)


def test_it_is_not_the_release_again_where_the_therapist_may_not_give_it(release, cast):
    told(release, "tummy_unexplained")
    visit_id = the_visit().id
    clear(release, cast.ana.account_id, "tummy_unexplained")
    with writing():
        db.session.execute(update(Therapist).where(Therapist.id == cast.ana.id).values(listed=False))
        db.session.commit()
    assert again(cast, visit_id) == ["not_offered"]


def test_it_is_not_the_release_again_where_somebody_has_taken_the_time_after_it(release, cast, new_visitor):
    """The release takes no more than the alternative where both last as long: a longer rest does."""
    told(release, "tummy_unexplained")
    visit_id = the_visit().id
    clear(release, cast.ana.account_id, "tummy_unexplained")
    with writing():
        cast.release.rest_minutes = 60
        db.session.merge(cast.release)
        db.session.commit()
    book(new_visitor(), at="20260312T1115Z", name="Dora Ladle", email="dora@client.test")
    assert "rest_short" in again(cast, visit_id)


def test_what_one_told_counts_for_the_visits_of_who_is_joined_with_them(release, cast):
    other = known_client("Clara T. Jones")
    tell(other, "pregnant")
    with writing():
        both = db.session.get_one(Client, release), db.session.get_one(Client, other)
        assert not merge(db.session, *both, takes_contact=False, now=NOW, by=GUEST)
        db.session.commit()
    assert the_visit().treatment_id == cast.alternative.id
