"""One way to a body for whoever draws it, be it seen from the side or from beyond its feet."""

from __future__ import annotations

from clinic.drawings.figure import feels, props
from clinic.drawings.figure.front import person as front
from clinic.drawings.figure.front.pose import FrontPose
from clinic.drawings.figure.looks import LOOKS, Look
from clinic.drawings.figure.person import Layer, Part, person
from clinic.drawings.figure.pose import Picture, Pose, Prop
from clinic.drawings.figure.skeleton import skeleton
from clinic.drawings.geometry import Outline, Point


def layers(pose: Pose | FrontPose, look: Look = LOOKS[0]) -> list[Layer]:
    if isinstance(pose, FrontPose):
        return front.front_person(pose, look)
    return person(skeleton(pose), look)


def silhouette(pose: Pose | FrontPose) -> list[Outline]:
    return [outline for layer in layers(pose) if isinstance(layer, Part) for outline in layer.outlines]


def place(name: str, pose: Pose | FrontPose) -> Point:
    """Where on the body that is, as in "front of right hip". Raises ValueError for what nobody can find."""
    return front.place(name, pose) if isinstance(pose, FrontPose) else feels.place(name, skeleton(pose))


def mistaken(picture: Picture) -> list[Point]:
    """Where the first of its mistakes is seen, to be ringed; nowhere in a picture of how it is done."""
    seen = [place(feels.MISTAKES[said], picture.pose) for said in picture.says if said in feels.MISTAKES]
    return seen[:1] if picture.wrong else []


def before_face(pose: Pose | FrontPose) -> Point:
    """A point a little way off, where a look falls first."""
    return front.beside_head(pose) if isinstance(pose, FrontPose) else skeleton(pose).head.at(20, 60)


def things(picture: Picture) -> list[Prop]:
    """As the view shows them."""
    return [front.on_the_floor(prop) if picture.view == "front" else prop for prop in picture.props]


def band(picture: Picture) -> str:
    """The loop band of a picture as SVG; nothing where there is none."""
    if not picture.band:
        return ""
    if isinstance(picture.pose, Pose):
        return props.band(picture.band, skeleton(picture.pose))
    raise ValueError("A band can only be drawn from the side.")
