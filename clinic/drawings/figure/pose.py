"""What a drawing shows: joint angles as a therapist measures them, and the things around the person.

Angles are degrees from standing upright with the arms hanging. Flexion is positive, extension negative.
The person faces right, so the right limbs are near and the left ones far.
"""

from __future__ import annotations

from dataclasses import dataclass

from clinic.drawings.figure.front.pose import FrontPose
from clinic.drawings.geometry import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    hip: float
    knee: float
    ankle: float
    """Dorsiflexion: toes towards the shin. Pointed toes are negative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    shoulder: float
    elbow: float
    wrist: float
    """Extension: the back of the hand towards the forearm, as when leaning on the palm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    hips: Point
    lean: float = 0
    """Of the whole body: 0 upright, 90 on the back (head to the left), -90 face down (head to the right)."""
    pelvis: float = 0
    """Posterior tilt: the tail tucked under. An arched back starts with a negative one."""
    spine: float = 0
    neck: float = 0
    head: float = 0
    turned: bool = False
    """The head, to the near side: its face is seen."""
    right_leg: Leg
    left_leg: Leg
    right_arm: Arm
    left_arm: Arm


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing beside or under the person: a block of the drawing plane, by its edges in units."""

    kind: str
    left: float
    right: float
    bottom: float = 0
    top: float
    faces: str = "right"
    """Of a chair: the way somebody on it looks. Its back is on the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The way something moves, from tail to tip; `bend` units out of the straight, to the left of the way."""

    tail: Point
    tip: Point
    bend: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One moment of an exercise. `touches`, `feels` and `says` are what is true of it, in the words of the pose files:
    they are checked against the angles, and put into sentences for those who do not see it.
    """

    pose: Pose | FrontPose
    props: tuple[Prop, ...] = ()
    band: tuple[str, ...] = ()
    """The two parts of the body that a loop band goes round, as "right foot" and "left foot"."""
    arrows: tuple[Arrow, ...] = ()
    touches: tuple[tuple[str, str], ...] = ()
    feels: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    view: str = "side"
    wrong: bool = False
    """True where it shows what not to do."""
    behind: Picture | None = None
    """Where it begins, drawn faintly behind the person."""
