"""The shape of each part of the body: rings of (units down the bone, units in front of it).

A ring starts at the front of the upper end, goes down the front, round the lower end and up the back.
Both parts that meet at a knee or an elbow end in the same circle about it, so that together they stay
smooth however far it bends.
"""

from __future__ import annotations

from clinic.drawings.figure.skeleton import FOREARM, SHIN, THIGH, UPPER_ARM

Ring = tuple[tuple[float, float], ...]

KNEE, ELBOW = 16.5, 9.2
"""Radii of the joints: so far is the middle of a knee from the mat it kneels on."""

_OCTAGON = 0.4142
"""Half a side of an octagon around a circle of radius 1; the outline it pulls is very nearly that circle."""


def _lower_end(along: float, radius: float) -> Ring:
    """Half a circle about a point on the bone, from its front round to its back."""
    short = radius * _OCTAGON
    front = ((along - short, radius), (along + short, radius), (along + radius, short))
    return (*front, *((down, -side) for down, side in reversed(front)))


def _upper_end(radius: float) -> Ring:
    """Half a circle about the upper joint, from its back round to its front."""
    return tuple((-down, -side) for down, side in _lower_end(0, radius))


def disc(along: float, front: float, radius: float) -> Ring:
    short = radius * _OCTAGON
    around = (*_lower_end(0, radius), (-radius, -short), (-radius, short))
    return tuple((along + down, front + side) for down, side in around)


def corner(along: float, front: float) -> Ring:
    return ((along, front), (along, front))


# fmt: off
_THIGH_BACK = ((78, -17), (50, -21.5), (30, -27.3), (10, -32), *corner(-6, -25))
THIGH_RING = (*corner(-8, 20), (14, 25), (50, 23), (76, 18), *_lower_end(THIGH, KNEE), *_THIGH_BACK)
_LEGGINGS_HEM = (*corner(SHIN - 4, 9), *corner(SHIN - 4, -9.5))
SHIN_RING = (*_upper_end(KNEE), (30, 15), (62, 11), *_LEGGINGS_HEM, (74, -11), (50, -18.5), (22, -19.5))
_FOOT_SOLE = ((48, -15.6), (36, -15.6), (26, -15.8), (16, -13.2), (4, -15.6), (-8, -15.6), (-17, -15))
_HEEL = ((-15, -4), (-10, 2), (-9.5, 8), (-4, 10))
FOOT_RING = ((4, 10), (10, 5), (24, -1.5), (38, -7), (46.5, -8), *_FOOT_SOLE, *_HEEL)
TOES = ((46, -11.2), (41.5, -11.9), (37, -10.6))
_BUTTOCK = ((78, -6), (78, -22), (64, -29.5), (50, -33.5), (36, -33), *corner(20, -27))
SEAT_RING = (*corner(24, 22), (38, 25.5), (50, 19), (60, 8), *_BUTTOCK)

SEAT_FOLD = ((78, -14), (71, -25.7), (57, -31.5))
THIGH_FOLD = ((64, -19.2), (40, -24.4), (20, -29.6), (11, -30.5), (2, -28.5), (20, 0))
"""Points on the seat and on the thigh that the cloth spans when the hip bends, so that no notch is between them."""

UPPER_ARM_RING = (*corner(30, 10), (52, 10.5), *_lower_end(UPPER_ARM, ELBOW), (52, -11), *corner(30, -10))
FOREARM_RING = (*_upper_end(ELBOW), (16, 11.5), (38, 8), *_lower_end(FOREARM, 6.2), (38, -8), (18, -10.8))
_PALM = ((38, -11), (28, -7), (18, -9), (6, -7.2), *corner(0, -6))
HAND_RING = (*corner(0, 6), (8, 6.8), (22, 8), (34, 2.5), (43, -5), (43.5, -10), *_PALM)
THUMB = ((5, 5.5), (12, 1.5), (22, -1.5), (27, -4.5), (25, -7))
FINGERS = ((27, 1.5), (35, -3.4), (41.5, -8))
SLEEVE_EDGE = ((14, 12.5), (24, 14.2), *corner(46, 13), (48, 0), *corner(46, -13.5), (24, -16.5), (12, -17))
SLEEVE_RING = (*SLEEVE_EDGE, (-3, -14), (-6, -6), (-6, 5), (1, 12))

