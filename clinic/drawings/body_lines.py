"""Half a body, seen from the front and from behind, as lines that its regions share.

The plane is that of geometry.py: 400 units tall, the floor at y = 0, the middle of the body at x = 0. Only the half
with positive x stands here; the other is its mirror image. Nobody in particular: no sex, no muscles, no face.
"""

from __future__ import annotations

from clinic.drawings.contours import Contour, stretch, through
from clinic.drawings.geometry import Point

# Where lines meet, from head to foot. _OUT is away from the body's middle, _IN towards it.
CROWN, JAW, CHIN, NAPE = Point(0, 400), Point(11.6, 353.4), Point(0, 346.7), Point(0, 356.5)
COLLAR, NOTCH, NECK_BONE = Point(17.5, 330.4), Point(0, 326), Point(0, 334)
ARM_OUT, ARMPIT = Point(55, 290), Point(38.5, 300)
ELBOW_OUT, ELBOW_IN = Point(65, 246), Point(51.2, 243)
WRIST_OUT, WRIST_IN = Point(73.5, 190), Point(64, 188)
BLADE_OUT, BLADE_MIDDLE = Point(36, 286), Point(0, 284)
RIBS_OUT, RIBS_MIDDLE = Point(33.2, 264), Point(0, 279)
BACK_OUT, BACK_MIDDLE = Point(32.2, 258), Point(0, 256)
CREST, NAVEL_LINE, PUBIS = Point(33.3, 236), Point(17, 219), Point(0, 208)
HIP_OUT, FOLD, THIGH_IN, CROTCH = Point(38.4, 204), Point(17.5, 191), Point(4.6, 177), Point(0, 190)
SACRUM_TOP, SACRUM_OUT, SACRUM_TIP = Point(0, 233), Point(17, 231), Point(0, 201)
SEAT_OUT, SEAT_SIDE = Point(37.6, 183), Point(29.5, 178.5)
THIGH_SIDE, THIGH_INSIDE = Point(31.8, 199), Point(13.8, 187.2)
KNEE_OUT, KNEE_SIDE, KNEE_INSIDE, KNEE_IN = Point(29.8, 127), Point(25, 128), Point(13.5, 127.5), Point(8.8, 126)
SHIN_OUT, SHIN_IN = Point(28, 100), Point(9.3, 99)
ANKLE_OUT, ANKLE_IN = Point(21, 24), Point(11.4, 24)

FINGERTIPS = (
    Point(80.8, 164),
    Point(80, 157.4),
    Point(78.4, 156.6),
    Point(77.4, 159.4),
    Point(77.6, 152),
    Point(75.6, 149.6),
    Point(74.3, 153.6),
    Point(73.8, 147.6),
    Point(71.8, 146.2),
    Point(70.7, 152.4),
    Point(70, 149.4),
    Point(68, 149.6),
)
"""From the little finger to the first."""

ARM_OUTLINE = through(
    CROWN,
    Point(8, 398.3),
    Point(14.8, 391.6),
    Point(17.4, 380.5),
    Point(19, 379),
    Point(19.4, 374),
    Point(18, 367.5),
    Point(16.3, 366.5),
    Point(15, 359.5),
    JAW,
    Point(9.5, 346.5),
    Point(10.9, 338.4),
    COLLAR,
    Point(24, 328.4),
    Point(34, 326),
    Point(45.5, 321),
    Point(51.5, 310),
    ARM_OUT,
    Point(58.6, 274),
    Point(61.8, 258),
    ELBOW_OUT,
    Point(70, 229),
    Point(72.6, 210),
    WRIST_OUT,
    Point(76.6, 183),
    Point(79, 172),
    *FINGERTIPS,
    Point(67.4, 158),
    Point(67, 167),
    Point(65.8, 169.6),
    Point(64.2, 164.5),
    Point(62, 160.6),
    Point(59.8, 162.6),
    Point(60, 170),
    Point(61.8, 180),
    WRIST_IN,
    Point(60.6, 205),
    Point(55.4, 226),
    ELBOW_IN,
    Point(46, 261),
    Point(41.5, 280),
    Point(40, 292),
    ARMPIT,
)
FOREFOOT = (
    Point(20.8, 17),
    Point(23.4, 10),
    Point(26.4, 5),
    Point(26.6, 1.6),
    Point(24.4, 0.8),
    Point(23.3, 2),
    Point(22.4, 0.4),
    Point(20.6, 0.2),
    Point(19.8, 1.4),
    Point(18.6, -0.2),
    Point(16.6, -0.2),
    Point(15.6, 1.2),
    Point(13.8, -0.6),
    Point(10.4, -0.2),
    Point(9.2, 3),
    Point(10, 9),
    Point(11.2, 16),
)
"""From the little toe to the big one."""

