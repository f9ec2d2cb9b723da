"""Invented schedules, and the dumbest way to find their free times: minute by minute, on the clock on the wall."""

from dataclasses import astuple, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from clinic.booking.models import WorkingHours
from clinic.booking.offered import FittedRoom, ListedTherapist, OfferedLength, OfferedTreatment
from clinic.booking.programme import Programme
from clinic.booking.queries import Search
from clinic.booking.rules import Booked, Closed
from clinic.core.money import Money
from clinic.places.models import Clinic, Location
from clinic.qualifications.rules import Held, Needs
from tests.booking.worked import minutes_between, worked

CHANGEOVERS = [  # both nights of each zone, with zones of half and three-quarter hours beside them
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # goes back by half an hour
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kolkata", date(2026, 3, 29)),
    ("Asia/Kathmandu", date(2026, 10, 25)),
]
TWO_FLAGS = st.tuples(st.booleans(), st.booleans())
NEEDED_KINDS = st.sampled_from((frozenset(), frozenset(), frozenset({"table"}), frozenset({"step_free"})))
QUALIFIED = Held("qualification", "Diploma", date(2020, 1, 1), None, "sports", "RQF", 4)
MASSAGE = OfferedTreatment(
    id=1,
    slug="massage",
    name="Massage",
    words="",
    mail_name="",
    is_release=False,
    alternative_id=None,
    needs=Needs(4, "massage"),
    lengths=(length := OfferedLength(60, Money(6000, "GBP")),),
    usual=length,
    rest_minutes=15,
    cleaning_minutes=10,
    notice_minutes=0,
    horizon_days=90,
    grid_minutes=15,
)


def insured_until(day, activity="massage"):
    return Held("insurance", "Insurance", date(2020, 1, 1), day, activities=frozenset({activity}))


def working(therapist_id, starts, ends, weekday, location_id=1, **dates):
    """Hours as the clinic would write them: starts and ends in minutes on the wall clock."""
    starts, ends = (time(*divmod(minute, 60)) for minute in (starts, ends))
    dates = {"from_on": date(2020, 1, 1), "until_on": None, **dates}
    return WorkingHours(
        therapist_id=therapist_id, location_id=location_id, weekday=weekday, starts=starts, ends=ends, **dates
    )


def programme_of(zone, hours, rooms=(1,), insured=(date(2030, 1, 1),)):
    """A clinic: `hours` and `insured` by therapist, `rooms` as the location of each. Resources: 1… and 101…."""
    return Programme(
        clinic=Clinic(name="Test", currency="GBP", country="GB"),
        locations={place: Location(id=place, name=f"Place {place}", zone=zone) for place in (1, 2)},
        rooms=tuple(FittedRoom(n, f"Room {n}", place, 100 + n) for n, place in enumerate(rooms, 1)),
        treatments=(MASSAGE,),
        therapists=tuple(
            ListedTherapist(n, f"t{n}", f"T {n}", "", None, n, (QUALIFIED, insured_until(until)))
            for n, until in enumerate(insured, 1)
        ),
        hours={n: tuple(of_one) for n, of_one in enumerate(hours, 1)},
        safety=(),
    )


@dataclass(frozen=True)
class Asked:
    """A search and what is asked of it: a treatment, or two in a row, with somebody else in the room or not."""

    search: Search
    treatment: OfferedTreatment
    minutes: int
    taken: dict[int, list[tuple[int, int]]]
    booked: dict[int, list[Booked | None]]  # of each therapist's, what it is for; nothing: it is blocked
    second: OfferedTreatment | None = None
    second_minutes: int = 0
    chaperone: bool = False

    @property
    def both(self):
        return [self.treatment, *([self.second] if self.second else [])]

    @property
    def lasts(self):
        return self.minutes + self.second_minutes


