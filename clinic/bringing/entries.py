"""The entries of a calendar (.ics) as visits. Pure. What repeats is unrolled as far as a year ahead."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from clinic.bringing.report import Left
from clinic.bringing.tables import UnreadableError
from clinic.bringing.visits import Visit, length_of, minutes_between, state_of, uid_of
from clinic.core.refusals import Refusal
from clinic.core.times import YEARS, address_of

AHEAD = timedelta(days=366)
MOST_OF_A_SERIES = 1000
MOST_VISITS = 50_000  # of a calendar: a small file of many series could fill the memory
SECOND_MINUTES = "X-SECOND-MINUTES"  # our own: how long the second of two treatments lasts, of the whole
BETWEEN = re.compile(r"\s+[-–—|/]\s+|\s*[:,;(]\s+|\s*\)\s*|\s+(?:with|for)\s+", re.IGNORECASE)
READ = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "UID", "SUMMARY"}
Found = list[Visit | Left]


def is_calendar(text: str) -> bool:
    return text.lstrip().upper().startswith("BEGIN:VCALENDAR")


def of_calendar(text: str, zone: str, now: datetime) -> Found:
    """Each entry as a visit, or why not. Times without a zone are those of the calendar, else of `zone`."""
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(text, multiple=True)
        found = [(_Entry(each, event), _zone_of(each, zone)) for each in calendars for event in each.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise UnreadableError("no_calendar") from error
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT"]
    if len(lines) != len(found):
        raise UnreadableError("no_calendar")
    entries = [replace(one, line=line, zone=of) for (one, of), line in zip(found, lines, strict=True)]
    instead = _changed_ones(entries)
    unrolled = (visit for entry in entries for visit in _visits(entry, instead, now))
    visits = list(islice(unrolled, MOST_VISITS + 1))
    if len(visits) > MOST_VISITS:
        raise UnreadableError("calendar_too_long", most=MOST_VISITS)
    return visits


@dataclass(frozen=True)
class _Entry:
    """One VEVENT, where it stands, and the calendar it stands in."""

    calendar: Any
    event: Any
    line: int = 0
    zone: str = ""

    @property
    def uid(self) -> str:
        return str(self.event.get("UID", "")).strip()

    def words(self, name: str) -> str:
        found = self.event.get(name, "")
        return " ".join(str(found[0] if isinstance(found, list) else found).split())

    def instant(self, name: str) -> datetime | Refusal:
        """DTSTART and its like, in UTC."""
        at = self.start_of(name)
        return at if isinstance(at, Refusal) else at.astimezone(UTC).replace(second=0, microsecond=0)

    def start_of(self, name: str) -> datetime | Refusal:
        """The same on its own clock, which is what repeats."""
        prop = self.event.get(name)
        at = getattr(prop, "dt", None)
        if not isinstance(at, date):
            return Refusal("no_time")
        if not isinstance(at, datetime):
            return Refusal("whole_day")
        if at.year not in YEARS:
            return Refusal("time_unread", {"text": str(at)})
        if at.tzinfo is None:
            named = prop.params.get("TZID")
            return Refusal("zone_unknown", {"zone": named}) if named else at.replace(tzinfo=ZoneInfo(self.zone))
        return at


def _visits(entry: _Entry, instead: set[tuple[str, datetime]], now: datetime) -> Iterator[Visit | Left]:
    """One, all of a series, or why there is none."""
    broken = {name for name, _ in entry.event.errors} & READ
    if broken:
        yield Left(entry.line, entry.words("SUMMARY"), Refusal("entry_broken", {"name": min(broken)}))
        return
    first = _visit(entry)
    repeats = entry.event.get("RRULE") or entry.event.get("RDATE") or entry.event.get("EXRULE")
    if isinstance(first, Left) or not repeats:
        yield first
        return
    starts = _starts(entry, now)
    if isinstance(starts, Refusal):
        yield Left(entry.line, entry.words("SUMMARY"), starts)
        return
    for start in starts:
        if (entry.uid, start) not in instead:
            yield replace(first, starts_at=start, uid=_uid_at(entry, start))


def _visit(entry: _Entry) -> Visit | Left:
    summary, starts_at = entry.words("SUMMARY"), entry.instant("DTSTART")
    if isinstance(starts_at, Refusal):
        return Left(entry.line, summary, starts_at)
    again = entry.event.get("RECURRENCE-ID")
    of = entry.instant("RECURRENCE-ID") if again else None
    if isinstance(of, Refusal) or (again and "RANGE" in again.params):
        return Left(entry.line, summary, Refusal("series_split"))
    uid, minutes = uid_of(_uid_at(entry, of) if of else entry.uid), _minutes(entry, starts_at)
    state = state_of(entry.words("STATUS")) if entry.words("STATUS") else ""
    if wrong := next((one for one in (uid, minutes, state) if isinstance(one, Refusal)), None):
        return Left(entry.line, summary, wrong)
    email, name = _client(entry)
    state = "cancelled" if state == "cancelled" else ""
    therapist = _called(entry.event.get("ORGANIZER")) or str(entry.calendar.get("X-WR-CALNAME", ""))
    named = {"email": email, "name": name, "therapist": therapist, "parts": _parts(summary), **_kinds(entry)}
    return Visit(entry.line, starts_at, minutes, uid, state, **named)  # type: ignore[arg-type]  # no refusals now


def _kinds(entry: _Entry) -> dict[str, Any]:
    """What is given, and what after it. In calendars of others a second category means something else."""
    found = entry.event.get("CATEGORIES")
    if not hasattr(found, "cats"):
        return {"treatment": entry.words("CATEGORIES")}
    first, second, *_more = [*map(str, found.cats), "", ""]
    lasts = length_of(entry.words(SECOND_MINUTES))
    return {"treatment": first, **({"second": second, "second_minutes": lasts} if isinstance(lasts, int) else {})}


def _minutes(entry: _Entry, starts_at: datetime) -> int | Refusal | None:
    lasts = getattr(entry.event.get("DURATION"), "dt", None)
    if isinstance(lasts, timedelta):
        return minutes_between(starts_at, starts_at + lasts)
    if "DTEND" not in entry.event:
        return None
    end = entry.instant("DTEND")
    return end if isinstance(end, Refusal) else minutes_between(starts_at, end)


def _client(entry: _Entry) -> tuple[str, str]:
    """The address and name of whoever is invited first."""
    found = entry.event.get("ATTENDEE")
    first = found[0] if isinstance(found, list) and found else found
    return re.sub(r"(?i)^mailto:", "", str(first or "")).strip(), _called(first)


def _called(person: Any) -> str:
    return str(person.params.get("CN", "")).strip() if hasattr(person, "params") else ""


def _parts(summary: str) -> tuple[str, ...]:
    """What an entry is called, whole and in pieces: "Clara Teacup - Massage"."""
    return tuple(dict.fromkeys(filter(None, (summary, *(one.strip() for one in BETWEEN.split(summary))))))


def _starts(entry: _Entry, now: datetime) -> list[datetime] | Refusal:
    """When a series takes place, by its own clock, so that changeover days come out right."""
    from dateutil.rrule import rrulestr

    rule, first = entry.event.get("RRULE"), entry.start_of("DTSTART")
    if isinstance(first, Refusal) or isinstance(rule, list) or "RDATE" in entry.event or "EXRULE" in entry.event:
        return Refusal("series_unread")
    if rule.get("FREQ", [""])[0] not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        return Refusal("series_unread")
    wall, clock = first.replace(tzinfo=None), first.tzinfo
    if until := rule.get("UNTIL"):
        last = until[0]
        if isinstance(last, datetime) and last.tzinfo:
            last = last.astimezone(clock).replace(tzinfo=None)
        rule = type(rule)({**rule, "UNTIL": [last]})
    try:
        series = rrulestr(rule.to_ical().decode(), dtstart=wall)
        found = list(islice(series.xafter(wall, inc=True), MOST_OF_A_SERIES + 1))
    except (ValueError, TypeError, OverflowError):
        return Refusal("series_unread")
    end = (now + AHEAD).astimezone(clock).replace(tzinfo=None)
    instants = [one.replace(tzinfo=clock).astimezone(UTC).replace(second=0) for one in found if one <= end]
    if len(instants) > MOST_OF_A_SERIES:
        return Refusal("series_too_long", {"most": MOST_OF_A_SERIES})
    left_out = set(_instants(entry, entry.event.get("EXDATE")))
    return [one for one in instants if one not in left_out]


def _instants(entry: _Entry, found: Any) -> Iterable[datetime]:
    for each in found if isinstance(found, list) else [found] if found else []:
        for one in each.dts:
            if isinstance(one.dt, datetime):
                yield (one.dt if one.dt.tzinfo else one.dt.replace(tzinfo=ZoneInfo(entry.zone))).astimezone(UTC)


def _changed_ones(entries: Iterable[_Entry]) -> set[tuple[str, datetime]]:
    """Those of a series that stand in an entry of their own."""
    found = [(one.uid, one.instant("RECURRENCE-ID")) for one in entries if "RECURRENCE-ID" in one.event]
    return {(uid, at) for uid, at in found if isinstance(at, datetime)}


def _uid_at(entry: _Entry, start: datetime) -> str:
    return f"{entry.uid}/{address_of(start)}" if entry.uid else ""


def _zone_of(calendar: Any, zone: str) -> str:
    """What the calendar says its clock is, where that is one we know."""
    named = str(calendar.get("X-WR-TIMEZONE", "")).strip()
    try:
        return ZoneInfo(named).key if named else zone
    except (ValueError, OSError, LookupError):
        return zone