SHIRT_COLLAR = (*corner(-11, -11), (-13.5, -3), (-11, 5), *corner(-3, 11))
_SHIRT_BELOW_WAIST = ((40, -18), *corner(37, -33), (28, -31.5), (15, -26), (4, -23.4))
SHIRT_BACK = ((64, -22), (48, -24.8), (28, -29), (8, -25.5), (-5, -16))



def shirt_chest(fuller: float) -> Ring:
    """The front of the shirt from the collar to the waist, so many units farther out at the belly."""
    chest, ribs = 0.35 * fuller, 0.8 * fuller
    return (4, 15), (16, 23 + chest), (34, 30.5 + chest), (50, 27.5 + ribs), (66, 23.5 + fuller)


def shirt_hem(bent: float, fuller: float) -> Ring:
    """From the waist round the hem to the waist. As the hip bends by these degrees, the thigh pushes it up in front."""
    up = 0.2 * min(max(bent, 0), 120)
    front = 26 - up / 6 + 0.5 * fuller
    in_front = (8, 22.6 + fuller), (28 - up / 2, front + 0.5), *corner(48 - up, front)
    return (*in_front, (47 - up * 0.6, 6), *_SHIRT_BELOW_WAIST)


_NAPE = (*corner(32, -16), (22, -13), (10, -10.5), *corner(-8, -13))
NECK_RING = (*corner(-6, 8), (6, 9.5), (16, 10), *corner(34, 16), *_NAPE)
_NOSE = ((23, 21), (28, 25), (33, 29.6), (36, 28.4), (37, 23.5), (39, 25))
_CHIN = ((47.5, 21.6), (52, 24), (55, 17))
_LIPS_AND_CHIN = ((41, 26), (42, 22.6), (43.5, 25.4), (46.5, 24), *_CHIN, (52, 8))
_BACK_OF_HEAD = ((45, 1), (44, -8), (34, -19), (22, -23), (8, -18))
HEAD_RING = ((-1, 0), (1, 13), (8, 21.5), (17, 23.5), *_NOSE, *_LIPS_AND_CHIN, *_BACK_OF_HEAD)
_TEMPLE = (*corner(13, 23), (13.5, 14), (18, 9.5), (26, 8.5), *corner(31, 5))
_BEHIND_EAR = ((28, -4), (36, -7), *corner(45, -11))
HAIR_RING = ((-3, 3), (-1, 15), (6, 21.5), *_TEMPLE, *_BEHIND_EAR, (38, -18), (28, -24), (12, -24), (1, -13))
BUN_RING = ((-14, -9), (-9, -4), (-3, -4), (2, -9), (2, -15.6), (-3, -20.3), (-9, -20.3), (-14, -15.6))
"""High enough for the head to lie on its back without it."""
_UNDER_JAW = ((52, 8), (47, 2), (38, 2))
BEARD_RING = (*corner(30, 6.5), (36, 9.5), (40, 15), *corner(44.6, 17), (46.5, 22), *_CHIN, *_UNDER_JAW)
EAR_RING = ((24, 0), (23.5, 4), (28, 5.5), (33, 2.5), (37.5, 1), (36, -3), (28, -4.5))

CLOSED_EYE = ((24.6, 15), (27.6, 17.4), (27, 21))
BROW = ((19.6, 13.6), (17.4, 17), (18.4, 21))
MOUTH = ((41.4, 18), (42.8, 20.6), (41.9, 24))
JAW = ((40, 1), (47.5, 3), (50.5, 6), (53, 11.5))
