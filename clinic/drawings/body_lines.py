"""Half a body, seen from the front and from behind, as lines that its regions share.

The plane is that of geometry.py: 400 units tall, the floor at y = 0, the middle of the body at x = 0. Only the half
with positive x stands here; the other is its mirror image. Nobody in particular: no sex, no muscles, no face.
"""

from __future__ import annotations

from clinic.drawings.contours import through
from clinic.drawings.geometry import Point

# Where lines meet, from head to foot. _OUT is away from the body's middle, _IN towards it.
CROWN, JAW, CHIN, NAPE = Point(0, 400), Point(11.5, 353), Point(0, 345), Point(0, 356)
COLLAR, NOTCH, NECK_BONE = Point(13, 333.5), Point(0, 326), Point(0, 334)
ARM_OUT, ARMPIT = Point(55, 290), Point(38.5, 300)
ELBOW_OUT, ELBOW_IN = Point(65, 246), Point(51.2, 243)
WRIST_OUT, WRIST_IN = Point(73.5, 190), Point(64, 188)
BLADE_OUT, BLADE_MIDDLE = Point(36, 286), Point(0, 284)
RIBS_OUT, RIBS_MIDDLE = Point(33.2, 264), Point(0, 279)
BACK_OUT, BACK_MIDDLE = Point(32.2, 258), Point(0, 256)
CREST, NAVEL_LINE, PUBIS = Point(33.3, 236), Point(17, 219), Point(0, 208)
HIP_OUT, FOLD, THIGH_IN, CROTCH = Point(38.4, 204), Point(17.5, 191), Point(4.6, 177), Point(0, 190)
SACRUM_TOP, SACRUM_OUT, SACRUM_TIP = Point(0, 231), Point(12.5, 227), Point(0, 203)
SEAT_OUT, SEAT_SIDE = Point(37.6, 183), Point(29.5, 178.5)
THIGH_SIDE, THIGH_INSIDE = Point(30, 198), Point(10.5, 184.5)
KNEE_OUT, KNEE_SIDE, KNEE_INSIDE, KNEE_IN = Point(29.8, 127), Point(25, 128), Point(13.5, 127.5), Point(8.8, 126)
SHIN_OUT, SHIN_IN = Point(28, 100), Point(9.3, 99)
ANKLE_OUT, ANKLE_IN = Point(21, 24), Point(11.4, 24)

ARM_OUTLINE = through(
    CROWN,
    Point(8, 398.5),
    Point(16, 390),
    Point(18.3, 376),
    Point(16.4, 362),
    JAW,
    Point(9.6, 345),
    Point(10, 338.5),
    COLLAR,
    Point(21, 329.3),
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
    Point(77.6, 180),
    Point(79, 168),
    Point(77.6, 153),
    Point(74.4, 145.5),
    Point(70.6, 148),
    Point(68.2, 160),
    Point(66.8, 167),
    Point(64.2, 162.5),
    Point(61.6, 162),
    Point(60.8, 169),
    Point(62, 179),
    WRIST_IN,
    Point(60.6, 205),
    Point(55.4, 226),
    ELBOW_IN,
    Point(46, 261),
    Point(41.5, 280),
    Point(40, 292),
    ARMPIT,
)
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
    Point(21, 15),
    Point(24.6, 6.5),
    Point(23.6, 1.2),
    Point(16, 0),
    Point(10.2, 1.2),
    Point(9.4, 8),
    Point(11, 16),
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

CHIN_LINE = through(JAW, Point(6.5, 347.3), CHIN)
HAIR_LINE = through(JAW, Point(6, 355.6), NAPE)
COLLAR_LINE = through(COLLAR, Point(7, 328.2), NOTCH)
NECK_LINE = through(COLLAR, Point(7, 333.2), NECK_BONE)
FRONT_SEAM = through(COLLAR, Point(24, 324), Point(32, 314), ARMPIT)
BACK_SEAM = through(COLLAR, Point(22, 322), Point(29, 311), ARMPIT)
ARM_LINE = through(ARMPIT, Point(46, 297), ARM_OUT)
ELBOW_LINE = through(ELBOW_IN, Point(58, 242.5), ELBOW_OUT)
WRIST_LINE = through(WRIST_IN, Point(68.8, 187.6), WRIST_OUT)
RIB_LINE = through(RIBS_OUT, Point(22, 268), Point(9, 276), RIBS_MIDDLE)
LOWER_BELLY = through(CREST, Point(25.5, 225.5), NAVEL_LINE, Point(8, 211), PUBIS)
FOLD_BESIDE = through(NAVEL_LINE, FOLD)
FOLD_LINE = through(HIP_OUT, THIGH_SIDE, FOLD, THIGH_INSIDE, THIGH_IN)
OUTER_SEAM = through(THIGH_SIDE, Point(28.6, 160), KNEE_SIDE)
INNER_SEAM = through(THIGH_INSIDE, Point(13.8, 158), KNEE_INSIDE)
KNEE_LINE = through(KNEE_OUT, KNEE_SIDE, KNEE_INSIDE, KNEE_IN)
SHIN_LINE = through(SHIN_OUT, Point(18.5, 98), SHIN_IN)
ANKLE_LINE = through(ANKLE_OUT, Point(16, 22.5), ANKLE_IN)
BLADE_LINE = through(BLADE_OUT, Point(18, 283.5), BLADE_MIDDLE)
BACK_LINE = through(BACK_OUT, Point(17, 256.3), BACK_MIDDLE)
BELT_LINE = through(CREST, Point(25, 231.5), SACRUM_OUT)
SACRUM_LINE = through(SACRUM_TOP, Point(7, 230.6), SACRUM_OUT)
SACRUM_SIDE = through(SACRUM_OUT, Point(8, 214), SACRUM_TIP)
SEAT_LINE = through(SEAT_OUT, SEAT_SIDE, Point(18, 173.5), THIGH_IN)
BACK_OF_LEG = through(SEAT_SIDE, Point(28.2, 152), KNEE_SIDE)

HALF = (*ARM_OUTLINE, *LEG_OUTLINE)
"""The outline of half a body, from the crown around arm and leg to the crotch."""
