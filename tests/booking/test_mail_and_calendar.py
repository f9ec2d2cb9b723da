"""What leaves the house about an appointment: the mails and the calendar entry."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.steps import book, screen

HEALTH = ("psoas", "release", "hip", "groin", "stairs", "tummy", "screen", "safety")
AT_TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)

PAGE = ("multipart/related", "text/html", "image/png")  # with the drawing at its foot


@pytest.fixture
def booked(visitor):
    """Clara's release, with where it hurts and a word."""
    screen(visitor)
    book(visitor, "psoas-release", area="groin", side="right", word="It hurts on stairs")
    return visitor


def sent(app):
    box = Letterbox()
    box.round(app, NOW)
    return box.mails


def said(text):
    """In small letters, without the tokens of links: their letters may happen to spell anything."""
    return re.sub(r"/[\w-]{22}\.[\w-]{24}", "", re.sub(r"\r?\n ", "", text)).lower()


def entry_on(visitor):
    return Calendar.from_ical(visitor.get(visitor.link("Add to calendar")).data)


def test_the_mail_says_what_when_where_and_with_whom(app, booked):
    (mail,) = sent(app)
    text = text_of(mail)
    assert mail["To"] == "clara@client.test"
    assert mail["Subject"] == "Booked: Thursday 12 March, 10am"
    for words in ("Hello Clara,", "Thursday 12 March, 10am", "With Ana Moreau", "1 Test Street", "0117 496 0000"):
        assert words in text
    assert f"\nReference: {db.session.scalar(select(Appointment.ref))}\n" in text


def test_before_a_release_the_mail_says_how_to_come(app, booked):
    assert "light meal, empty bladder, loose shorts" in text_of(sent(app)[0])


def test_neither_mail_nor_calendar_has_a_word_of_health(app, booked):
    mail = sent(app)[0]
    words = said(text_of(mail) + str(mail["Subject"]) + calendar_of(mail))
    assert not [word for word in HEALTH if word in words]


def test_the_clinic_may_name_the_treatment_in_mails(app, visitor):
    with writing():
        db.session.execute(update(Treatment).where(Treatment.slug == "massage").values(mail_name="Massage"))
        db.session.commit()
    book(visitor)
    assert "Massage: Thursday 12 March, 10am" in text_of(sent(app)[0])


def test_the_link_in_the_mail_manages_the_appointment_from_any_browser(app, booked, new_visitor):
    link, *_ = re.findall(r"http://127\.0\.0\.1:8000(/appointments/\S+)", text_of(sent(app)[0]))
    other = new_visitor()
    assert other.get(link).status_code == 200
    assert "You're booked" in other.text
    assert "stairs" not in other.page.text
    other.get(other.link("Cancel it"))
    other.send(other.page.request.path)
    assert "This appointment is cancelled" in other.text


def test_the_calendar_entry_tells_the_instant_the_place_and_nothing_of_health(booked):
    (event,) = entry_on(booked).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (AT_TEN, AT_TEN + timedelta(hours=1))
    assert event["STATUS"] == "CONFIRMED"
    assert event["LOCATION"] == "Test Clinic, 1 Test Street"
    assert event["SUMMARY"] == "Your appointment, Test Clinic"
    entry = said(booked.page.text)
    assert not [word for word in HEALTH if word in entry]


def test_the_mail_of_a_cancellation_takes_the_entry_out_of_the_calendar(app, booked):
    (booked_event,) = Calendar.from_ical(calendar_of(sent(app)[0])).walk("VEVENT")
    booked.get(booked.link("Cancel it"))
    booked.send(booked.page.request.path)
    (mail,) = sent(app)
    assert mail["Subject"] == "Cancelled: Thursday 12 March, 10am"
    calendar = Calendar.from_ical(calendar_of(mail))
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == booked_event["UID"]
    assert event["SEQUENCE"] > booked_event["SEQUENCE"]


def invitations(app, visitor):
    """What three mails do to a calendar: booked, moved, cancelled."""
    book(visitor)
    appointment, mails = visitor.page.request.path, sent(app)
    visitor.get(f"{appointment}/move?slot=20260313T1400Z.ben-okafor")
    visitor.send(f"{appointment}/move")
    mails += sent(app)
    visitor.get(f"{appointment}/cancellation")
    visitor.send(f"{appointment}/cancellation")
    return [*mails, *sent(app)]


def test_three_mails_add_one_entry_change_it_and_take_it_out(app, visitor):
    calendars = [Calendar.from_ical(calendar_of(mail)) for mail in invitations(app, visitor)]
    events = [calendar.walk("VEVENT")[0] for calendar in calendars]
    two = datetime(2026, 3, 13, 14, tzinfo=UTC)
    assert [calendar["METHOD"] for calendar in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert [event.decoded("dtstart") for event in events] == [AT_TEN, two, two]
    assert [event.decoded("dtend") - event.decoded("dtstart") for event in events] == [timedelta(hours=1)] * 3
    assert {event.decoded("dtstamp") for event in events} == {NOW}
    assert {str(event.decoded("dtstamp").tzinfo) for event in events} == {"UTC"}
    assert len({event["UID"] for event in events}) == 1


def test_an_invitation_is_from_the_clinic_for_the_client_and_asks_for_no_answer(app, visitor):
    for mail in invitations(app, visitor):
        (event,) = Calendar.from_ical(calendar_of(mail)).walk("VEVENT")
        assert event["ORGANIZER"] == "mailto:desk@clinic.test"
        assert event["ORGANIZER"].params["CN"] == "Test Clinic"
        assert event["ATTENDEE"] == "mailto:clara@client.test"
        assert (event["ATTENDEE"].params["PARTSTAT"], event["ATTENDEE"].params["RSVP"]) == ("ACCEPTED", "FALSE")


def test_without_an_address_of_its_own_the_clinic_invites_from_where_its_mail_comes(app, visitor):
    with writing():
        db.session.execute(update(Clinic).values(email=""))
        db.session.commit()
    book(visitor)
    (event,) = Calendar.from_ical(calendar_of(sent(app)[0])).walk("VEVENT")
    assert event["ORGANIZER"] == "mailto:clinic@demo.test"


def test_the_invitation_is_an_alternative_and_a_file_and_holds_no_link(app, visitor):
    for mail in invitations(app, visitor):
        kinds = [part.get_content_type() for part in mail.walk()]
        assert kinds == [
            "multipart/mixed", "multipart/alternative", "text/plain", *PAGE, "text/calendar", "application/ics",
        ]  # fmt: skip
        calendar, file = list(mail.walk())[-2:]
        assert calendar.get_param("method") == Calendar.from_ical(calendar_of(mail))["METHOD"]
        assert file.get_filename() == "appointment.ics"
        assert file.get_content() == calendar.get_payload(decode=True)
        assert b"/appointments/" not in file.get_content()
        assert b"http" not in file.get_content()


def test_the_file_on_the_page_only_publishes(app, booked):
    calendar = entry_on(booked)
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert "ATTENDEE" not in event


def test_the_mail_before_an_appointment_leaves_the_calendar_alone(app, visitor):
    book(visitor, at="20260316T1000Z")
    sent(app)
    box = Letterbox()
    box.round(app, NOW + timedelta(days=4))
    assert [part.get_content_type() for part in box.mails[0].walk()] == [
        "multipart/alternative", "text/plain", *PAGE,
    ]  # fmt: skip