LEG_OUTLINE = through(
    ARMPIT,
    Point(37.4, 294),
    BLADE_OUT,
    Point(34.6, 274),
    RIBS_OUT,
    BACK_OUT,
    Point(31.7, 249),
    CREST,
    Point(36.4, 221),
    HIP_OUT,
    Point(38.4, 194),
    SEAT_OUT,
    Point(35.4, 158),
    Point(32, 138),
    KNEE_OUT,
    Point(29, 116),
    SHIN_OUT,
    Point(29.3, 84),
    Point(28, 66),
    Point(24, 42),
    ANKLE_OUT,
    *FOREFOOT,
    ANKLE_IN,
    Point(11, 42),
    Point(8.4, 66),
    Point(7.4, 82),
    SHIN_IN,
    Point(9.8, 112),
    KNEE_IN,
    Point(6.8, 148),
    THIGH_IN,
    Point(3, 186),
    CROTCH,
)

HEEL = through(
    ANKLE_OUT,
    Point(20.6, 17),
    Point(22.4, 10),
    Point(24.8, 5),
    Point(24, 1.4),
    Point(20.4, 1.2),
    Point(17.6, 0),
    Point(13, 0),
    Point(10.7, 3.2),
    Point(10.6, 9),
    Point(11.4, 16),
    ANKLE_IN,
)
"""A foot from behind, where the little toes look out beside it."""

FINGER_LINES = (
    through(Point(77.4, 159.4), Point(76.6, 168)),
    through(Point(74.3, 153.6), Point(73.6, 168.6)),
    through(Point(70.7, 152.4), Point(70.4, 168)),
)
TOE_LINES = (
    through(Point(15.6, 1.2), Point(15.4, 7.4)),
    through(Point(19.8, 1.4), Point(19, 6.8)),
    through(Point(23.3, 2), Point(22, 6.4)),
)
HEEL_LINES = (through(Point(20.4, 1.2), Point(20, 5)),)
CHIN_LINE = through(JAW, Point(6.5, 348.4), CHIN)
HAIR_LINE = through(JAW, Point(6, 355.6), NAPE)
COLLAR_LINE = through(COLLAR, Point(9, 327), NOTCH)
NECK_LINE = through(COLLAR, Point(8, 333), NECK_BONE)
FRONT_SEAM = through(COLLAR, Point(24, 324), Point(32, 314), ARMPIT)
BACK_SEAM = through(COLLAR, Point(22, 322), Point(29, 311), ARMPIT)
ARM_LINE = through(ARMPIT, Point(46, 297), ARM_OUT)
ELBOW_LINE = through(ELBOW_IN, Point(58, 242.5), ELBOW_OUT)
WRIST_LINE = through(WRIST_IN, Point(68.8, 187.6), WRIST_OUT)
RIB_LINE = through(RIBS_OUT, Point(22, 268), Point(9, 276), RIBS_MIDDLE)
LOWER_BELLY = through(CREST, Point(25.5, 225.5), NAVEL_LINE, Point(8, 211), PUBIS)
FOLD_BESIDE = through(NAVEL_LINE, FOLD)
FOLD_LINE = through(HIP_OUT, THIGH_SIDE, FOLD, THIGH_INSIDE, THIGH_IN)
OUTER_SEAM = through(THIGH_SIDE, Point(31, 162), KNEE_SIDE)
INNER_SEAM = through(THIGH_INSIDE, Point(17, 168), Point(16.6, 152), KNEE_INSIDE)
KNEE_LINE = through(KNEE_OUT, KNEE_SIDE, KNEE_INSIDE, KNEE_IN)
SHIN_LINE = through(SHIN_OUT, Point(18.5, 98), SHIN_IN)
ANKLE_LINE = through(ANKLE_OUT, Point(16, 22.5), ANKLE_IN)
BLADE_LINE = through(BLADE_OUT, Point(18, 283.5), BLADE_MIDDLE)
BACK_LINE = through(BACK_OUT, Point(17, 256.3), BACK_MIDDLE)
BELT_LINE = through(CREST, Point(26, 233), SACRUM_OUT)
SACRUM_LINE = through(SACRUM_TOP, Point(8, 233), SACRUM_OUT)
SACRUM_SIDE = through(SACRUM_OUT, Point(16.4, 214), SACRUM_TIP)
SEAT_LINE = through(SEAT_OUT, SEAT_SIDE, Point(18, 173.5), THIGH_IN)
BACK_OF_LEG = through(SEAT_SIDE, Point(28.2, 152), KNEE_SIDE)

FEET = {"front": stretch(LEG_OUTLINE, ANKLE_OUT, ANKLE_IN), "back": HEEL}
LINES = {"front": (*FINGER_LINES, *TOE_LINES), "back": (*FINGER_LINES, *HEEL_LINES)}
"""What is drawn besides: fingers and toes. They are no places."""


def half(view: str) -> Contour:
    """The outline of half a body, from the crown around arm and leg to the crotch."""
    outer, inner = stretch(LEG_OUTLINE, ARMPIT, ANKLE_OUT), stretch(LEG_OUTLINE, ANKLE_IN, CROTCH)
    return (*ARM_OUTLINE, *outer, *FEET[view], *inner)
