"""The figures as they stand on the page and in the table: sections of lines, each section with its picture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask_babel import gettext as _
from markupsafe import Markup

from clinic.booking.programme import Programme
from clinic.core.db import AnySession
from clinic.core.times import instant_of, minute_of
from clinic.drawings.bars import Bar, Bars, draw_bars
from clinic.office.queries import figures as queries
from clinic.office.rules import figures as rules
from clinic.office.rules.figures import Figures, Shift
from clinic.office.rules.periods import DAY, MONTH, Period, next_beginning
from clinic.office.views.figure_columns import hours_words

Cells = Mapping[tuple[Any, Period], Figures]


@dataclass(frozen=True)
class Asked:
    """Which days, by "week" or "month", told apart by "all", "therapist" or "treatment"."""

    period: Period
    step: str
    by: str


@dataclass(frozen=True)
class Line:
    name: str
    period: Period
    figures: Figures


@dataclass(frozen=True)
class Section:
    """`picture` is None where lines are not one after the other in time."""

    name: str
    lines: Sequence[Line]
    whole: Line
    picture: Markup | None = None


def sheet(session: AnySession, known: Programme, asked: Asked, *, now: datetime) -> list[Section]:
    """All together first; then, told apart, first beside each other and then each in its weeks or months. As many
    statements for many as for few. `known` is the whole programme.
    """
    first, last = (instant_of(known.span_of(day)[n]) for n, day in enumerate((asked.period.first, asked.period.last)))
    zones = {one.id: one.zone for one in known.locations.values()}
    visits = queries.visits_between(session, first, last, zones=zones, now=now)
    among = rules.judged(visits, queries.seen_before(session, first))
    shifts = list(_shifts(known, asked.period, minute_of(now)))
    parts = list(asked.period.parts(asked.step))
    everybody = rules.tally(among, shifts, parts, rules.by_everybody)
    all_of_it = _sections({None: _("All together")}, everybody, asked)
    if asked.by == "all":
        return all_of_it
    names = _names(session, asked, among)
    if asked.by == "therapist":
        cells = rules.tally(among, shifts, parts, rules.by_therapist)
    else:
        cells = rules.tally(among, [], parts, rules.by_treatment)
    each = _sections(names, cells, asked)
    beside = Section(_("Beside each other"), [one.whole for one in each], all_of_it[0].whole)
    return [beside, *all_of_it, *each]


def _shifts(known: Programme, period: Period, now: int) -> Iterator[Shift]:
    """Hours up to now."""
    for therapist in known.therapists:
        for window in known.windows(therapist, period.first, period.days):
            if window.starts < now:
                yield Shift(therapist.id, window.day, min(window.ends, now) - window.starts)


def _names(session: AnySession, asked: Asked, among: Sequence[rules.Judged]) -> dict[Any, str]:
    """What each line is called, in order: therapists by name, treatments as they are offered, pairs after."""
    therapists, treatments = queries.names(session)
    if asked.by == "therapist":
        return therapists
    pairs = sorted({one.visit.treatments for one in among if len(one.visit.treatments) > 1})
    both = {
        pair: _("%(first)s and %(second)s", first=treatments[pair[0]], second=treatments[pair[1]]) for pair in pairs
    }
    return {**{(one,): name for one, name in treatments.items()}, **both}


def _sections(names: Mapping[Any, str], cells: Cells, asked: Asked) -> list[Section]:
    """Of those that have any figures; their pictures on one scale."""
    keys, parts = {key for key, part in cells}, list(asked.period.parts(asked.step))
    most = max((max(one.worked, one.filled) for one in cells.values()), default=0)
    found = []
    for key in (key for key in names if key in keys or key is None):
        lines = [Line(part_words(part, asked.step), part, cells.get((key, part), Figures())) for part in parts]
        whole = Line(names[key], asked.period, sum((one.figures for one in lines), Figures()))
        found.append(Section(names[key], lines, whole, _picture(lines, whole, most)))
    return found


def part_words(part: Period, step: str) -> str:
    """2 to 8 Mar 2026; a whole month is March 2026."""
    if step == MONTH and part.first.day == 1 and part.last == next_beginning(part.first, MONTH) - DAY:
        return str(format_date(part.first, "MMMM y", locale="en_GB"))
    last = _short(part.last, "d MMM y")
    if part.first == part.last:
        return last
    first = _short(part.first, "d MMM" if part.first.month != part.last.month else "d")
    return str(_("%(first)s to %(last)s", first=first, last=last))


def _short(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale="en_GB"))


def _picture(lines: Sequence[Line], whole: Line, most: int) -> Markup:
    filled, worked = map(hours_words, (whole.figures.filled, whole.figures.worked))
    busiest = max(lines, key=lambda line: line.figures.filled)
    told = _("%(filled)s hours filled, of %(worked)s worked.", filled=filled, worked=worked)
    if not whole.figures.worked:
        told = _("%(filled)s hours filled.", filled=filled)
    if whole.figures.filled:
        peak = hours_words(busiest.figures.filled)
        told += " " + _("The most, %(hours)s hours, in %(part)s.", hours=peak, part=busiest.name)
    drawn = Bars(
        bars=[Bar(line.figures.worked, line.figures.filled) for line in lines],
        most=most,
        top=_("%(hours)s hours", hours=hours_words(most)),
        first=_short(whole.period.first, "d MMM y"),
        last=_short(whole.period.last, "d MMM y"),
    )
    title = _("Hours: %(name)s", name=whole.name)
    return Markup(draw_bars(drawn, title=title, description=told))  # noqa: S704  (our own drawing, its words escaped)
