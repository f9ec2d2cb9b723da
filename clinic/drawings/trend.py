"""A course of values from 0 to 10 as a small line, with the band of meaningful change behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

WIDTH, HEIGHT, MARGIN, FOOT = 320, 130, 14, 24
MOST = 10


@dataclass(frozen=True)
class Trend:
    """`values` are joined by the line; `ends`, None where unknown, hang below each as an open ring. `band` is from
    and to, in values; `first` and `last` name the ends of the line.
    """

    values: Sequence[int]
    ends: Sequence[int | None]
    band: tuple[int, int]
    first: str
    last: str


def draw_trend(trend: Trend, *, title: str, description: str) -> str:
    """The trend as one SVG element, in the colours of the page's text and classes `trend-line` and `trend-band`."""
    name = "trend-" + sha256(f"{title}{description}{trend}".encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-labelledby="{name}" aria-describedby="{name}-text">'
        f'<title id="{name}">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>'
        f"{_band(trend)}{_line(trend)}{_words(trend)}</svg>"
    )


def _x(place: int, count: int) -> float:
    return round(MARGIN + place * (WIDTH - 2 * MARGIN) / max(1, count - 1), 1)


def _y(value: int) -> float:
    return round(MARGIN + (MOST - value) * (HEIGHT - MARGIN - FOOT) / MOST, 1)


def _band(trend: Trend) -> str:
    low, high = trend.band
    if high <= low:
        return ""
    top, bottom = _y(high), _y(low)
    return f'<rect class="trend-band" x="0" y="{top}" width="{WIDTH}" height="{bottom - top}"/>'


def _line(trend: Trend) -> str:
    count = len(trend.values)
    points = [(_x(place, count), _y(value)) for place, value in enumerate(trend.values)]
    line = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(f'<circle class="trend-dot" cx="{x}" cy="{y}" r="4.5"/>' for x, y in points)
    rings = "".join(
        f'<circle class="trend-ring" cx="{_x(place, count)}" cy="{_y(end)}" r="4"/>'
        for place, end in enumerate(trend.ends)
        if end is not None
    )
    return f'<polyline class="trend-line" points="{line}"/>{rings}{dots}'


def _words(trend: Trend) -> str:
    foot = HEIGHT - 6
    return _text(MARGIN, foot, "start", trend.first) + _text(WIDTH - MARGIN, foot, "end", trend.last)


def _text(x: float, y: float, anchor: str, words: str) -> str:
    return f'<text class="trend-words" x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
