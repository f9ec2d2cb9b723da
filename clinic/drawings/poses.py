"""Every exercise the product can draw."""

from __future__ import annotations

from clinic.drawings.geometry import Point
from clinic.drawings.pose import Arm, Arrow, Leg, Mat, Pose

_MAT = Mat(left=-170, right=175)

HALF_KNEELING_START = Pose(
    hips=Point(0, 124.5),
    pelvis=0,
    spine=0,
    neck=10,
    head=-10,
    right_leg=Leg(hip=0, knee=88, ankle=-65),
    left_leg=Leg(hip=89.5, knee=84.9, ankle=-4.7),
    right_arm=Arm(shoulder=13.7, elbow=61.2, wrist=-7),
    left_arm=Arm(shoulder=20.5, elbow=52.7, wrist=-5),
    mat=_MAT,
)
"""Kneeling tall on the right knee, both knees near right angles."""

HALF_KNEELING = Pose(
    hips=Point(25.4, 121.2),
    pelvis=7,
    spine=7,
    neck=10,
    head=-10,
    right_leg=Leg(hip=-22, knee=73, ankle=-65),
    left_leg=Leg(hip=83.8, knee=100.9, ankle=10.2),
    right_arm=Arm(shoulder=11.8, elbow=67.4, wrist=-14),
    left_arm=Arm(shoulder=20.3, elbow=55.7, wrist=-11),
    mat=_MAT,
    arrows=(Arrow(tail=Point(-86, 128), tip=Point(-44, 128)),),
    start=HALF_KNEELING_START,
)
"""The half-kneeling stretch, held: tail tucked, hips forward, trunk upright, hands on the front thigh."""
