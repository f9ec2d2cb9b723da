"""Writing a pose as one SVG.

Only presentation attributes: the pages forbid style sheets and scripts inside pictures. Lines take the
colour of the text around them (currentColor): dark on paper, light in dark mode, black in print. So the
SVG belongs inside the page; as the source of an img its lines are always black.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape

from clinic.drawings.figure import arrows, body, feels, props
from clinic.drawings.figure.front_pose import FrontPose
from clinic.drawings.figure.looks import LOOKS, Look
from clinic.drawings.figure.person import Edge, Feature, Layer, Part
from clinic.drawings.figure.pose import Picture, Pose
from clinic.drawings.figure.room import Box, room_near
from clinic.drawings.geometry import Outline, Point
from clinic.drawings.paths import line, shapes, tenths

LINE = 1.7
"""Units. Twice as wide on a part's own outline, whose inner half lies under the part."""

MARGIN = 14
INK = "currentColor"
SIGN = 46
"""How wide the sign of a mistake is."""


def draw(  # noqa: PLR0913 - the picture, its words, and five wishes by name
    picture: Picture,
    *,
    title: str,
    description: str,
    behind: Picture | None = None,
    mirrored: bool = False,
    felt: str = "",
    look: Look = LOOKS[0],
    among: tuple[Picture, ...] = (),
) -> str:
    """The picture as one SVG element for a page, with its words for those who do not see it; faintly behind, where
    something begins. `mirrored`: for the other side of the body. `felt`: the words at the place where it is felt.
    `look`: who does it; see looks.look_of. `among`: the pictures beside it, which show the same piece of the world, so
    that somebody looking from one to the other sees what moved.

    Its ids come from what it shows and says: two different drawings on a page never share one.
    Raises ValueError, with a sentence for whoever wrote the pose, for a thing or a place that cannot be drawn.
    """
    words, sign = _signs(picture, behind, felt)
    drawn = _sided(_drawn(picture, behind, look, words, sign), mirrored=mirrored)
    drawn += _text(felt, words, mirrored=mirrored) if words else ""
    name = "drawing-" + sha256(f"{title}\n{description}\n{drawn}".encode()).hexdigest()[:10]
    points = [point for one in {picture, *among} for point in _extent(one, behind, felt)]
    view = _view(points, mirrored=mirrored)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-text">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>'
        f"{drawn}</svg>"
    )


def _sided(drawn: str, *, mirrored: bool) -> str:
    return f'<g transform="scale(-1 1)">{drawn}</g>' if mirrored else drawn


def _view(points: list[Point], *, mirrored: bool) -> str:
    """Everything drawn, with a margin around it; below, the floor is the edge."""
    left, right = min(point.x for point in points) - MARGIN, max(point.x for point in points) + MARGIN
    top = max(point.y for point in points) + MARGIN
    return f"{tenths(-right if mirrored else left)} {tenths(-top)} {tenths(right - left)} {tenths(top + MARGIN)}"


def _points(*pictures: Picture | None) -> list[Point]:
    return [point for one in pictures if one for outline in _taken(one) for point in outline]


def _taken(*pictures: Picture | None) -> list[Outline]:
    """The person, the things, the arrows."""
    things = [props.around(thing) for one in pictures if one for thing in body.things(one)]
    return [*things, *_uncovered(*pictures)]


def _uncovered(*pictures: Picture | None) -> list[Outline]:
    """What words and signs may not cover. A mat seen from above gives them room."""
    taken: list[Outline] = []
    for one in (picture for picture in pictures if picture):
        taken += body.silhouette(one.pose)
        taken += map(arrows.points, one.arrows)
        taken += [props.around(thing) for thing in body.things(one) if one.view == "side" or thing.kind != "mat"]
    return taken


def _corners(box: Box | None) -> list[Point]:
    return [Point(box.left, box.bottom), Point(box.right, box.top)] if box else []


