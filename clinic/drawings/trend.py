"""A course of values over time as a small line: where it began, the band of meaningful change, what came between."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

WIDTH, HEIGHT, MARGIN, FOOT = 320, 150, 20, 24


@dataclass(frozen=True)
class Point:
    """A value at a visit; `at` counts days from any day. `end`, where it is known, is an open ring below or above."""

    at: float
    value: float
    end: float | None = None


@dataclass(frozen=True)
class Phase:
    """Something that began between visits, on a day as points count them, with a word for it."""

    at: float
    word: str


@dataclass(frozen=True)
class Trend:
    """`points` in order of time are joined by the line, on a scale from `least` to `most`; the first is the baseline.
    `band` is from and to, in values; the page says beside it what it is. `first` and `last` name the ends of the time.
    """

    points: Sequence[Point]
    least: float
    most: float
    first: str
    last: str
    band: tuple[float, float] | None = None
    phases: Sequence[Phase] = ()

    @property
    def times(self) -> list[float]:
        return [*(one.at for one in self.points), *(one.at for one in self.phases)]

    def x(self, at: float) -> float:
        """Time runs as it ran: two visits a month apart stand further from each other than two in one week."""
        begins, length = min(self.times), max(self.times) - min(self.times)
        return round(MARGIN + (at - begins) / (length or 1) * (WIDTH - 2 * MARGIN), 1)

    def y(self, value: float) -> float:
        return round(MARGIN + (self.most - value) / (self.most - self.least) * (HEIGHT - MARGIN - FOOT), 1)


def draw_trend(trend: Trend, *, title: str, description: str) -> str:
    """The trend as one SVG element, in the colours of the page's classes `trend-line`, `trend-band` and the like."""
    name = "trend-" + sha256(f"{title}{description}{trend}".encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-labelledby="{name}" aria-describedby="{name}-text">'
        f'<title id="{name}">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>'
        f"{_band(trend)}{_baseline(trend)}{_phases(trend)}{_line(trend)}{_words(trend)}</svg>"
    )


def _band(trend: Trend) -> str:
    if trend.band is None or trend.band[0] >= trend.band[1]:
        return ""
    low, high = trend.band
    top, tall = trend.y(high), round(trend.y(low) - trend.y(high), 1)
    return f'<rect class="trend-band" x="0" y="{top}" width="{WIDTH}" height="{tall}"/>'


def _baseline(trend: Trend) -> str:
    y = trend.y(trend.points[0].value)
    return f'<line class="trend-base" x1="0" x2="{WIDTH}" y1="{y}" y2="{y}" stroke-dasharray="2 4"/>'


def _phases(trend: Trend) -> str:
    """A line from a small triangle at the top, and its word beside it."""
    return "".join(
        f'<path class="trend-phase" d="M{x} {MARGIN - 8}l-4 -7h8zM{x} {MARGIN - 8}V{HEIGHT - FOOT}"'
        f' stroke-dasharray="6 3"/>{_text(x + 6, MARGIN - 8, "start", one.word)}'
        for one in trend.phases
        for x in (trend.x(one.at),)
    )


def _line(trend: Trend) -> str:
    points = [(trend.x(one.at), trend.y(one.value)) for one in trend.points]
    line = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(f'<circle class="trend-dot" cx="{x}" cy="{y}" r="4.5"/>' for x, y in points)
    rings = "".join(
        f'<circle class="trend-ring" cx="{trend.x(one.at)}" cy="{trend.y(one.end)}" r="4"/>'
        for one in trend.points
        if one.end is not None
    )
    return f'<polyline class="trend-line" points="{line}"/>{rings}{dots}'


def _words(trend: Trend) -> str:
    foot = HEIGHT - 6
    return _text(MARGIN, foot, "start", trend.first) + _text(WIDTH - MARGIN, foot, "end", trend.last)


def _text(x: float, y: float, anchor: str, words: str) -> str:
    return (
        f'<text class="trend-words" x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}">{escape(words)}</text>'
    )
