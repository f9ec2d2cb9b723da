"""The regions of the body chart: each the lines around it, on the half of the body that body_lines.py draws."""

from __future__ import annotations

from clinic.drawings.body_lines import (
    ANKLE_IN,
    ANKLE_LINE,
    ANKLE_OUT,
    ARM_LINE,
    ARM_OUT,
    ARM_OUTLINE,
    ARMPIT,
    BACK_LINE,
    BACK_MIDDLE,
    BACK_OF_LEG,
    BACK_OUT,
    BACK_SEAM,
    BELT_LINE,
    BLADE_LINE,
    BLADE_MIDDLE,
    BLADE_OUT,
    CHIN,
    CHIN_LINE,
    COLLAR,
    COLLAR_LINE,
    CREST,
    CROTCH,
    CROWN,
    ELBOW_IN,
    ELBOW_LINE,
    ELBOW_OUT,
    FEET,
    FOLD,
    FOLD_BESIDE,
    FOLD_LINE,
    FRONT_SEAM,
    HAIR_LINE,
    HIP_OUT,
    INNER_SEAM,
    JAW,
    KNEE_IN,
    KNEE_INSIDE,
    KNEE_LINE,
    KNEE_OUT,
    KNEE_SIDE,
    LEG_OUTLINE,
    LOWER_BELLY,
    NAPE,
    NAVEL_LINE,
    NECK_BONE,
    NECK_LINE,
    NOTCH,
    OUTER_SEAM,
    PUBIS,
    RIB_LINE,
    RIBS_MIDDLE,
    RIBS_OUT,
    SACRUM_LINE,
    SACRUM_OUT,
    SACRUM_SIDE,
    SACRUM_TIP,
    SACRUM_TOP,
    SEAT_LINE,
    SEAT_OUT,
    SEAT_SIDE,
    SHIN_IN,
    SHIN_LINE,
    SHIN_OUT,
    THIGH_IN,
    THIGH_INSIDE,
    THIGH_SIDE,
    WRIST_IN,
    WRIST_LINE,
    WRIST_OUT,
)
from clinic.drawings.contours import Contour, stretch, through
from clinic.drawings.geometry import Point


def _around(*lines: tuple[Contour, Point, Point]) -> Contour:
    return tuple(arc for line, start, end in lines for arc in stretch(line, start, end))


def _middle(start: Point, end: Point) -> tuple[Contour, Point, Point]:
    """Straight up or down the body's middle."""
    return through(start, end), start, end


_EITHER: dict[str, Contour] = {
    "upper_arm": _around(
        (ARM_OUTLINE, ARM_OUT, ELBOW_OUT),
        (ELBOW_LINE, ELBOW_OUT, ELBOW_IN),
        (ARM_OUTLINE, ELBOW_IN, ARMPIT),
        (ARM_LINE, ARMPIT, ARM_OUT),
    ),
    "forearm": _around(
        (ARM_OUTLINE, ELBOW_OUT, WRIST_OUT),
        (WRIST_LINE, WRIST_OUT, WRIST_IN),
        (ARM_OUTLINE, WRIST_IN, ELBOW_IN),
        (ELBOW_LINE, ELBOW_IN, ELBOW_OUT),
    ),
    "hand": _around((ARM_OUTLINE, WRIST_OUT, WRIST_IN), (WRIST_LINE, WRIST_IN, WRIST_OUT)),
    "knee": _around(
        (LEG_OUTLINE, KNEE_OUT, SHIN_OUT),
        (SHIN_LINE, SHIN_OUT, SHIN_IN),
        (LEG_OUTLINE, SHIN_IN, KNEE_IN),
        (KNEE_LINE, KNEE_IN, KNEE_OUT),
    ),
}
_LOWER_LEG = _around(
    (LEG_OUTLINE, SHIN_OUT, ANKLE_OUT),
    (ANKLE_LINE, ANKLE_OUT, ANKLE_IN),
    (LEG_OUTLINE, ANKLE_IN, SHIN_IN),
    (SHIN_LINE, SHIN_IN, SHIN_OUT),
)


def _foot(view: str) -> Contour:
    return _around((FEET[view], ANKLE_OUT, ANKLE_IN), (ANKLE_LINE, ANKLE_IN, ANKLE_OUT))


