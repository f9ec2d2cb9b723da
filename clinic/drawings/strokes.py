"""A signature as strokes, on a field of 600 by 200: read with hard bounds, and drawn by us alone."""

import json
from hashlib import sha256
from html import escape
from itertools import pairwise
from typing import Any

from markupsafe import Markup

WIDTH, HEIGHT = 600, 200
MOST_STROKES, MOST_POINTS, LONGEST = 200, 5_000, 120_000
SHORTEST = 20
"""Units of line: a slip of the finger is no signature."""

Stroke = tuple[tuple[float, float], ...]


def read_strokes(sent: str) -> tuple[Stroke, ...]:
    """The strokes a browser sent, as JSON: [[[x, y], …], …], none where nothing was drawn. Raises ValueError for
    anything else, for more than the bounds, and for points off the field.
    """
    if len(sent) > LONGEST:
        raise ValueError("too long for a signature")
    try:
        return strokes_of(json.loads(sent)) if sent else ()
    except RecursionError as error:
        raise ValueError("not a signature") from error


def strokes_of(kept: Any) -> tuple[Stroke, ...]:
    """The strokes of a kept list. Raises ValueError as read_strokes does."""
    if not isinstance(kept, list) or len(kept) > MOST_STROKES or not all(isinstance(one, list) for one in kept):
        raise ValueError("not a signature")
    if sum(map(len, kept)) > MOST_POINTS:
        raise ValueError("too many points for a signature")
    return tuple(tuple(_point(point) for point in stroke) for stroke in kept if stroke)


def is_signature(strokes: tuple[Stroke, ...]) -> bool:
    """Whether something was drawn, and not only touched."""
    return sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for one in strokes for a, b in pairwise(one)) >= SHORTEST


def draw_strokes(strokes: tuple[Stroke, ...], *, title: str) -> Markup:
    """The signature as one SVG element, in the colour of the text around it."""
    lines = "".join(_line(stroke) for stroke in strokes)
    name = "signature-" + sha256(f"{title}{lines}".encode()).hexdigest()[:10]
    return Markup(  # noqa: S704  (numbers of ours, and the title is escaped)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{name}">'
        f'<title id="{name}">{escape(title)}</title><g fill="none" stroke="currentColor" stroke-width="3"'
        f' stroke-linecap="round" stroke-linejoin="round">{lines}</g></svg>'
    )


def _point(sent: Any) -> tuple[float, float]:
    if not isinstance(sent, list | tuple) or len(sent) != 2 or any(type(one) not in {int, float} for one in sent):
        raise ValueError("not a point")
    x, y = sent
    if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):  # nor is what is no number
        raise ValueError("a point off the field")
    return round(x, 1), round(y, 1)


def _line(stroke: Stroke) -> str:
    """A touch is a dot: a line of no length, with its round ends."""
    points = stroke if len(stroke) > 1 else (*stroke, *stroke)
    return f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in points)}"/>'