@st.composite
def schedules(draw):
    """Up to three therapists, three rooms and two places around a changeover, with time taken here and there."""
    zone, changeover = draw(st.sampled_from(CHANGEOVERS))
    first = changeover - timedelta(days=draw(st.integers(0, 1)))
    midnight = datetime.combine(first, time(), ZoneInfo(zone)).astimezone(UTC)
    staff, rooms = draw(st.integers(1, 3)), draw(st.lists(st.sampled_from((1, 1, 2)), min_size=1, max_size=3))
    treatment = replace(
        MASSAGE,
        preparation_minutes=draw(st.sampled_from((0, 0, 10, 35))),
        rest_minutes=draw(st.sampled_from((0, 5, 15, 45))),
        cleaning_minutes=draw(st.sampled_from((0, 10, 20, 60))),
        notice_minutes=draw(st.sampled_from((0, 0, 120, 700))),
        horizon_days=draw(st.sampled_from((1, 90, 90))),
        grid_minutes=draw(st.sampled_from((5, 10, 15, 30))),
        packed=draw(st.sampled_from((False, False, True))),
        most_a_day=draw(st.sampled_from((None, None, 0, 1, 2))),
        deep=draw(st.booleans()),
        is_release=draw(st.booleans()),
        room_kinds=draw(NEEDED_KINDS),
    )
    hours = [[*_hours(draw, n, first, zone), *_hours(draw, n, first + timedelta(days=1), zone)] for n in _to(staff)]
    insured = [changeover + timedelta(days=draw(st.sampled_from((99, 1, 0, -1)))) for _ in _to(staff)]
    known = programme_of(zone, hours, rooms, insured)
    known = replace(known, rooms=tuple(draw(_fitted(room)) for room in known.rooms))
    taken = {resource: draw(_taken(midnight)) for resource in [*_to(staff), *(100 + n for n in _to(len(rooms)))]}
    booked = {n: [draw(st.sampled_from((1, 1, 0))) and _booked(draw, span) for span in taken[n]] for n in _to(staff)}
    known = replace(known, time_off={n: draw(_taken(midnight)) for n in _to(staff)}, closures=draw(_closed(first)))
    search = Search(
        replace(known, treatments=(treatment,), therapists=tuple(_with_limits(draw, one) for one in known.therapists)),
        _occupied(taken, booked),
        first,
        2,
        midnight + timedelta(minutes=draw(st.integers(-2000, 1000)), seconds=draw(st.sampled_from((0, 1, 59)))),
    )
    return Asked(search, treatment, draw(st.sampled_from((10, 30, 45, 60, 90, 240))), taken, booked)


def _fitted(room):
    """Most rooms are fit for something, and in use."""
    kinds = st.frozensets(st.sampled_from(("table", "step_free")), min_size=0)
    return st.builds(lambda kinds, used: replace(room, kinds=kinds, offered=used), kinds, st.sampled_from((1, 1, 0)))


def _closed(first):
    """Now and then a place, or everywhere, is closed on one of the days or on both."""
    places, days = st.sampled_from((None, 1, 2)), st.sampled_from(((0, 0), (1, 1), (0, 1)))
    one = st.builds(lambda place, span: Closed(place, *(first + timedelta(days=n) for n in span), ""), places, days)
    return st.sampled_from((0, 0, 0, 1)).flatmap(lambda most: st.lists(one, max_size=most)).map(tuple)


def _occupied(taken, booked):
    """As it is read: a row for each claim or block, in order of start."""
    rows = [
        (resource, *span, bool(visit), *(astuple(visit) if visit else [None] * 5), *([None] * 4))
        for resource, spans in taken.items()
        for span, visit in zip(spans, booked.get(resource, [None] * len(spans)), strict=True)
    ]
    return sorted(rows, key=lambda row: row[1])


@st.composite
def visits(draw):
    """A pair in such a schedule: another treatment follows, which not everybody may give, with or without chaperone."""
    asked = draw(schedules())
    search, second = asked.search, draw(_seconds())
    staff = tuple(
        replace(one, held=(*one.held, insured_until(draw(_days(search.first)), "abdominal")))
        for one in search.programme.therapists
    )
    zone = search.programme.location.zone
    hours = [h for n in (0, 1) for h in _hours(draw, 0, search.first + timedelta(days=n), zone)]
    there = {place: tuple(h for h in hours if h.location_id == place) for place in (1, 2)}
    known = replace(search.programme, treatments=(asked.treatment, second), therapists=staff, chaperones=there, days={})
    minutes, second_minutes = draw(st.sampled_from((10, 30, 60))), draw(st.sampled_from((15, 45, 120)))
    return replace(
        asked,
        search=replace(search, programme=known),
        minutes=minutes,
        second=second,
        second_minutes=second_minutes,
        chaperone=draw(st.booleans()),
    )


