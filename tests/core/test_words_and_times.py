"""Prices, hours and days in words; instants that go in and come out as what they were."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from clinic.core import times
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.core.money import Money
from clinic.core.templating import clock_words, day_words, short_day_words
from tests.conftest import NOW

instants = st.integers(32 * 10**6, 32 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))
zones = st.sampled_from(("UTC", "Europe/London", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"))


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (6800, "GBP", "£68"),
        (6850, "GBP", "£68.50"),
        (0, "GBP", "£0"),
        (123400, "GBP", "£1,234"),
        (6800, "JPY", "JP¥6,800"),
        (6800, "USD", "US$68"),
        (6805, "EUR", "€68.05"),
        (68500, "KWD", "KWD68.500"),
        (-6850, "GBP", "-£68.50"),
    ],
)
def test_a_price_reads_as_on_a_price_list(minor, currency, words):
    assert Money(minor, currency).words().replace("\xa0", "") == words


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"), (0, 30, "12:30am"), (9, 0, "9am"), (9, 5, "9:05am"), (11, 59, "11:59am"),
        (12, 0, "midday"), (12, 15, "12:15pm"), (14, 30, "2:30pm"), (16, 0, "4pm"), (23, 45, "11:45pm"),
    ],
)  # fmt: skip
def test_an_hour_reads_as_people_say_it(app, hour, minute, words):
    assert clock_words(datetime(2026, 8, 6, hour, minute, tzinfo=UTC)) == words


def test_two_times_of_a_day_never_read_alike(app):
    day = [datetime(2026, 8, 6, tzinfo=UTC) + timedelta(minutes=n) for n in range(24 * 60)]
    assert len({clock_words(at) for at in day}) == 24 * 60


@pytest.mark.parametrize(
    ("away", "words"),
    [(0, "today"), (1, "tomorrow"), (2, "Friday"), (6, "Tuesday"), (7, "Wed 18 Mar"), (30, "Fri 10 Apr")],
)
def test_a_day_close_by_is_named_as_people_name_it(app, away, words):
    today = NOW.date()
    assert short_day_words(today + timedelta(days=away), today) == words


def test_a_day_reads_with_its_weekday(app):
    assert day_words(date(2026, 8, 6)) == "Thursday 6 August"


def test_an_instant_without_a_zone_is_refused_by_the_database(app):
    with pytest.raises(StatementError, match="time zone"):
        db.session.execute(select(AuditLine).where(AuditLine.at < NOW.replace(tzinfo=None)))


@pytest.mark.parametrize("hours", [-11, 0, 5.75, 14])
def test_an_instant_comes_back_as_the_same_instant_in_utc(app, hours):
    at = datetime(2026, 3, 11, 9, 0, tzinfo=timezone(timedelta(hours=hours)))
    with writing():
        db.session.add(AuditLine(at=at, actor="guest", action="test", subject="x"))
        db.session.commit()
    kept = db.session.scalar(select(AuditLine.at))
    assert kept == at
    assert kept.tzinfo is UTC


@given(instant=instants)
def test_an_address_names_the_minute_it_was_made_of(instant):
    assert times.from_address(times.address_of(instant)) == instant.replace(second=0, microsecond=0)


@given(text=st.text())
def test_anything_else_is_no_address(text):
    assert times.from_address(text) is None
    assert times.day_from_address("x" + text) is None


@given(instant=instants)
def test_minutes_and_instants_turn_into_each_other(instant):
    minute = times.minute_of(instant)
    assert times.instant_of(minute) <= instant < times.instant_of(minute + 1)


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), zone=zones)
@example(day=date(2026, 3, 29), zone="Europe/London")
@example(day=date(2026, 10, 25), zone="Europe/London")
def test_a_day_begins_where_the_one_before_ends(day, zone):
    first, last = times.day_bounds(day, zone)
    assert times.day_bounds(day + timedelta(days=1), zone)[0] == last
    assert times.local(first, zone) == datetime.combine(day, time(), ZoneInfo(zone))
    assert timedelta(hours=23) <= last - first <= timedelta(hours=25)
