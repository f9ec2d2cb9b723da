"""Writing a pose as one SVG.

Only presentation attributes: the pages forbid style sheets and scripts inside pictures. Lines take the
colour of the text around them (currentColor): dark on paper, light in dark mode, black in print. So the
SVG belongs inside the page; as the source of an img its lines are always black.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape

from clinic.drawings.figure import arrows, props
from clinic.drawings.figure.person import Edge, Feature, Layer, Part, person, silhouette
from clinic.drawings.figure.pose import Picture, Pose
from clinic.drawings.figure.skeleton import skeleton
from clinic.drawings.geometry import Point
from clinic.drawings.paths import line, shapes, tenths

LINE = 1.7
"""Units. Twice as wide on a part's own outline, whose inner half lies under the part."""

MARGIN = 14
INK = "currentColor"


def draw(picture: Picture, *, title: str, description: str, behind: Picture | None = None) -> str:
    """The picture as one SVG element for a page, with its words for those who do not see it; faintly behind, where
    something begins.

    Its ids come from what it shows and says: two different drawings on a page never share one.
    """
    drawn = _drawn(picture, behind)
    name = "drawing-" + sha256(f"{title}\n{description}\n{drawn}".encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_view(picture, behind)}" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-text">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>'
        f"{drawn}</svg>"
    )


def _view(*pictures: Picture | None) -> str:
    """Everything drawn, with a margin around it; below, the floor is the edge."""
    points = [point for picture in pictures if picture for point in _points(picture)]
    left = min(point.x for point in points) - MARGIN
    right = max(point.x for point in points) + MARGIN
    top = max(point.y for point in points) + MARGIN
    return f"{tenths(left)} {tenths(-top)} {tenths(right - left)} {tenths(top + MARGIN)}"


def _points(picture: Picture) -> list[Point]:
    points = [point for outline in silhouette(skeleton(picture.pose)) for point in outline]
    points += [point for arrow in picture.arrows for point in arrows.points(arrow)]
    return points + [point for prop in picture.props for point in props.edges(prop)]


def _drawn(picture: Picture, behind: Picture | None) -> str:
    floor = _floor(picture, behind)
    things = "".join(props.thing(prop) for prop in picture.props)
    band = props.band(picture.band, skeleton(picture.pose)) if picture.band else ""
    moves = "".join(arrows.arrow(arrow) for arrow in picture.arrows)
    return floor + things + (_faint(behind.pose) if behind else "") + _person(picture.pose) + band + moves


def _floor(picture: Picture, behind: Picture | None) -> str:
    """Under all that stands on it; a mat alone is floor enough."""
    if picture.view == "above" or {prop.kind for prop in picture.props} == {"mat"}:
        return ""
    across = [point.x for one in (picture, behind) if one for point in _points(one)]
    return props.floor(min(across), max(across))


def _faint(start: Pose) -> str:
    return f'<path fill="{INK}" fill-opacity=".13" d="{shapes(silhouette(skeleton(start)))}"/>'


def _person(pose: Pose) -> str:
    """Painting a part over its own outline leaves a line around all its shapes together and none inside."""
    layers = "".join(_painted(layer) for layer in person(skeleton(pose)))
    width = tenths(2 * LINE)
    return f'<g stroke="{INK}" stroke-width="{width}" stroke-linejoin="round" paint-order="stroke">{layers}</g>'


def _painted(layer: Layer) -> str:
    match layer:
        case Part(fill, outlines):
            return f'<path fill="{fill}" d="{shapes(outlines)}"/>'
        case Edge(fill, outline):
            return f'<path fill="{fill}" d="{line(outline)}"/>'
        case Feature(colour, outline):
            return f'<path fill="none" stroke="{colour}" stroke-width="{tenths(LINE)}" d="{line(outline)}"/>'
