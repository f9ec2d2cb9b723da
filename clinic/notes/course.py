"""The course of a client's pain over their visits, as a picture and in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date
from flask_babel import gettext as _
from markupsafe import Markup

from clinic.core.times import local
from clinic.drawings.trend import Trend, draw_trend
from clinic.notes import rules, wording
from clinic.notes.queries import SignedNote
from clinic.notes.rules import Pain

VISITS = 12  # as many as one small picture can show


@dataclass(frozen=True)
class Course:
    """Pain by visit, the first first, and what became of it."""

    visits: tuple[Pain, ...]
    picture: Markup
    change: str


def course_of(notes: Sequence[SignedNote], zone: str) -> Course | None:
    """From signed notes, latest first; None where pain was not asked at two visits at least."""
    visits = tuple(
        Pain(_day(note, zone), note.content.pain_on_arrival, note.content.pain_at_end)
        for note in reversed(notes)
        if note.content.pain_on_arrival is not None
    )[-VISITS:]
    if len(visits) < 2:
        return None
    change = str(wording.CHANGES[rules.change_since_start(visits)])
    return Course(visits, _picture(visits, change), change)


def _picture(visits: Sequence[Pain], change: str) -> Markup:
    arrivals = [visit.on_arrival or 0 for visit in visits]
    trend = Trend(
        values=arrivals,
        ends=[visit.at_end for visit in visits],
        band=(0, max(0, arrivals[0] - rules.MEANINGFUL_CHANGE)),
        first=visits[0].day,
        last=visits[-1].day,
    )
    return Markup(draw_trend(trend, title=_("Pain over time"), description=change))  # noqa: S704  (our own drawing, its words escaped)


def _day(note: SignedNote, zone: str) -> str:
    return str(format_date(local(note.starts_at, zone), "d MMM", locale="en_GB"))