@lru_cache(maxsize=400)
def _signs(picture: Picture, behind: Picture | None, felt: str) -> tuple[Box | None, Box | None]:
    """Where there is room for the words where it is felt, and for the sign of a mistake."""
    words = _room_for(felt, picture, behind) if felt and picture.feels else None
    return words, _room_for_sign(picture, behind) if picture.wrong else None


def _extent(picture: Picture, behind: Picture | None, felt: str) -> list[Point]:
    signs = _signs(picture, behind, felt)
    return [*_points(picture, behind), *(corner for sign in signs for corner in _corners(sign))]


def _room_for(words: str, picture: Picture, behind: Picture | None) -> Box:
    first = body.place(picture.feels[0], picture.pose)
    return room_near(first, feels.size_of(words), _uncovered(picture, behind), apart=30)


def _room_for_sign(picture: Picture, behind: Picture | None) -> Box:
    return room_near(body.before_face(picture.pose), (SIGN, SIGN), _uncovered(picture, behind), apart=0)


def _drawn(picture: Picture, behind: Picture | None, look: Look, words: Box | None, sign: Box | None) -> str:
    floor = _floor(picture, behind)
    things = "".join(props.thing(prop) for prop in body.things(picture))
    moves = "".join(arrows.arrow(arrow) for arrow in picture.arrows)
    under = floor + things + (_faint(behind.pose) if behind else "")
    person = _person(picture.pose, _fitting(look, picture)) + body.band(picture)
    return under + person + moves + _felt(picture, words) + _mistake(picture, sign)


def _floor(picture: Picture, behind: Picture | None) -> str:
    """Under all that stands on it; a mat alone is floor enough."""
    if picture.view != "side" or {prop.kind for prop in picture.props} == {"mat"}:
        return ""
    across = [point.x for point in _points(picture, behind)]
    return props.floor(min(across), max(across))


def _felt(picture: Picture, words: Box | None) -> str:
    places = [body.place(name, picture.pose) for name in picture.feels]
    way = feels.leader(words, places) if words else ""
    return way + "".join(feels.hatch(place) for place in places)


def _mistake(picture: Picture, sign: Box | None) -> str:
    seen = [body.place(feels.MISTAKES[said], picture.pose) for said in picture.says if said in feels.MISTAKES]
    return "".join(feels.ring(place) for place in seen[:1]) + feels.cross(sign) if sign else ""


def _text(words: str, box: Box, *, mirrored: bool) -> str:
    """Never mirrored: it is read."""
    middle = Point(-box.middle.x if mirrored else box.middle.x, box.middle.y)
    return feels.label(escape(words), middle, feels.size_of(words))


def _faint(start: Pose | FrontPose) -> str:
    return f'<path fill="{INK}" fill-opacity=".13" d="{shapes(body.silhouette(start))}"/>'


def _fitting(look: Look, picture: Picture) -> Look:
    """A belly that lies on something, or under a hand, is the one the pose was made with."""
    soft = {"belly", "chest"}
    return look._replace(build="medium") if any(soft & set(touch) for touch in picture.touches) else look


def _person(pose: Pose | FrontPose, look: Look) -> str:
    """Painting a part over its own outline leaves a line around all its shapes together and none inside."""
    colours = look.colours
    layers = "".join(_painted(layer, colours) for layer in body.layers(pose, look))
    width = tenths(2 * LINE)
    return f'<g stroke="{INK}" stroke-width="{width}" stroke-linejoin="round" paint-order="stroke">{layers}</g>'


def _painted(layer: Layer, colours: Mapping[str, str]) -> str:
    match layer:
        case Part(fill, outlines):
            return f'<path fill="{colours[fill]}" d="{shapes(outlines)}"/>'
        case Edge(fill, outline):
            return f'<path fill="{colours[fill]}" d="{line(outline)}"/>'
        case Feature(colour, outline):
            return f'<path fill="none" stroke="{colours[colour]}" stroke-width="{tenths(LINE)}" d="{line(outline)}"/>'
