"""Where an exercise is felt, and where a mistake is: hatched and ringed, so that both survive a grey print."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from clinic.drawings.figure.room import Box
from clinic.drawings.figure.skeleton import Skeleton
from clinic.drawings.geometry import Point
from clinic.drawings.paths import straight, tenths

RED, PAPER, LETTERS = "#a3281c", "#fdf3e4", "#3a1712"
"""Dark lines on a light ground of their own: seen on all clothes, on a white page and on a dark one."""

RADIUS = 15.5
GAP = 6
"""Between two lines of the hatch."""

FONT = 22
RING = 34

MISTAKES = {
    "back arched": "low back",
    "back rounded": "low back",
    "trunk leaning forward": "belly",
    "trunk leaning back": "low back",
    "ribs flared": "ribs",
    "back sagging": "low back",
    "hips sagging": "belly",
    "hips pushed up": "belly",
    "seat lifted": "seat",
    "head hanging": "nape",
    "head up": "nape",
    "right leg too high": "back of right thigh",
    "left leg too high": "back of left thigh",
    "right hand on the kneecap": "right knee",
    "left hand on the kneecap": "left knee",
    "right shoulder lifted": "right shoulder",
    "left shoulder lifted": "left shoulder",
}
"""What a picture of a mistake may say, and where that is seen."""


def place(name: str, bones: Skeleton) -> Point:
    """Where on the body that is, as in "front of right hip". Raises ValueError for what nobody can find."""
    trunk = {
        "low back": bones.pelvis.at(2, -16),
        "belly": bones.pelvis.at(6, 14),
        "ribs": bones.thorax.at(42, 16),
        "nape": bones.neck.at(12, -4),
        "seat": bones.pelvis.at(46, -20),
        "right seat": bones.pelvis.at(46, -20),
        "left seat": bones.pelvis.at(46, -20),
    }
    limbs = {name: point for side in ("right", "left") for name, point in _on_leg(side, bones).items()}
    found = (trunk | limbs).get(name)
    if found is None:
        raise ValueError(f"Nobody knows where on the body {name} is.")
    return found


def _on_leg(side: str, bones: Skeleton) -> dict[str, Point]:
    leg = bones.right_leg if side == "right" else bones.left_leg
    return {
        f"front of {side} hip": leg.thigh.at(10, 10),
        f"front of {side} thigh": leg.thigh.at(52, 9),
        f"back of {side} thigh": leg.thigh.at(52, -9),
        f"{side} knee": leg.shin.at(2, 8),
        f"{side} calf": leg.shin.at(34, -6),
    }


def hatch(middle: Point) -> str:
    """A round place full of slanting lines."""
    offsets = [step * GAP for step in range(-2, 3)]
    lines = "".join(straight(*_chord(middle, offset)) for offset in offsets)
    return (
        f'<path fill="{PAPER}" d="{_circle(middle, RADIUS)}"/>'
        f'<path fill="none" stroke="{RED}" stroke-width="26" stroke-linecap="round"'
        f' d="{_circle(middle, RADIUS)}{lines}"/>'
    )


def ring(middle: Point) -> str:
    """Round the place of a mistake."""
    return "".join(
        f'<path fill="none" stroke="{colour}" stroke-width="{width}" d="{_circle(middle, RING)}"/>'
        for colour, width in ((PAPER, 65), (RED, 32))
    )


def leader(box: Box, places: Sequence[Point]) -> str:
    """From the words to each place that is felt."""
    ways = [_way(box.nearest(place), place) for place in places]
    lines = "".join(straight(*way) for way in ways)
    return "".join(
        f'<path fill="none" stroke="{colour}" stroke-width="{width}" d="{lines}"/>'
        for colour, width in ((PAPER, 55), (RED, 22))
    )


def cross(box: Box) -> str:
    """The sign that this is not how it is done: a light disc with a cross, to be known by its shape."""
    far, middle = (box.right - box.left) * 0.22, box.middle
    strokes = [(Point(middle.x - far, middle.y - up), Point(middle.x + far, middle.y + up)) for up in (far, -far)]
    return (
        f'<path fill="{PAPER}" stroke="{RED}" stroke-width="40" d="{_circle(middle, (box.right - box.left) / 2 - 2)}"/>'
        f'<path fill="none" stroke="{RED}" stroke-width="60" stroke-linecap="round"'
        f' d="{"".join(straight(*stroke) for stroke in strokes)}"/>'
    )


def size_of(words: str) -> tuple[float, float]:
    """About how wide and high the words are drawn; no letters are measured here, so rather too wide."""
    return len(words) * FONT * 0.56 + 12, FONT * 1.4


def label(words: str, middle: Point, size: tuple[float, float]) -> str:
    """The words on a slip of their own, so that they can be read on a mat as on a dark page. They come escaped."""
    width, height = map(tenths, size)
    left, top = tenths(middle.x) - width // 2, tenths(-middle.y) - height // 2
    slip = f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="80" fill="{PAPER}"/>'
    place = f'x="{tenths(middle.x)}" y="{tenths(FONT * 0.35 - middle.y)}"'
    return f'{slip}<text {place} font-size="{tenths(FONT)}" text-anchor="middle" fill="{LETTERS}">{words}</text>'


def _way(start: Point, end: Point) -> tuple[Point, Point]:
    """Up to the edge of the hatch, and a little away from the words."""
    step = end.minus(start)
    share = max(0, 1 - RADIUS / max(step.length, 1))
    return start, start.plus(step, share)


def _chord(middle: Point, offset: float) -> tuple[Point, Point]:
    """A slanting line so far from the middle, from edge to edge."""
    half = sqrt(RADIUS**2 - offset**2)
    foot = middle.toward(-45, offset)
    return foot.toward(45, half), foot.toward(45, -half)


def _circle(middle: Point, radius: float) -> str:
    r = tenths(radius)
    return f"M{tenths(middle.x) - r} {tenths(-middle.y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0{-2 * r} 0z"
