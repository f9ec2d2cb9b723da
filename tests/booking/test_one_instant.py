"""Page, mail, calendar entry, subscribed calendar and day sheet name the same instant, in every zone, on the days clocks change too."""

import os
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import time_machine
from icalendar import Calendar
from sqlalchemy import delete, update

from clinic.booking.models import WorkingHours
from clinic.clinics import NOWHERE
from clinic.core.db import db, writing
from clinic.places.models import Location
from tests.booking.test_feeds import events, subscribe
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.steps import WHO

INSTANTS = int(os.environ.get("INSTANTS", "25"))
TWO_YEARS = [date(2026, 1, 5) + timedelta(days=n) for n in range(720)]
NAMES = sorted(name for name in available_timezones() - NOWHERE if not name.startswith("Etc/"))


@cache
def changeovers(zone):
    """The days of two years on which the clocks of a zone change."""
    noon = [datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset() for day in TWO_YEARS]
    return [day for day, before, after in zip(TWO_YEARS[1:], noon, noon[1:], strict=False) if before != after]


def walls(count):
    """So many zones, days and hours on the wall, the earliest first: each changeover of each zone, each zone on any day,
    then whatever comes; well mixed, so that a few have some of each.
    """
    chance, hours = Random(count), (9, 14)
    found = [(zone, day, hour) for zone in NAMES for day in changeovers(zone) for hour in hours]
    found += [(zone, chance.choice(TWO_YEARS), chance.choice(hours)) for zone in NAMES]
    more = range(count - len(found))
    found += [(chance.choice(NAMES), chance.choice(TWO_YEARS), chance.choice(hours)) for _ in more]
    return sorted(chance.sample(found, count), key=instant_of)


def instant_of(wall):
    zone, day, hour = wall
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def test_page_mail_calendar_feed_and_day_sheet_name_the_same_instant(app, cast, new_visitor):
    """`INSTANTS=10000` for every changeover of every zone in two years, and as many other days."""
    rosa = new_visitor()
    for wall in walls(INSTANTS):
        book_and_compare(app, cast, new_visitor(), rosa, *wall)


def book_and_compare(app, cast, client, rosa, zone, day, hour):
    instant = instant_of((zone, day, hour))
    clock = "9am" if hour == 9 else "2pm"
    words = f"{day:%A} {day.day} {day:%B}, {clock}"
    _open_every_day_from_nine_to_five(cast, zone)
    with time_machine.travel(instant - timedelta(days=3), tick=False):
        box = Letterbox()
        _book(client, day, hour)
        assert words in client.text
        own = client.page.request.path
        (event,) = Calendar.from_ical(client.get(client.link("Add to calendar")).data).walk("VEVENT")
        box.round(app, instant - timedelta(days=3))
        (mail,) = box.mails
        (mailed,) = Calendar.from_ical(calendar_of(mail)).walk("VEVENT")
        (fed,) = events(client, subscribe(client, own))
        sheet = _day_sheet(rosa, day)
    assert event.decoded("dtstart") == mailed.decoded("dtstart") == fed.decoded("dtstart") == instant
    assert words in mail["Subject"]
    assert words in text_of(mail)
    ((at, shown),) = re.findall(r'<time datetime="([^"]+)">(\w+)', sheet)
    assert (datetime.fromisoformat(at), shown) == (instant, clock)


def _open_every_day_from_nine_to_five(cast, zone):
    """The clinic moves to this zone; Ana alone works, all days alike; and nothing is booked yet."""
    with writing():
        for table in ("cancellation", "claim", "link", "outgoing_message", "appointment", "sign_in_try"):
            db.session.execute(delete(WorkingHours.metadata.tables[table]))
        db.session.execute(update(Location).values(zone=zone))
        db.session.execute(delete(WorkingHours))
        db.session.add_all(
            WorkingHours(
                therapist_id=cast.ana.id,
                location_id=cast.location.id,
                weekday=weekday,
                starts=time(9),
                ends=time(17),
                from_on=date(2025, 1, 1),
            )
            for weekday in range(7)
        )
        db.session.commit()


def _day_sheet(rosa, day):
    """A session ends after a month: then she signs in again."""
    if rosa.get(f"/today?on={day}").request.path == "/sign-in":
        rosa.sign_in("rosa")
        rosa.get(f"/today?on={day}")
    return rosa.page.text


def _book(client, day, hour):
    """The time as the page of times words it, tapped."""
    client.get(f"/treatments/massage/times?from={day}")
    shown = f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'} on {day:%A} {day.day} {day:%B} with Ana"
    client.tap(label=shown)
    client.post(client.page.request.full_path, **WHO)
    client.send("/appointments")
