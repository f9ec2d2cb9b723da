"""The course of a measure over a client's visits, as a picture, in words and in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from babel.dates import format_date
from flask_babel import gettext as _
from markupsafe import Markup

from clinic.core.times import local
from clinic.drawings.trend import Phase, Point, Trend, draw_trend
from clinic.notes import rules
from clinic.notes.catalogue.measures import Measure, measures
from clinic.notes.queries import SignedNote
from clinic.notes.rules import Content
from clinic.notes.rules.measures import bound_of
from clinic.notes.wording.measures import CHANGES, value_words

PAIN = "pain_on_arrival"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Visit:
    """One line of the numbers. `at_end` is empty but for pain."""

    day: str
    value: str
    at_end: str


@dataclass(frozen=True)
class Course:
    """A measure by visit, the first first, and what became of it; without a picture before the second visit."""

    measure: Measure
    visits: tuple[Visit, ...]
    picture: Markup
    change: str
    phases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sent:
    """A home plan that was sent: when, and its number."""

    at: datetime
    number: int


def course_of(notes: Sequence[SignedNote], zone: str) -> Course | None:
    """Pain, of what they come for now, from signed notes with the latest first; None before it was asked twice."""
    of_now = [one for one in notes if one.episode == notes[0].episode]
    found = course(of_now, PAIN, zone)
    return found if found and len(found.visits) > 1 else None


def course(notes: Sequence[SignedNote], measure_id: str, zone: str, sent: Sequence[Sent] = ()) -> Course | None:
    """One measure, from signed notes with the latest first; None where it was never asked."""
    asked = [one for one in reversed(notes) if rules.value_in(one.content, measure_id) is not None]
    if not asked:
        return None
    measure = measures().measures[measure_id]
    change = str(CHANGES[rules.change_since_first([one.content for one in asked], measure_id)])
    between = [one for one in sent if one.at >= asked[0].starts_at]
    visits = tuple(_visit(one, measure, zone) for one in asked)
    picture = _picture(asked, measure, change, zone, between) if len(asked) > 1 else Markup()
    return Course(measure, visits, picture, change, tuple(_in_words(one, zone) for one in between))


def courses(notes: Sequence[SignedNote], zone: str, sent: Sequence[Sent] = ()) -> list[Course]:
    """Every measure that was asked, in the order of the catalogue."""
    found = (course(notes, measure_id, zone, sent) for measure_id in measures().measures)
    return [one for one in found if one]


def _visit(note: SignedNote, measure: Measure, zone: str) -> Visit:
    end = note.content.pain_at_end if measure.id == PAIN else None
    value = _value(note.content, measure)
    return Visit(_day(note.starts_at, zone), value_words(measure.id, value), "" if end is None else str(end))


def _picture(notes: Sequence[SignedNote], measure: Measure, change: str, zone: str, sent: Sequence[Sent]) -> Markup:
    points = [
        Point(
            _days(one.starts_at), _value(one.content, measure), one.content.pain_at_end if measure.id == PAIN else None
        )
        for one in notes
    ]
    phases = [Phase(_days(one.at), str(one.number)) for one in sent]
    times = sorted([one.starts_at for one in notes] + [one.at for one in sent])
    trend = Trend(
        points=points,
        least=measure.min,
        most=measure.max,
        band=_band(measure, notes[0].content),
        phases=phases,
        first=_day(times[0], zone),
        last=_day(times[-1], zone),
    )
    return Markup(draw_trend(trend, title=_title(measure), description=_description(notes, measure, change, zone)))  # noqa: S704  (our own drawing, its words escaped)


def _band(measure: Measure, first: Content) -> tuple[float, float] | None:
    """Where a value is meaningfully better than the first."""
    value = _value(first, measure)
    answered = [one for one in first.activities if one.score is not None]
    bound = bound_of(measure, value, single=measure.id == "activities" and len(answered) == 1)
    if bound is None:
        return None
    return (measure.min, value - bound) if measure.lower_is_better else (value + bound, measure.max)


def _title(measure: Measure) -> str:
    return str(_("%(what)s, over time", what=measure.name))


def _description(notes: Sequence[SignedNote], measure: Measure, change: str, zone: str) -> str:
    """For whoever does not see the picture: from what to what, when, and what it means."""
    first, last = (_visit(one, measure, zone) for one in (notes[0], notes[-1]))
    told = {"first": first.value, "on": first.day, "last": last.value, "lately": last.day}
    return " ".join(filter(None, (str(_("From %(first)s on %(on)s to %(last)s on %(lately)s.", **told)), change)))


def _value(content: Content, measure: Measure) -> float:
    return rules.value_in(content, measure.id) or 0


def _in_words(sent: Sent, zone: str) -> str:
    return str(_("Plan %(number)d sent on %(day)s", number=sent.number, day=_day(sent.at, zone)))


def _days(at: datetime) -> float:
    return at.astimezone(UTC).timestamp() / DAY


def _day(at: datetime, zone: str) -> str:
    return str(format_date(local(at, zone), "d MMM yyyy", locale="en_GB"))
