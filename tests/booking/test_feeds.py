"""Calendar feeds: what a calendar that subscribed is told, and nothing more."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select, update

from clinic.booking.models import WorkingHours
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account
from tests.booking.again import choose
from tests.conftest import NOW
from tests.house.test_statements import make_busy, statements
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.rows import rows
from tests.steps import WHO, book, screen

HEALTH = ("psoas", "release", "groin", "stairs", "tummy", "hip", "massage", "screen")
TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
MAKE, STOP = "Put my appointments into my calendar", "Stop this address"


def subscribe(visitor, own):
    """The path of the feed, made from the appointment's page."""
    visitor.get(own)
    visitor.post(f"{own}/calendar")
    return address_on(visitor)


def address_on(visitor):
    return re.search(r'value="http://127\.0\.0\.1:8000(/\S+\.ics)"', visitor.page.text)[1]


def events(visitor, path):
    return Calendar.from_ical(visitor.get(path).data).walk("VEVENT")


def told(visitor, path):
    return [(event.decoded("dtstart"), str(event["status"]), event["sequence"]) for event in events(visitor, path)]


@pytest.fixture
def own(visitor):
    """The page of Clara's release, with all she told."""
    screen(visitor)
    book(visitor, "psoas-release", area="groin", side="right", word="It hurts on stairs", therapist="ana-moreau")
    return visitor.page.request.path


@pytest.fixture
def feed(visitor, own):
    return subscribe(visitor, own)


@pytest.fixture
def ana(new_visitor):
    made = new_visitor()
    made.sign_in("ana")
    return made


@pytest.fixture
def diary(ana):
    ana.get("/today/calendar")
    ana.post("/today/calendar")
    return address_on(ana)


def test_one_tap_on_the_appointments_page_shows_the_address_to_copy_and_to_open(visitor, own):
    visitor.get(own)
    assert MAKE in visitor.text
    visitor.send(f"{own}/calendar")
    assert visitor.link("Open it in my calendar") == f"webcal://127.0.0.1:8000{address_on(visitor)}"


def test_the_feed_has_what_the_mail_has(app, visitor, own, feed):
    box = Letterbox()
    box.round(app, NOW)
    (mailed,) = Calendar.from_ical(calendar_of(box.mails[0])).walk("VEVENT")
    (event,) = events(visitor, feed)
    for name in ("uid", "sequence", "summary", "location", "status"):
        assert event[name] == mailed[name]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (TEN, TEN + timedelta(hours=1))


def test_it_follows_a_new_appointment_a_move_and_a_cancellation(visitor, own, feed):
    choose(visitor, f"{own}/again")
    visitor.send(f"{own}/again")
    second = datetime(2026, 3, 13, 14, tzinfo=UTC)
    assert told(visitor, feed) == [(TEN, "CONFIRMED", 0), (second, "CONFIRMED", 0)]
    visitor.get(f"{own}/move?slot=20260316T1000Z.ana-moreau")
    visitor.send(f"{own}/move")
    moved = datetime(2026, 3, 16, 10, tzinfo=UTC)
    assert told(visitor, feed) == [(second, "CONFIRMED", 0), (moved, "CONFIRMED", 1)]
    visitor.get(f"{own}/cancellation")
    visitor.send(f"{own}/cancellation")
    assert told(visitor, feed) == [(second, "CONFIRMED", 0), (moved, "CANCELLED", 2)]


def test_what_is_cancelled_says_so_in_words_and_leaves_the_time_free(visitor, own, feed):
    visitor.get(f"{own}/cancellation")
    visitor.send(f"{own}/cancellation")
    (event,) = events(visitor, feed)
    assert event["summary"] == "Cancelled: Your appointment, Test Clinic"
    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")


def test_it_holds_this_clients_appointments_alone(visitor, feed, new_visitor):
    book(new_visitor(), name="Dora Ladle", email="dora@client.test", at="20260313T1000Z")
    assert len(events(visitor, feed)) == 1