def _days(first):
    return st.sampled_from((99, 99, 1, 0)).map(lambda n: first + timedelta(days=n))


def _seconds():
    return st.builds(
        lambda **rules: replace(MASSAGE, id=2, slug="hips", needs=Needs(4, "abdominal"), **rules),
        preparation_minutes=st.sampled_from((0, 0, 20)),
        rest_minutes=st.sampled_from((0, 15, 45)),
        cleaning_minutes=st.sampled_from((0, 20, 60)),
        notice_minutes=st.sampled_from((0, 0, 300)),
        horizon_days=st.sampled_from((1, 90, 90)),
        grid_minutes=st.sampled_from((5, 15, 30)),
        packed=st.sampled_from((False, False, True)),
        most_a_day=st.sampled_from((None, None, 1)),
        deep=st.booleans(),
        is_release=st.booleans(),
        room_kinds=NEEDED_KINDS,
    )


def _with_limits(draw, therapist):
    return replace(
        therapist,
        deep_minutes_a_day=draw(st.sampled_from((None, 60, 90, 240))),
        releases_apart_minutes=draw(st.sampled_from((0, 0, 30, 200))),
    )


def _booked(draw, span):
    """What a claim of a therapist is for; the treatment itself is shorter than the claim."""
    begin, end = span
    starts = draw(st.integers(begin, end - 1))
    return Booked(starts, draw(st.integers(starts + 1, end)), draw(st.sampled_from((1, 2))), *draw(TWO_FLAGS))


def _to(count):
    return range(1, count + 1)


def _hours(draw, therapist_id, day, zone):
    """One or two stretches of a day, at times its clock shows; some begin or end their validity on it."""
    minutes = st.integers(0, 24 * 12 - 1).map(lambda n: n * 5).filter(lambda m: _shown(day, m, zone))
    bounds = sorted(draw(st.lists(minutes, min_size=2, max_size=4, unique=True)))
    dates = draw(
        st.sampled_from(
            (
                {},
                {},
                {},
                {"from_on": day, "until_on": day},
                {"from_on": day + timedelta(days=1)},
                {"until_on": day - timedelta(days=1)},
            )
        )
    )
    place = draw(st.sampled_from((1, 1, 2)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return [working(therapist_id, a, b, day.weekday(), place, **dates) for a, b in pairs]


def _shown(day, minute, zone):
    at = datetime.combine(day, time(*divmod(minute, 60)), ZoneInfo(zone))
    return at.astimezone(UTC).astimezone(ZoneInfo(zone)).time() == at.time()


def _taken(midnight):
    """Claims of one resource over the two days: none overlap."""
    start = int(midnight.timestamp()) // 60 - 120
    gaps = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 200)), max_size=5)

    def spans(pairs):
        marks = list(accumulate((length for pair in pairs for length in pair), initial=start))
        return list(zip(marks[1::2], marks[2::2], strict=True))

    return gaps.map(spans)