FRONT: dict[str, Contour] = {
    "head": _around((ARM_OUTLINE, CROWN, JAW), (CHIN_LINE, JAW, CHIN), _middle(CHIN, CROWN)),
    "neck": _around(
        (ARM_OUTLINE, JAW, COLLAR), (COLLAR_LINE, COLLAR, NOTCH), _middle(NOTCH, CHIN), (CHIN_LINE, CHIN, JAW)
    ),
    "shoulder": _around((ARM_OUTLINE, COLLAR, ARM_OUT), (ARM_LINE, ARM_OUT, ARMPIT), (FRONT_SEAM, ARMPIT, COLLAR)),
    "chest": _around(
        (COLLAR_LINE, NOTCH, COLLAR),
        (FRONT_SEAM, COLLAR, ARMPIT),
        (LEG_OUTLINE, ARMPIT, RIBS_OUT),
        (RIB_LINE, RIBS_OUT, RIBS_MIDDLE),
        _middle(RIBS_MIDDLE, NOTCH),
    ),
    "abdomen": _around(
        (RIB_LINE, RIBS_MIDDLE, RIBS_OUT),
        (LEG_OUTLINE, RIBS_OUT, CREST),
        (LOWER_BELLY, CREST, PUBIS),
        _middle(PUBIS, RIBS_MIDDLE),
    ),
    "hip_flexors": _around(
        (LEG_OUTLINE, CREST, HIP_OUT),
        (FOLD_LINE, HIP_OUT, FOLD),
        (FOLD_BESIDE, FOLD, NAVEL_LINE),
        (LOWER_BELLY, NAVEL_LINE, CREST),
    ),
    "groin": _around(
        (LOWER_BELLY, PUBIS, NAVEL_LINE),
        (FOLD_BESIDE, NAVEL_LINE, FOLD),
        (FOLD_LINE, FOLD, THIGH_IN),
        (LEG_OUTLINE, THIGH_IN, CROTCH),
        _middle(CROTCH, PUBIS),
    ),
    "outer_thigh": _around(
        (LEG_OUTLINE, HIP_OUT, KNEE_OUT),
        (KNEE_LINE, KNEE_OUT, KNEE_SIDE),
        (OUTER_SEAM, KNEE_SIDE, THIGH_SIDE),
        (FOLD_LINE, THIGH_SIDE, HIP_OUT),
    ),
    "front_of_thigh": _around(
        (FOLD_LINE, THIGH_INSIDE, THIGH_SIDE),
        (OUTER_SEAM, THIGH_SIDE, KNEE_SIDE),
        (KNEE_LINE, KNEE_SIDE, KNEE_INSIDE),
        (INNER_SEAM, KNEE_INSIDE, THIGH_INSIDE),
    ),
    "inner_thigh": _around(
        (FOLD_LINE, THIGH_IN, THIGH_INSIDE),
        (INNER_SEAM, THIGH_INSIDE, KNEE_INSIDE),
        (KNEE_LINE, KNEE_INSIDE, KNEE_IN),
        (LEG_OUTLINE, KNEE_IN, THIGH_IN),
    ),
    "shin": _LOWER_LEG,
    **_EITHER,
    "foot": _foot("front"),
}
BACK: dict[str, Contour] = {
    "head": _around((ARM_OUTLINE, CROWN, JAW), (HAIR_LINE, JAW, NAPE), _middle(NAPE, CROWN)),
    "neck": _around(
        (ARM_OUTLINE, JAW, COLLAR), (NECK_LINE, COLLAR, NECK_BONE), _middle(NECK_BONE, NAPE), (HAIR_LINE, NAPE, JAW)
    ),
    "shoulder": _around((ARM_OUTLINE, COLLAR, ARM_OUT), (ARM_LINE, ARM_OUT, ARMPIT), (BACK_SEAM, ARMPIT, COLLAR)),
    "upper_back": _around(
        (NECK_LINE, NECK_BONE, COLLAR),
        (BACK_SEAM, COLLAR, ARMPIT),
        (LEG_OUTLINE, ARMPIT, BLADE_OUT),
        (BLADE_LINE, BLADE_OUT, BLADE_MIDDLE),
        _middle(BLADE_MIDDLE, NECK_BONE),
    ),
    "mid_back": _around(
        (BLADE_LINE, BLADE_MIDDLE, BLADE_OUT),
        (LEG_OUTLINE, BLADE_OUT, BACK_OUT),
        (BACK_LINE, BACK_OUT, BACK_MIDDLE),
        _middle(BACK_MIDDLE, BLADE_MIDDLE),
    ),
    "low_back": _around(
        (BACK_LINE, BACK_MIDDLE, BACK_OUT),
        (LEG_OUTLINE, BACK_OUT, CREST),
        (BELT_LINE, CREST, SACRUM_OUT),
        (SACRUM_LINE, SACRUM_OUT, SACRUM_TOP),
        _middle(SACRUM_TOP, BACK_MIDDLE),
    ),
    "sacrum": _around(
        (SACRUM_LINE, SACRUM_TOP, SACRUM_OUT),
        (SACRUM_SIDE, SACRUM_OUT, SACRUM_TIP),
        _middle(SACRUM_TIP, SACRUM_TOP),
    ),
    "buttock": _around(
        (BELT_LINE, SACRUM_OUT, CREST),
        (LEG_OUTLINE, CREST, SEAT_OUT),
        (SEAT_LINE, SEAT_OUT, THIGH_IN),
        (LEG_OUTLINE, THIGH_IN, CROTCH),
        _middle(CROTCH, SACRUM_TIP),
        (SACRUM_SIDE, SACRUM_TIP, SACRUM_OUT),
    ),
    "outer_thigh": _around(
        (LEG_OUTLINE, SEAT_OUT, KNEE_OUT),
        (KNEE_LINE, KNEE_OUT, KNEE_SIDE),
        (BACK_OF_LEG, KNEE_SIDE, SEAT_SIDE),
        (SEAT_LINE, SEAT_SIDE, SEAT_OUT),
    ),
    "back_of_thigh": _around(
        (SEAT_LINE, THIGH_IN, SEAT_SIDE),
        (BACK_OF_LEG, SEAT_SIDE, KNEE_SIDE),
        (KNEE_LINE, KNEE_SIDE, KNEE_IN),
        (LEG_OUTLINE, KNEE_IN, THIGH_IN),
    ),
    "calf": _LOWER_LEG,
    **_EITHER,
    "foot": _foot("back"),
}
VIEWS = {"front": FRONT, "back": BACK}
