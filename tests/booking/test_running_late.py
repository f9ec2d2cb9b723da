"""A therapist runs late: everybody still to come today is told once, and nobody who need not know."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from clinic.booking.models import Appointment, Delay, WorkingHours
from clinic.booking.operations import attend, book, cancel, move, run_late
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import Actor, AuditLine
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.places_apart import second_place

ROSA = Actor("account", "7")


def wish(at, who, name="Clara Teacup", **more):
    known = programme(db.session)
    email = f"{name.split()[0].lower()}@client.test"
    return Wish(known.treatment("massage"), 60, known.therapist(who), at, name, email, **more)


def visit(name, hours, who="ana-moreau"):
    with writing():
        made = book(
            db.session,
            wish(NOW + timedelta(hours=hours), who, name, desk=Desk("as it comes")),
            screening=None,
            key=None,
            now=NOW - timedelta(days=1),
            by=ROSA,
        )
        assert not made.refusals
        db.session.commit()
    return made.appointment


@pytest.fixture
def day(cast):
    """It is nine. With Ana: Anna at ten, Bert at noon, Cleo tomorrow at ten. With Ben: Dan at three."""
    return {
        "Anna": visit("Anna Ladle", 1),
        "Bert": visit("Bert Fork", 3),
        "Cleo": visit("Cleo Spoon", 25),
        "Dan": visit("Dan Kettle", 6, "ben-okafor"),
    }


@pytest.fixture
def box(app, day):
    """With whatever booking them wrote taken out."""
    box = Letterbox()
    box.round(app, NOW)
    box.mails.clear()
    return box


def late(minutes, after=0, who="ana-moreau"):
    """Said so many minutes after nine."""
    with writing():
        known = programme(db.session)
        run_late(db.session, known, known.therapist(who), minutes, now=NOW + timedelta(minutes=after), by=ROSA)
        db.session.commit()


def done(verb, *args, minutes=0, **more):
    with writing():
        assert not verb(db.session, *args, now=NOW + timedelta(minutes=minutes), by=ROSA, **more)
        db.session.commit()


def told(app, box, minutes=0):
    """Who reads what in the worker's next round."""
    box.mails.clear()
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        box.round(app, NOW + timedelta(minutes=minutes))
    return sorted((mail["To"].split("@")[0], mail["Subject"].partition(":")[0]) for mail in box.mails)


def test_everybody_of_that_therapist_still_to_come_today_is_told(app, box, day):
    late(15)
    assert told(app, box) == [("anna", "About 15 minutes late"), ("bert", "About 15 minutes late")]
    text = text_of(next(mail for mail in box.mails if "anna" in mail["To"]))
    assert "Ana runs about 15 minutes late today." in text
    assert "It will begin at about 10:15am." in text
    assert "massage" not in text.lower()


def test_who_is_here_already_or_whose_time_has_come_is_not_told(app, box, day):
    done(attend, day["Anna"], "arrived", minutes=5)
    late(15, after=10)
    assert [who for who, _ in told(app, box, 10)] == ["bert"]
    done(attend, day["Bert"], "no_show", minutes=190)
    late(30, after=195)
    assert told(app, box, 195) == []


def test_it_is_told_once_however_often_it_is_said(app, box, day):
    late(15)
    late(15, after=1)
    assert len(told(app, box, 1)) == 2
    late(15, after=2)
    assert told(app, box, 2) == []
    assert db.session.scalar(select(func.count()).select_from(Delay)) == 1


def test_what_is_told_later_takes_the_place_of_what_was_not_sent_yet(app, box, day):
    late(15)
    late(40, after=1)
    assert told(app, box, 1) == [("anna", "About 40 minutes late"), ("bert", "About 40 minutes late")]


def test_on_time_again_is_told_to_those_who_were_told(app, box, day):
    late(15)
    assert len(told(app, box)) == 2
    done(attend, day["Anna"], "arrived", minutes=50)
    late(0, after=60)
    assert told(app, box, 60) == [("bert", "On time again")]
    assert "Please come as we had agreed" in text_of(box.mails[0])


def test_on_time_again_before_anybody_was_written_to_is_told_to_nobody(app, box, day):
    late(15)
    late(0, after=1)
    assert told(app, box, 1) == []


def test_on_time_without_having_been_late_is_nothing(app, box, day):
    late(0)
    assert told(app, box) == []
    assert db.session.scalar(select(func.count()).select_from(Delay)) == 0


def test_who_cancelled_came_or_moved_away_before_it_was_sent_is_not_told(app, box, day):
    late(15)
    done(cancel, day["Anna"], minutes=1)
    elsewhere = wish(day["Bert"].starts_at, "ben-okafor", moves=day["Bert"].id, desk=Desk())
    done(move, day["Bert"], elsewhere, minutes=1)
    assert not {"About 15 minutes late", "On time again"} & {subject for _, subject in told(app, box, 2)}


def test_who_arrives_before_it_was_sent_is_not_told(app, box, day):
    late(15)
    done(attend, day["Anna"], "arrived", minutes=1)
    assert [who for who, _ in told(app, box, 2)] == ["bert"]


@pytest.fixture
def auckland(cast):
    """Where Ben works from now on."""
    second_place("Auckland", "Pacific/Auckland", WorkingHours.therapist_id == cast.ben.id)


def test_the_clock_and_the_day_are_those_of_the_place(app, auckland):
    box, morning = Letterbox(), 12 * 60  # nine in the evening in Bristol, and ten on Thursday in Auckland
    visit("Dan Kettle", 12.5, "ben-okafor")
    visit("Eva Saucer", 16, "ben-okafor")
    visit("Fay Mug", 36, "ben-okafor")  # on Friday
    told(app, box)
    late(15, after=morning, who="ben-okafor")
    subject = "About 15 minutes late"
    assert told(app, box, morning) == [("dan", subject), ("eva", subject)]
    dan, eva = sorted(map(text_of, box.mails))
    assert "It will begin at about 10:45am." in dan
    assert "It will begin at about 2:15pm." in eva


def test_a_delay_of_yesterday_there_is_over(app, auckland):
    box, morning = Letterbox(), 11 * 60
    late(15, after=-6 * 60, who="ben-okafor")  # the same day in Bristol
    visit("Dan Kettle", 12.5, "ben-okafor")
    told(app, box)
    late(15, after=morning, who="ben-okafor")
    assert told(app, box, morning) == [("dan", "About 15 minutes late")]


def test_a_clinic_that_does_not_wish_it_tells_nobody_and_keeps_it_all_the_same(app, box, day):
    with writing():
        db.session.execute(update(Clinic).values(tells_of_delays=False))
        db.session.commit()
    late(15)
    assert told(app, box) == []
    assert db.session.scalar(select(Delay.minutes)) == 15


def test_yesterdays_delay_is_over(app, box, day):
    late(15, after=-24 * 60)
    assert told(app, box) == []
    late(15)
    assert len(told(app, box)) == 2


def test_it_is_audited_with_what_was_told_before(day):
    late(15)
    late(30, after=5)
    query = select(AuditLine.detail).where(AuditLine.action == "therapist.delayed").order_by(AuditLine.id)
    assert db.session.scalars(query).all() == [{"before": 0, "after": 15}, {"before": 15, "after": 30}]
    assert db.session.scalar(select(func.count()).select_from(Appointment)) == 4
