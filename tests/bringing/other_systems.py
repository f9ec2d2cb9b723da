"""Files as other systems write them, made up by number: the shape of their exports, and nobody's data. Each comes with
what must stand in the database once it is brought in, worked out without reading the file.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

FIRST = ("Zoë", "Ana María", "Bo", "Siân", "Łukasz", "Nguyễn", "Jean-Luc", "Mo", "Ægir", "Fionnuala")
LAST = ("O’Neill", "de la Cruz", "Smith", "van ’t Hof", "Çelik", "Brontë-Hill", "Li", "Ó Briain")


@dataclass(frozen=True)
class Someone:
    """A client: as their system has them, and as they are here."""

    ref: str
    first: str
    last: str
    email: str
    typed_phone: str
    phone: str

    @property
    def name(self):
        return f"{self.first} {self.last}"

    @property
    def here(self):
        return (self.ref, self.name, self.email, self.phone)


def people(count, seed=1):
    """So many clients, with numbers written in every way and some without a number or an address."""
    random = Random(seed)
    return [_someone(n, random) for n in range(count)]


def _someone(n, random):
    first, last = random.choice(FIRST), f"{random.choice(LAST)} {_letters(n)}"
    email = "" if n % 11 == 0 else f"p{n}@client.test"
    end = f"{n:06d}"
    phones = (
        ("", ""),
        (f"07700 {end}", f"07700 {end}"),
        (f"+44 7700 {end}", f"07700 {end}"),
        (f"7700{end}", f"07700 {end}"),  # its nought was lost in a spreadsheet
        (f"(07700) {end[:3]}-{end[3:]}", f"07700 {end}"),
        (f"0033 6 12 {end[:2]} {end[2:4]} {end[4:]}", f"+33 6 12 {end[:2]} {end[2:4]} {end[4:]}"),
    )
    return Someone(str(100_000 + n), first, last, email, *phones[n % len(phones)])


def _letters(n):
    """A last name of one's own: numbers are no part of names."""
    return "".join(chr(ord("a") + n // 26**place % 26) for place in range(3)).capitalize()


def as_patients(found):
    """A table with every cell in quotation marks, addresses over two lines, and a mark at its beginning."""
    yield '\ufeff"Id","Title","First name","Last name","Date of birth","Email","Mobile","Address","Notes"\r\n'
    for n, one in enumerate(found):
        address = f'{n} High Street,\r\nFlat ""2""' if n % 9 == 0 else "1 Mill Lane, Bath"
        cells = one.ref, "Ms", one.first, one.last, "1980-01-31", one.email, one.typed_phone, address, 'says ""hello""'
        yield ",".join(f'"{cell}"' for cell in cells) + "\r\n"


def as_numbered_patients(found):
    """Semicolons, as where a comma stands in prices."""
    yield "Patient Number;Last Name;First Name;Mobile Phone;Email;Sex\n"
    yield from (f"{one.ref};{one.last};{one.first};{one.typed_phone};{one.email};\n" for one in found)


def as_customers(found):
    """Tabs, whole names, and columns that nobody here wants."""
    yield "Client\tPhone\tE-mail\tClient ID\tDays Since Last Appointment\n"
    yield from (f"{one.name}\t{one.typed_phone}\t{one.email.upper()}\t{one.ref}\t12\n" for one in found)


# A calendar. Every therapist has three places a day, far enough apart that no clock that changes brings two together.
PLACES = (time(9), time(12), time(15))
WHO = ("Ana Moreau", "Ben Okafor")
WHAT = ("Massage", "Hips without tummy work")
BEGINS = date(2025, 11, 3)  # a Monday; the clocks of London change within, those of New York on other days
ZONES = {  # as calendars name it: the zone it is
    "Europe/London": "Europe/London",
    "W. Europe Standard Time": "Europe/Berlin",
    "/example.test/20250101_1/America/New_York": "America/New_York",
}
CHANGES = {  # of a zone: standard and summer offset, and the rules by which its makers write the changes
    "Europe/Berlin": ("+0100", "+0200", "BYMONTH=3;BYDAY=-1SU", "020000", "BYMONTH=10;BYDAY=-1SU", "030000"),
    "America/New_York": ("-0500", "-0400", "BYMONTH=3;BYDAY=2SU", "020000", "BYMONTH=11;BYDAY=1SU", "020000"),
}


@dataclass
class MadeCalendar:
    """`text` as it was exported; `visits` to be booked: (uid, start, minutes, client's name, treatment, therapist)."""

    text: str = ""
    visits: list[tuple] = field(default_factory=list)
    events: int = 0
    cancelled: int = 0
    whole_days: int = 0
    most_lines: int = 0


def calendar(found, events=1000, seed=2):
    """A calendar of so many entries about these clients: single visits, series with days left out and moved, visits that
    were called off, and holidays over whole days.
    """
    made, random, lines = MadeCalendar(), Random(seed), [*HEAD, *(line for tzid in ZONES for line in _explained(tzid))]
    tracks = [(who, weekday, at) for who in WHO for weekday in range(5) for at in PLACES]
    theirs = {who: found[n :: len(WHO)] for n, who in enumerate(WHO)}  # nobody is with two at once
    free = dict.fromkeys(tracks, 0)  # the first week that is free
    while made.events < events:
        track = min(tracks, key=lambda one: (free[one], one))
        weeks = _put(made, lines, track, free[track], random.choice(theirs[track[0]]), random, events - made.events)
        free[track] += weeks
    made.text = "\r\n".join(part for line in [*lines, "END:VCALENDAR"] for part in _folded(line)) + "\r\n"
    return made


HEAD = (
    "BEGIN:VCALENDAR",
    "PRODID:-//Some Company//Some Calendar 70.9054//EN",
    "VERSION:2.0",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:Clinic",
    "X-WR-TIMEZONE:Europe/London",
)


def _explained(tzid):
    """A zone as its maker explains it; the well known one is not explained at all."""
    if ZONES[tzid] not in CHANGES:
        return
    standard, summer, to_summer, at, to_standard, back_at = CHANGES[ZONES[tzid]]
    yield from ("BEGIN:VTIMEZONE", f"TZID:{tzid}")
    for kind, before, after, rule, clock in (
        ("DAYLIGHT", standard, summer, to_summer, at),
        ("STANDARD", summer, standard, to_standard, back_at),
    ):
        yield from (f"BEGIN:{kind}", f"DTSTART:16010101T{clock}", f"RRULE:FREQ=YEARLY;{rule}")
        yield from (f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", f"END:{kind}")
    yield "END:VTIMEZONE"


def _put(made, lines, track, week, client, random, room):
    """One entry, or a series with its changed ones, in the weeks of this track that are free; how many weeks it took."""
    who, weekday, at = track
    on, number = BEGINS + timedelta(weeks=week, days=weekday), made.events
    uid, what, minutes = f"{number:05d}-made@other.test", WHAT[number % 2], (30, 60)[number % 2]
    tzid = random.choice(list(ZONES)) if number % 3 == 0 else "Europe/London"
    entry = _Entry(uid, _on_its_clock(on, at, tzid), tzid, minutes, client, what, who)
    kind = random.choices(("single", "series", "cancelled", "whole day"), (77, 8, 8, 7))[0]
    if kind == "whole day":
        lines += _event(
            uid, f"DTSTART;VALUE=DATE:{on:%Y%m%d}", f"DTEND;VALUE=DATE:{on + timedelta(1):%Y%m%d}", "SUMMARY:Away"
        )
        made.whole_days, made.events = made.whole_days + 1, number + 1
        return 1
    if kind == "series" and room > 1:
        return _put_series(made, lines, entry, random)
    lines += entry.lines("CANCELLED" if kind == "cancelled" else "CONFIRMED", utc=number % 5 == 0)
    made.events += 1
    made.cancelled += kind == "cancelled"
    made.visits += [] if kind == "cancelled" else [entry.visit(entry.wall, uid)]
    return 1


def _put_series(made, lines, entry, random):
    """Every week for some weeks; one day may be left out, and another moved by half an hour."""
    weeks = random.randint(3, 5)
    walls = [entry.wall + timedelta(weeks=n) for n in range(weeks)]
    last = f"COUNT={weeks}" if weeks % 2 else f"UNTIL={entry.instant(walls[-1]):%Y%m%dT%H%M%SZ}"
    rule = [f"RRULE:FREQ=WEEKLY;{last}"]
    left_out = walls[1] if random.random() < 0.5 else None
    moved = walls[2] if random.random() < 0.6 else None
    if left_out:
        rule.append(f"EXDATE;TZID={entry.tzid}:{left_out:%Y%m%dT%H%M%S}")
    lines += entry.lines("CONFIRMED", more=rule)
    made.events += 1
    for wall in walls:
        if wall not in {left_out, moved}:
            made.visits.append(entry.visit(wall, f"{entry.uid}/{entry.instant(wall):%Y%m%dT%H%MZ}"))
    if moved:
        of = f"RECURRENCE-ID;TZID={entry.tzid}:{moved:%Y%m%dT%H%M%S}"
        to = moved + timedelta(minutes=30)
        lines += _Entry(entry.uid, to, *entry.rest).lines("CONFIRMED", more=[of])
        made.visits.append(entry.visit(to, f"{entry.uid}/{entry.instant(moved):%Y%m%dT%H%MZ}"))
        made.events += 1
    return weeks


@dataclass(frozen=True)
class _Entry:
    uid: str
    wall: datetime
    tzid: str
    minutes: int
    client: Someone
    what: str
    who: str

    @property
    def rest(self):
        return self.tzid, self.minutes, self.client, self.what, self.who

    def instant(self, wall):
        return wall.replace(tzinfo=ZoneInfo(ZONES[self.tzid])).astimezone(UTC)

    def visit(self, wall, uid):
        return uid, self.instant(wall), self.minutes, self.client.name, self.what, self.who

    def lines(self, status, *, utc=False, more=()):
        ends = self.wall + timedelta(minutes=self.minutes)
        if utc:
            span = f"DTSTART:{self.instant(self.wall):%Y%m%dT%H%M%SZ}", f"DTEND:{self.instant(ends):%Y%m%dT%H%M%SZ}"
        else:
            span = tuple(
                f"{name};TZID={self.tzid}:{at:%Y%m%dT%H%M%S}" for name, at in (("DTSTART", self.wall), ("DTEND", ends))
            )
        invited = [f"ATTENDEE;CN={self.client.name}:mailto:{self.client.email}"] if self.client.email else []
        called = (
            f"SUMMARY:{self.what}\\, {self.client.name}" if invited else f"SUMMARY:{self.client.name} - {self.what}"
        )
        told = f"DESCRIPTION:Booked online\\; rings twice\\, then waits.\\n{'Please bring your own towel. ' * 4}"
        by = f"ORGANIZER;CN={self.who}:mailto:desk@other.test"
        return _event(self.uid, *span, *more, called, told, by, *invited, f"STATUS:{status}")


def _on_its_clock(on, at, tzid):
    """What a clock of this zone shows when that of the clinic shows this."""
    here = datetime.combine(on, at, ZoneInfo("Europe/London"))
    return here.astimezone(ZoneInfo(ZONES[tzid])).replace(tzinfo=None)


def _event(uid, *lines):
    return [
        "BEGIN:VEVENT",
        "DTSTAMP:20260310T120000Z",
        f"UID:{uid}",
        *lines,
        "SEQUENCE:0",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def _folded(line):
    """At most 75 bytes each, and never in the middle of a letter."""
    while len(line.encode()) > 75:
        end = next(n for n in range(min(75, len(line)), 0, -1) if len(line[:n].encode()) <= 75)
        yield line[:end]
        line = f" {line[end:]}"
    yield line