def by_brute_force(asked):
    """(start, therapist, day) of every time that is offered: each minute is tried with everybody."""
    search, both = asked.search, asked.both
    days = [search.first + timedelta(days=n) for n in range(search.days)]
    works = {one.id: worked(search.programme, one.id, days) for one in search.programme.therapists}
    taken = {resource: {m for a, b in spans for m in range(a, b)} for resource, spans in asked.taken.items()}
    now = int(search.now.timestamp()) // 60
    bounds = range(now + most(both, "notice_minutes"), now + min(one.horizon_days for one in both) * 24 * 60)
    found = {}
    for one in search.programme.therapists:
        for stretch, day, place in works[one.id]:
            load = _minutes_of_visits(asked, one, day)
            free = [
                minute
                for minute, wall in stretch.items()
                if minute in bounds
                and wall % most(both, "grid_minutes") == 0
                and all(_insured(one, each) >= day for each in both)
                and all(m in stretch for m in range(minute, minute + asked.lasts))
                and not (taken[one.id] & _needed(asked, minute, most(both, "rest_minutes")))
                and _has_room(asked, taken, place, _needed(asked, minute, most(both, "cleaning_minutes")))
                and _within_limits(asked, one, minute, day)
            ]
            offered = _packed(free, taken[one.id]) if any(each.packed for each in both) else free
            for minute in _chaperoned(asked, offered, day, place):
                found.setdefault(minute, []).append((load, one.id, day))
    return [(minute, min(who)[1], min(who)[2]) for minute, who in sorted(found.items())]


def _minutes_of_visits(asked, therapist, day):
    """How much of that day their visits take, whenever they work."""
    zone = ZoneInfo(asked.search.programme.location.zone)
    first, last = (int(datetime.combine(day + timedelta(days=n), time(), zone).timestamp()) // 60 for n in (0, 1))
    taken = zip(asked.taken[therapist.id], asked.booked[therapist.id], strict=True)
    return sum(first <= minute < last for span, visit in taken if visit for minute in range(*span))


def _within_limits(asked, therapist, minute, day):
    both, zone = asked.both, ZoneInfo(asked.search.programme.location.zone)
    booked = [one for one in asked.booked[therapist.id] if one]
    of_day = [one for one in booked if datetime.fromtimestamp(one.starts * 60, zone).date() == day]
    if any(
        each.most_a_day is not None and sum(one.treatment_id == each.id for one in of_day) >= each.most_a_day
        for each in both
    ):
        return False
    spans = [(minute, minute + asked.minutes), (minute + asked.minutes, minute + asked.lasts)][: len(both)]
    deep = sum(ends - starts for (starts, ends), each in zip(spans, both, strict=True) if each.deep)
    given = sum(one.ends - one.starts for one in of_day if one.deep)
    if deep and therapist.deep_minutes_a_day is not None and given + deep > therapist.deep_minutes_a_day:
        return False
    apart = therapist.releases_apart_minutes
    releases = [span for span, each in zip(spans, both, strict=True) if each.is_release]
    if apart and len(releases) > 1:
        return False
    kept_clear = {m for starts, ends in releases for m in range(starts - apart, ends + apart)} if apart else set()
    return not any(kept_clear & set(range(one.starts, one.ends)) for one in booked if one.is_release)


def _chaperoned(asked, minutes, day, place):
    """Those at which somebody else can be there all the while, where that is asked for."""
    known = asked.search.programme
    if not asked.chaperone:
        return minutes
    zone = ZoneInfo(known.locations[place].zone)
    hours = [h for h in known.chaperones[place] if h.weekday == day.weekday()]
    there = {m for h in hours for m in minutes_between(day, h.starts, h.ends, zone)}
    return [minute for minute in minutes if set(range(minute, minute + asked.lasts)) <= there]


def _packed(free, taken):
    """Times with nothing free between them and something taken, or the end of the stretch, on one side at least."""
    for before, minute, after in zip([None, *free], free, [*free[1:], None], strict=False):
        if before is None or taken & set(range(before, minute)) or after is None or taken & set(range(minute, after)):
            yield minute


def _insured(therapist, treatment):
    """The last day on which they are."""
    return next(held.expires_on for held in therapist.held if treatment.needs.activity in held.activities)


def _needed(asked, start, after):
    return set(range(start - most(asked.both, "preparation_minutes"), start + asked.lasts + after))


def most(treatments, name):
    return max(getattr(one, name) for one in treatments)


def _has_room(asked, taken, place, needed):
    """In use, fit for all that is given, and free."""
    kinds = {kind for each in asked.both for kind in each.room_kinds}
    fit = [room for room in asked.search.programme.rooms if room.offered and kinds <= room.kinds]
    return any(room.location_id == place and not taken[room.resource_id] & needed for room in fit)
