"""The body stays one smooth shape in every posture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.drawings import pictures_of
from clinic.drawings.figure.outlines import shirt
from clinic.drawings.figure.person import silhouette
from clinic.drawings.figure.pose import Leg
from clinic.drawings.figure.skeleton import skeleton
from clinic.drawings.geometry import Point, hull, turn

POSE = pictures_of("half_kneeling_hip_flexor")["start"].pose


def bent(hip):
    return skeleton(replace(POSE, right_leg=Leg(hip=hip, knee=90, ankle=0)))


def surrounds(outline, point):
    crossings = 0
    for a, b in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (a.y > point.y) != (b.y > point.y):
            crossings += point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
    return crossings % 2 == 1


@pytest.mark.parametrize("hip", range(-20, 130, 10))
def test_no_notch_is_between_the_seat_and_the_thigh_however_far_the_hip_bends(hip):
    bones = bent(hip)
    seat, thigh = bones.pelvis.at(66, -26), bones.right_leg.thigh.at(44, -22)
    between = [seat.plus(thigh.minus(seat), share / 10) for share in range(1, 10)]
    assert all(any(surrounds(outline, point) for outline in silhouette(bones)) for point in between)


def test_the_thigh_pushes_the_shirt_up_in_front():
    def lowest_in_front(hip):
        return min(point.y for point in shirt(bent(hip)) if point.x > POSE.hips.x + 10)

    assert lowest_in_front(110) > lowest_in_front(0) + 10


def test_the_back_of_the_shirt_stays_where_it_lies_on_the_mat():
    def back(hip):
        return {point for point in shirt(bent(hip)) if point.x < POSE.hips.x - 10}

    assert back(110) == back(0)


def test_a_tight_line_round_points_leaves_out_those_inside():
    assert hull([Point(0, 0), Point(4, 0), Point(2, 1), Point(4, 4), Point(0, 4)]) == [(0, 0), (4, 0), (4, 4), (0, 4)]


def test_a_turn_is_counted_against_the_clock():
    assert round(turn(skeleton(POSE).pelvis, bent(90).right_leg.thigh)) == 90


@pytest.mark.parametrize("spine", [-25, -15, 20, 40])
def test_a_folded_waist_is_a_bow_without_a_corner(spine):
    outline = shirt(skeleton(replace(POSE, spine=spine)))
    straight_waist = shirt(skeleton(replace(POSE, spine=0)))
    assert len(outline) == len(straight_waist) - 1
