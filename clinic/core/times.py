"""Instants and a location's wall clock.

An instant is an aware UTC datetime, or whole minutes since 1970 UTC where many are compared.
A wall-clock time means something only together with a date and a zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
YEARS = range(1971, 9000)  # what an address may name: a day more or another zone must stay a date


def minute_of(instant: datetime) -> int:
    """Whole minutes since 1970 UTC; a started minute counts as its beginning."""
    return int(instant.timestamp()) // 60


def instant_of(minute: int) -> datetime:
    """The instant that begins this minute since 1970 UTC."""
    return EPOCH + timedelta(minutes=minute)


@lru_cache(maxsize=10_000)
def wall_minute(day: date, wall: time, zone: str) -> int:
    """When the clock on the wall shows `wall` on `day`, as minutes since 1970 UTC.

    A time that a changeover skips counts as that much later, one that comes twice as the first.
    """
    return minute_of(datetime.combine(day, wall, ZoneInfo(zone)))


def is_skipped(day: date, wall: time, zone: str) -> bool:
    """Whether the clock on the wall never shows this time on this day, because it is put forward then."""
    return local(instant_of(wall_minute(day, wall, zone)), zone).time() != wall.replace(second=0, microsecond=0)


def local(instant: datetime, zone: str) -> datetime:
    """The instant as the location's wall clock shows it."""
    return instant.astimezone(ZoneInfo(zone))


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """First instant of the local day and first instant of the next."""
    tomorrow = day + timedelta(days=1)
    return instant_of(wall_minute(day, time(0), zone)), instant_of(wall_minute(tomorrow, time(0), zone))


def days_of(starts_at: datetime, ends_at: datetime, zone: str) -> list[date]:
    """The local days that [starts_at, ends_at) touches, in order."""
    first, last = local(starts_at, zone).date(), local(ends_at - timedelta(minutes=1), zone).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def address_of(instant: datetime) -> str:
    """An instant for a web address: 20261123T0915Z."""
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%MZ")


def from_address(text: str) -> datetime | None:
    """The instant that `address_of` wrote; None for anything else."""
    try:
        instant = datetime.strptime(text, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return instant if instant.year in YEARS else None


def day_from_address(text: str) -> date | None:
    """The day written as 2026-11-23; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
