"""What a drawing shows: joint angles as a therapist measures them, and the things around the person.

Angles are degrees from standing upright with the arms hanging. Flexion is positive, extension negative.
The person faces right, so the right limbs are near and the left ones far.
"""

from __future__ import annotations

from dataclasses import dataclass

from clinic.drawings.geometry import Point

MAT_THICKNESS = 10
"""Units; an exercise mat of 1.5 cm would be 4, a folded one or a thin cushion is 10."""


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
class Mat:
    """Lies on the floor between two x, in units."""

    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The way something moves, from tail to tip, straight."""

    tail: Point
    tip: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    hips: Point
    pelvis: float
    """Posterior tilt: the tail tucked under. An arched back starts with a negative one."""
    spine: float
    neck: float
    head: float
    right_leg: Leg
    left_leg: Leg
    right_arm: Arm
    left_arm: Arm
    mat: Mat
    arrows: tuple[Arrow, ...] = ()
    start: Pose | None = None
    """Where the movement begins, drawn faintly behind."""
