"""Poses that a clinic writes itself: read like the product's own, and refused in sentences."""

import pytest

from clinic.drawings.figure.pose_files import FOLDER
from clinic.drawings.figure.pose_texts import pictures_in

SHIPPED = (FOLDER / "half_kneeling_hip_flexor.yaml").read_text()


def with_neck(words):
    return SHIPPED.replace("neck: 10", f"neck: {words}", 1)


def why_not(text):
    with pytest.raises(ValueError) as refused:
        pictures_in(text)
    return str(refused.value)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_text_like_any_of_our_own_is_read(file):
    assert "hold" in pictures_in(file.read_text())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("start: &a [1]\nhold: [*a, *a, *a]", "Write everything out"),
        ("start: !!python/object/apply:os.getcwd []", "Plain words and numbers only"),
        ("[" * 5000, "too many brackets"),
        ("start: [", "Line 1 cannot be read."),
        ("start: {}\n---\nstart: {}", "Line 2 cannot be read."),
        ("start: {says: [" + "a, " * 31 + "]}", "more than 30 things"),
        ("#" * 12_001, "longer than 12000 characters"),
        ("start: 3", "Something is not where it belongs"),
        ("never: {}", "Pictures are called start, middle, hold, not_this."),
        ("hello", "Pictures are called start, middle, hold, not_this."),
        (SHIPPED.replace("[96, 10]", "[900, 10]"), "cm out of reach"),
        (SHIPPED.replace("feels: [", "feels: [left ear, "), "Nobody has words for “ear”."),
        (SHIPPED.replace("props: [", "props: [{dragon: {left: 1, right: 9, top: 9}}, "), "how to draw a dragon"),
        (SHIPPED.replace("touches: [", "touches: [{left ear: mat}, "), "Nobody knows the part “left ear”"),
        (SHIPPED.replace("trunk upright", "upright " * 30), "too long"),
    ],
)
def test_what_is_no_pose_is_refused_in_a_sentence(text, sentence):
    assert sentence in why_not(text)


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000, "2001", "1.0e+400", ".nan", "2001-99-99"])
def test_no_number_is_larger_than_a_drawing(number):
    assert "number" in why_not(with_neck(number))


@pytest.mark.parametrize("words", ["", "[]", "{}", "ten"])
def test_what_is_no_angle_is_refused_without_a_word_of_our_code(words):
    refused = why_not(with_neck(words))
    assert any(part in refused for part in ("gap", "where it belongs"))
    assert "unsupported" not in refused