def test_a_month_after_it_an_appointment_is_no_longer_told(visitor, feed):
    for days, count in ((30, 1), (32, 0)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            assert len(events(visitor, feed)) == count


def test_a_calendar_learns_its_name_and_when_to_look_again(visitor, feed):
    calendar = Calendar.from_ical(visitor.get(feed).data)
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Test Clinic")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in visitor.page.text
    assert visitor.page.mimetype == "text/calendar"


def test_what_has_not_changed_is_not_sent_again(visitor, own, feed):
    first = visitor.get(feed)
    assert "private" in first.headers["Cache-Control"]
    known = {"If-None-Match": first.headers["ETag"]}
    with time_machine.travel(NOW + timedelta(hours=5), tick=False):
        again = visitor._request("GET", feed, headers=known)
        assert (again.status_code, again.data) == (304, b"")
        visitor.get(f"{own}/cancellation")
        visitor.send(f"{own}/cancellation")
        assert visitor._request("GET", feed, headers=known).status_code == 200


def test_reading_a_feed_changes_nothing(visitor, feed, diary):
    before = rows()
    for path in (feed, diary):
        visitor.get(path)
    assert rows() == before


def test_making_the_address_twice_makes_one(visitor, own, feed):
    assert subscribe(visitor, own) == feed
    assert rows()["link"] == 2


def test_a_stopped_address_looks_like_one_that_never_was_and_the_next_is_another(visitor, own, feed):
    visitor.get(f"{own}/calendar")
    assert STOP in visitor.text
    visitor.send(f"{own}/calendar/revocation")
    stopped = visitor.get(feed)
    never = visitor.get("/calendar/none.ics")
    assert (stopped.status_code, stopped.data) == (never.status_code, never.data) == (404, never.data)
    other = subscribe(visitor, own)
    assert other != feed
    assert len(events(visitor, other)) == 1


def test_an_address_opens_nothing_else(visitor, own, feed, diary):
    tokens = [path.rpartition("/")[2].removesuffix(".ics") for path in (feed, diary)]
    pages = [f"/appointments/{token}{page}" for token in tokens for page in ("", "/move", "/again", "/calendar")]
    pages += [f"/plans/{token}" for token in tokens]
    pages += [feed.replace("/calendar/", "/diary/"), diary.replace("/diary/", "/calendar/")]
    pages.append(f"/calendar/{own.rpartition('/')[2]}.ics")
    assert {visitor.get(page).status_code for page in pages} == {404}


def test_neither_feed_has_a_word_of_health(visitor, feed, diary):
    for path in (feed, diary):
        text = visitor.get(path).text.lower()
        assert text.count("begin:vevent") == 1
        assert [word for word in HEALTH if word in text] == []


def test_the_therapists_feed_says_when_how_long_and_where_and_never_who(visitor, own, diary):
    (event,) = events(visitor, diary)
    assert (event["summary"], event["location"]) == ("Appointment, 60 minutes", "Room 1, Bristol")
    assert event.decoded("dtstart") == TEN
    assert [name for name in ("Clara", "Teacup", "client.test") if name in visitor.page.text] == []


def test_the_therapists_feed_holds_their_own_appointments_and_follows_them(visitor, own, ana, diary, new_visitor):
    book(new_visitor(), therapist="ben-okafor", at="20260313T1000Z")
    assert told(visitor, diary) == [(TEN, "CONFIRMED", 0)]
    visitor.get(f"{own}/cancellation")
    visitor.send(f"{own}/cancellation")
    assert told(visitor, diary) == [(TEN, "CANCELLED", 1)]


def test_a_therapist_finds_it_on_the_day_sheet_and_may_stop_it(ana, diary):
    ana.get("/today")
    ana.get(ana.link("My appointments in my calendar"))
    assert address_on(ana) == diary
    ana.send("/today/calendar/revocation")
    assert ana.get(diary).status_code == 404


def test_who_has_left_reads_no_diary_any_more(visitor, diary, cast):
    with writing():
        db.session.execute(update(Account).where(Account.id == cast.ana.account_id).values(active=False))
        db.session.commit()
    assert visitor.get(diary).status_code == 404


def test_who_made_and_stopped_an_address_is_on_record(visitor, own, feed, ana, diary, cast):
    visitor.get(f"{own}/calendar")
    visitor.send(f"{own}/calendar/revocation")
    found = select(AuditLine.actor, AuditLine.action).where(AuditLine.action.regexp_match("^(calendar|diary)"))
    link = "link:" + own.rpartition("/")[2].partition(".")[0]
    assert set(db.session.execute(found).all()) == {
        (link, "calendar.opened"),
        (link, "calendar.revoked"),
        (f"account:{cast.ana.account_id}", "diary.opened"),
    }


def test_a_feed_asks_as_much_of_a_busy_clinic_as_of_an_empty_one(visitor, cast, own, feed, diary):
    before = [statements(visitor, path) for path in (feed, diary)]
    make_busy(cast)
    assert [statements(visitor, path) for path in (feed, diary)] == before
    assert max(before) <= 4


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["forward", "back"])
@pytest.mark.parametrize("hour", [9, 14])
def test_on_the_days_clocks_change_feed_mail_and_page_name_one_instant(app, cast, visitor, ana, diary, day, hour):
    instant = datetime.combine(day, time(hour), ZoneInfo("Europe/London")).astimezone(UTC)
    with writing():
        db.session.execute(update(WorkingHours).values(weekday=6).where(WorkingHours.weekday == 0))
        db.session.commit()
    with time_machine.travel(instant - timedelta(days=3), tick=False):
        visitor.get(f"/treatments/massage/times?therapist=ana-moreau&from={day}")
        clock = "9am" if hour == 9 else "2pm"
        visitor.tap(label=f"{clock} on Sunday {day.day} {day:%B} with Ana")
        visitor.post(visitor.page.request.full_path, **WHO)
        visitor.send("/appointments")
        own = visitor.page.request.path
        assert f"Sunday {day.day} {day:%B}, {clock}" in visitor.text
        box = Letterbox()
        box.round(app, instant - timedelta(days=3))
        assert f"Sunday {day.day} {day:%B}, {clock}" in text_of(box.mails[0])
        (mailed,) = Calendar.from_ical(calendar_of(box.mails[0])).walk("VEVENT")
        feeds = [told(visitor, path) for path in (subscribe(visitor, own), diary)]
    assert mailed.decoded("dtstart") == instant
    assert feeds == [[(instant, "CONFIRMED", 0)]] * 2
