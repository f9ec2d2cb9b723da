"""Every picture can be told in words: plain, short, and of the right side."""

import re

import pytest

from clinic.drawings.figure import terms
from clinic.drawings.figure.claims import CLAIMS, LIMB_CLAIMS
from clinic.drawings.figure.front import checks as front_checks
from clinic.drawings.figure.pose import Picture
from clinic.drawings.figure.skeleton import skeleton
from clinic.drawings.figure.surface import regions
from clinic.drawings.figure.words import described
from tests.drawings.test_poses import PICTURES, STANDING
from tests.reading import grade

SIDES = re.compile(r"\b(right|left)\b(?! angle)")


@pytest.fixture(autouse=True)
def page(app):
    with app.test_request_context():
        yield


def test_every_picture_is_told_in_a_few_plain_sentences():
    told_of = {name: described(one) for name, one in PICTURES.items()}
    assert [words for words in told_of.values() if not words[0].isupper() or words[-1] != "."] == []
    assert [words for words in told_of.values() if re.search(r"[{}%()_]|  ", words)] == []
    assert {name: words for name, words in told_of.items() if len(words.split()) > 60} == {}
    assert {name: words for name, words in told_of.items() if grade(words) > 7} == {}


@pytest.mark.parametrize("name", ["side_lying_thigh not_this", "half_kneeling_hip_flexor hold"])
def test_of_the_other_side_only_left_and_right_change_places(name):
    ours, other = described(PICTURES[name]), described(PICTURES[name], mirrored=True)
    assert SIDES.split(ours)[::2] == SIDES.split(other)[::2]
    assert all({a, b} == {"right", "left"} for a, b in zip(SIDES.findall(ours), SIDES.findall(other), strict=True))


def test_only_a_mistake_is_called_one():
    assert {name for name, one in PICTURES.items() if "mistake" in described(one)} == {
        name for name, one in PICTURES.items() if one.wrong
    }


def told(**what):
    return described(Picture(pose=STANDING, **what))


def test_what_touches_is_said_together_and_both_sides_at_once():
    assert told(touches=(("right foot", "floor"), ("left foot", "floor"), ("right hand", "wall"))) == (
        "Standing. Both feet are on the floor. The right hand is against the wall."
    )
    assert told(touches=(("right toes", "mat"), ("left hand", "right thigh"))) == (
        "Standing. The right toes are on the mat. The left hand is on the right thigh."
    )


def test_what_is_felt_and_what_is_wrong_come_last():
    says = ("back arched", "left knee at a right angle")
    assert told(wrong=True, says=says, feels=("front of right hip", "front of right thigh")) == (
        "Standing. The left knee is at a right angle. This is the mistake: the back is arched. "
        "Felt at the front of the right hip and at the front of the right thigh."
    )


def test_the_half_kneeling_stretch_is_told_as_a_therapist_would():
    assert described(PICTURES["half_kneeling_hip_flexor hold"]) == (
        "Kneeling. The right knee is on a cushion. The right toes and the left foot are on the mat. "
        "Both hands are on the left thigh. The tail is tucked under. The trunk is upright. "
        "The right hip is stretched open. Felt at the front of the right hip."
    )


def test_whatever_may_be_said_has_words():
    assert set(terms.SAYS) == {*CLAIMS, *front_checks.CLAIMS}
    assert set(terms.LIMBS_SAY) == {*LIMB_CLAIMS, *front_checks.LIMB_CLAIMS}
    named = regions(skeleton(STANDING))
    sided = {name.replace("right ", "") for name in named if "right " in name}
    whole = {name for name in named if "right " not in name and "left " not in name}
    assert (set(terms.PARTS), set(terms.LIMB_PARTS)) == (whole, {*sided, "shoulder"})


def test_what_nobody_has_words_for_is_refused():
    with pytest.raises(ValueError, match="Nobody has words for “tail”"):
        told(touches=(("tail", "floor"),))
