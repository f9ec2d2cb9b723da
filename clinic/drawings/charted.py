"""The body chart as a therapist keeps it, as SVG: what hurts, what was treated, and dashed what hurt before.

What hurts is tinted, hatched by its kind, and has a number; what was treated has a strong line around it and a T, so
that either can be told on a grey print. static/js/note-chart.js draws the same on a picture that is live.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import NamedTuple

from flask_babel import gettext as _
from markupsafe import Markup

from clinic.drawings.body_chart import BOX, HURTS, INK, centre, ends, hatches, outline, places, regions
from clinic.drawings.contours import Contour, path
from clinic.drawings.marks import KINDS

PLAIN = f"{HURTS}55"  # of no kind that was told
EARLIER = f'fill="none" stroke="{HURTS}" stroke-width="20" stroke-dasharray="45 35"'
TREATED = f'fill="none" stroke="{INK}" stroke-width="34" stroke-linejoin="round"'
SIGN = 'fill="#fff" stroke="#3b1a12" stroke-width="10"'
LETTERS = 'font-size="150" font-weight="700" text-anchor="middle" fill="#3b1a12"'
BELOW = 230  # where the T stands beneath a number


class Hurt(NamedTuple):
    """How a place hurts: its kind, and what stands on it, such as 6, or 6→2; either may be empty."""

    kind: str
    number: str


@dataclass(frozen=True)
class Layers:
    """What lies on a picture, by place: what hurts, what was treated, and what hurt before."""

    hurts: Mapping[str, Hurt] = field(default_factory=dict)
    treated: Collection[str] = ()
    earlier: Collection[str] = ()


def charted(view: str, layers: Layers, *, said: str, live: bool = False) -> Markup:
    """One view, `front` or `back`; `said` is the same in words. Live, its places can be tapped."""
    name = "chart-" + sha256(f"{view}{layers}{live}".encode()).hexdigest()[:10]
    title = _("The body from the front") if view == "front" else _("The body from the back")
    fills = {place: f"url(#{name}-{hurt.kind})" if hurt.kind else PLAIN for place, hurt in layers.hurts.items()}
    kinds = KINDS if live else sorted({hurt.kind for hurt in layers.hurts.values() if hurt.kind})
    return Markup(  # noqa: S704  (made here, and every word is escaped)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{BOX}" role="img" data-view="{view}"'
        f' aria-labelledby="{name}" aria-describedby="{name}-text"><title id="{name}">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(said)}</desc><defs>{hatches(name, kinds)}</defs>'
        f'{regions(view, fills, live=live)}{outline(view)}<g pointer-events="none">{_earlier(view, layers)}'
        f'<g data-marked="">{_marked(view, layers)}</g></g>{ends(view)}</svg>'
    )


def _earlier(view: str, layers: Layers) -> str:
    lines = places(view)
    return "".join(f'<path {EARLIER} d="{path(lines[place])}"/>' for place in layers.earlier if place in lines)


def _marked(view: str, layers: Layers) -> str:
    lines = places(view)
    treated = dict.fromkeys(place for place in layers.treated if place in lines)
    hurts = {place: hurt.number for place, hurt in layers.hurts.items() if place in lines and hurt.number}
    return "".join(
        [
            *(f'<path {TREATED} d="{path(lines[place])}"/>' for place in treated),
            *(_number(lines[place], number) for place, number in hurts.items()),
            *(_letter(lines[place], beneath=place in hurts) for place in treated),
        ]
    )


def _number(line: Contour, number: str) -> str:
    x, y = centre(line)
    width = 130 + 80 * len(number)
    return (
        f'<rect x="{x - width // 2}" y="{y - 105}" width="{width}" height="210" rx="105" {SIGN}/>'
        f'<text x="{x}" y="{y + 54}" {LETTERS}>{escape(number)}</text>'
    )


def _letter(line: Contour, *, beneath: bool) -> str:
    x, y = centre(line)
    y += BELOW if beneath else 0
    square = f'<rect x="{x - 95}" y="{y - 95}" width="190" height="190" {SIGN}/>'
    return f'{square}<text x="{x}" y="{y + 54}" {LETTERS}>T</text>'
