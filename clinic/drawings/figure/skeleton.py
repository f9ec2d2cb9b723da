"""From joint angles to bones: where everything inside the body is.

Bone lengths are the usual fractions of body height (Drillis and Contini 1966, in Winter, Biomechanics and
Motor Control of Human Movement, fig. 4.1), times 400. The trunk is split at the waist so that it can bend.
"""

from __future__ import annotations

from typing import NamedTuple

from clinic.drawings.figure.pose import Arm, Leg, Pose
from clinic.drawings.geometry import Bone, Point

THIGH, SHIN = 98.0, 98.4
ANKLE_HEIGHT, FOREFOOT = 15.6, 46.0
"""The ankle above the sole, and from below the ankle to the tip of the toes."""
UPPER_ARM, FOREARM, HAND = 74.4, 58.4, 43.2
PELVIS, THORAX, NECK, HEAD = 40.0, 75.0, 28.0, 45.0
"""Hips to waist, waist to shoulders, shoulders to the joint under the skull, from there to the crown."""


class LegBones(NamedTuple):
    thigh: Bone
    shin: Bone
    foot: Bone


class ArmBones(NamedTuple):
    upper_arm: Bone
    forearm: Bone
    hand: Bone


class Skeleton(NamedTuple):
    head: Bone
    neck: Bone
    thorax: Bone
    pelvis: Bone
    right_leg: LegBones
    left_leg: LegBones
    right_arm: ArmBones
    left_arm: ArmBones
    turned: bool
    """Whether the head is turned to the near side."""


def skeleton(pose: Pose) -> Skeleton:
    """Built from the hips outwards, each bone turned against the one before it."""
    pelvis, thorax = directions(pose.lean, pose.pelvis, pose.spine)
    neck = thorax - pose.neck
    waist = pose.hips.toward(pelvis, PELVIS)
    shoulders = shoulders_of(pose.hips, pelvis, thorax)
    skull = shoulders.toward(neck, NECK)
    return Skeleton(
        head=Bone(skull.toward(neck - pose.head, HEAD), skull),
        neck=Bone(skull, shoulders),
        thorax=Bone(shoulders, waist),
        pelvis=Bone(waist, pose.hips),
        right_leg=_leg(pose.hips, pelvis, pose.right_leg),
        left_leg=_leg(pose.hips, pelvis, pose.left_leg),
        right_arm=_arm(shoulders, thorax, pose.right_arm),
        left_arm=_arm(shoulders, thorax, pose.left_arm),
        turned=pose.turned,
    )


def directions(lean: float, pelvis: float, spine: float) -> tuple[float, float]:
    """Where the pelvis and the thorax point, from below upwards."""
    return 90 + lean + pelvis, 90 + lean + pelvis - spine


def shoulders_of(hips: Point, pelvis: float, thorax: float) -> Point:
    """Where both shoulders are in a view from the side."""
    return hips.toward(pelvis, PELVIS).toward(thorax, THORAX)


def _leg(hip: Point, pelvis: float, leg: Leg) -> LegBones:
    thigh = pelvis + 180 + leg.hip
    shin = thigh - leg.knee
    knee = hip.toward(thigh, THIGH)
    ankle = knee.toward(shin, SHIN)
    toes = ankle.toward(shin + 90 + leg.ankle, FOREFOOT)
    return LegBones(Bone(hip, knee), Bone(knee, ankle), Bone(ankle, toes))


def _arm(shoulder: Point, thorax: float, arm: Arm) -> ArmBones:
    upper_arm = thorax + 180 + arm.shoulder
    forearm = upper_arm + arm.elbow
    elbow = shoulder.toward(upper_arm, UPPER_ARM)
    wrist = elbow.toward(forearm, FOREARM)
    fingertips = wrist.toward(forearm + arm.wrist, HAND)
    return ArmBones(Bone(shoulder, elbow), Bone(elbow, wrist), Bone(wrist, fingertips))
