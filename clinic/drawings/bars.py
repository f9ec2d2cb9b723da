"""Pairs of values as bars beside each other: what there was as an outline, and in it, solid, what was used of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

WIDTH, HEIGHT, HEAD, FOOT = 320, 130, 20, 24


@dataclass(frozen=True)
class Bar:
    whole: float
    part: float


@dataclass(frozen=True)
class Bars:
    """`most` is the value of the full height, named by `top`; `first` and `last` name the ends of the row."""

    bars: Sequence[Bar]
    most: float
    top: str
    first: str
    last: str


def draw_bars(bars: Bars, *, title: str, description: str) -> str:
    """The bars as one SVG element in the colour of the text around it, so that they stay on paper and in the dark."""
    name = "bars-" + sha256(f"{title}{description}{bars}".encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-labelledby="{name}" aria-describedby="{name}-text" fill="currentColor" font-size="12">'
        f'<title id="{name}">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>'
        f"{_lines(bars.top)}{_drawn(bars)}{_words(bars)}</svg>"
    )


def _drawn(bars: Bars) -> str:
    pitch = WIDTH / max(len(bars.bars), 6)  # a few stay slender
    return "".join(
        _box(place * pitch, bar.whole / bars.most, pitch, 'fill="none" stroke="currentColor"')
        + _box(place * pitch, bar.part / bars.most, pitch, 'fill-opacity="0.7"')
        for place, bar in enumerate(bars.bars)
        if bars.most
    )


def _box(left: float, share: float, pitch: float, attributes: str) -> str:
    tall = share * (HEIGHT - HEAD - FOOT)
    if not tall:
        return ""
    top = HEIGHT - FOOT - tall
    return (
        f'<rect x="{left + pitch / 8:.1f}" y="{top:.1f}" width="{pitch * 3 / 4:.1f}" height="{tall:.1f}" {attributes}/>'
    )


def _lines(top: str) -> str:
    """The ground, and the full height with its name."""
    lines = "".join(
        f'<line x1="0" x2="{WIDTH}" y1="{y}" y2="{y}" stroke="currentColor" stroke-opacity="0.4"/>'
        for y in (HEAD, HEIGHT - FOOT)
    )
    return f'{lines}<text x="0" y="{HEAD - 6}">{escape(top)}</text>'


def _words(bars: Bars) -> str:
    foot = HEIGHT - 8
    return (
        f'<text x="0" y="{foot}">{escape(bars.first)}</text>'
        f'<text x="{WIDTH}" y="{foot}" text-anchor="end">{escape(bars.last)}</text>'
    )
