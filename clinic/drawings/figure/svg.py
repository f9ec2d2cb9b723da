"""Writing a pose as one SVG.

Only presentation attributes: the pages forbid style sheets and scripts inside pictures. Lines take the
colour of the text around them (currentColor): dark on paper, light in dark mode, black in print. So the
SVG belongs inside the page; as the source of an img its lines are always black.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from html import escape

from clinic.drawings.figure import arrows, body, feels, props
from clinic.drawings.figure.extent import Room, across, room, view
from clinic.drawings.figure.front.pose import FrontPose
from clinic.drawings.figure.looks import LOOKS, Look
from clinic.drawings.figure.person import Edge, Feature, Layer, Part
from clinic.drawings.figure.pose import Picture, Pose
from clinic.drawings.figure.room import Box
from clinic.drawings.geometry import Point
from clinic.drawings.paths import line, shapes, tenths

LINE = 1.7
"""Units. Twice as wide on a part's own outline, whose inner half lies under the part."""

INK = "currentColor"


def draw(
    picture: Picture,
    *,
    title: str,
    description: str,
    mirrored: bool = False,
    felt: str = "",
    look: Look = LOOKS[0],
    among: tuple[Picture, ...] = (),
) -> str:
    """The picture as one SVG element for a page, with its words for those who do not see it.

    `mirrored`: for the other side of the body. `felt`: the words at the place where it is felt.
    `look`: who does it; see looks.look_of. `among`: the pictures beside it, which show the same piece of the world, so
    that somebody looking from one to the other sees what moved.

    Its ids come from what it shows and says: two different drawings on a page never share one.
    Raises ValueError, with a sentence for whoever wrote the pose, for a thing or a place that cannot be drawn.
    """
    drawn = _sided(_drawn(picture, look, room(picture, felt)), mirrored=mirrored)
    drawn += _text(felt, room(picture, felt).words, mirrored=mirrored)
    name = "drawing-" + sha256(f"{title}\n{description}\n{drawn}".encode()).hexdigest()[:10]
    shown = _view(view((picture, *among), felt), mirrored=mirrored)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{shown}" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-text">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>'
        f"{drawn}</svg>"
    )


def _sided(drawn: str, *, mirrored: bool) -> str:
    return f'<g transform="scale(-1 1)">{drawn}</g>' if mirrored else drawn


def _view(box: Box, *, mirrored: bool) -> str:
    left = -box.right if mirrored else box.left
    return f"{tenths(left)} {tenths(-box.top)} {tenths(box.right - box.left)} {tenths(box.top - box.bottom)}"


def _drawn(picture: Picture, look: Look, into: Room) -> str:
    floor = _floor(picture)
    things = "".join(props.thing(prop) for prop in body.things(picture))
    moves = "".join(arrows.arrow(arrow) for arrow in picture.arrows)
    under = floor + things + (_faint(picture.behind.pose) if picture.behind else "")
    person = _person(picture.pose, _fitting(look, picture)) + body.band(picture)
    return under + person + moves + _felt(picture, into.words) + _mistake(picture, into.sign)


def _floor(picture: Picture) -> str:
    """Under all that stands on it; a mat is floor enough for what is soft."""
    kinds = {prop.kind for prop in picture.props}
    if picture.view != "side" or ("mat" in kinds and kinds <= set(props.SOFT)):
        return ""
    return props.floor(*across(picture))


def _felt(picture: Picture, words: Box | None) -> str:
    places = [body.place(name, picture.pose) for name in picture.feels]
    way = feels.leader(words, places) if words else ""
    return way + "".join(feels.hatch(place) for place in places)


def _mistake(picture: Picture, sign: Box | None) -> str:
    return "".join(map(feels.ring, body.mistaken(picture))) + feels.cross(sign) if sign else ""


def _text(words: str, box: Box | None, *, mirrored: bool) -> str:
    """Never mirrored: it is read."""
    if box is None:
        return ""
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
