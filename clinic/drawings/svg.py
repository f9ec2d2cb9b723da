"""Writing a pose as one SVG.

Only presentation attributes: the pages forbid style sheets and scripts inside pictures. Lines take the
colour of the text around them (currentColor): dark on paper, light in dark mode, black in print. So the
SVG belongs inside the page; as the source of an img its lines are always black.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape

from clinic.drawings.figure import Edge, Feature, Layer, Part, person, silhouette
from clinic.drawings.geometry import Bone, Point
from clinic.drawings.paths import line, shapes, straight, tenths
from clinic.drawings.pose import MAT_THICKNESS, Arrow, Mat, Pose
from clinic.drawings.skeleton import skeleton

LINE = 1.7
"""Units. Twice as wide on a part's own outline, whose inner half lies under the part."""

MARGIN = 14
INK = "currentColor"
MAT_COLOUR = "#a9cbc8"
BARB = 11


def draw(pose: Pose, *, title: str, description: str) -> str:
    """The pose as one SVG element for a page, with its words for those who do not see it.

    Its ids come from what it shows and says: two different drawings on a page never share one.
    """
    picture = _picture(pose)
    name = "drawing-" + sha256(f"{title}\n{description}\n{picture}".encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_view(pose)}" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-text">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>'
        f"{picture}</svg>"
    )


def _view(pose: Pose) -> str:
    """Everything drawn, with a margin around it; below, the floor is the edge."""
    points = _points(pose)
    left = min(point.x for point in points) - MARGIN
    right = max(point.x for point in points) + MARGIN
    top = max(point.y for point in points) + MARGIN
    return f"{tenths(left)} {tenths(-top)} {tenths(right - left)} {tenths(top + MARGIN)}"


def _points(pose: Pose) -> list[Point]:
    points = [point for outline in silhouette(skeleton(pose)) for point in outline]
    points += [end for arrow in pose.arrows for end in (arrow.tail, arrow.tip)]
    points += [Point(pose.mat.left, 0), Point(pose.mat.right, 0)]
    return points + (_points(pose.start) if pose.start else [])


def _picture(pose: Pose) -> str:
    start = _faint(pose.start) if pose.start else ""
    arrows = "".join(_arrow(arrow) for arrow in pose.arrows)
    return _mat(pose.mat) + start + _person(pose) + arrows


def _mat(mat: Mat) -> str:
    width, height = tenths(mat.right - mat.left), tenths(MAT_THICKNESS)
    return (
        f'<rect x="{tenths(mat.left)}" y="{-height}" width="{width}" height="{height}" rx="{height // 2}"'
        f' fill="{MAT_COLOUR}" stroke="{INK}" stroke-opacity=".45" stroke-width="15"/>'
    )


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


def _arrow(arrow: Arrow) -> str:
    back = Bone(arrow.tip, arrow.tail)
    barbs = straight(back.at(BARB, BARB * 0.75), arrow.tip, back.at(BARB, -BARB * 0.75))
    return (
        f'<path fill="none" stroke="{INK}" stroke-width="40" stroke-linecap="round" stroke-linejoin="round"'
        f' d="{straight(arrow.tail, arrow.tip)}{barbs}"/>'
    )
