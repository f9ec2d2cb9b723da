"""The texts that come with the product: each says all six, plainly, and promises nothing."""

import pytest

from clinic.consent.catalogue import ELEMENTS, WrongTextError, _checked, shipped, shipped_texts
from clinic.places.models import Clinic
from clinic.places.privacy import privacy_digest, privacy_words
from clinic.treatments.rules import promises
from tests.reading import grade

TEXTS = shipped_texts()


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_says_all_six_in_order(kind):
    assert tuple(TEXTS[kind].elements) == ELEMENTS
    assert all(words.strip() for words in TEXTS[kind].elements.values())


@pytest.mark.parametrize("kind", TEXTS)
def test_each_part_can_be_read_with_eight_years_of_school_and_promises_nothing(kind):
    assert {name: round(grade(words), 1) for name, words in TEXTS[kind].elements.items() if grade(words) > 8} == {}
    assert [one for words in TEXTS[kind].elements.values() for one in promises(words)] == []


def test_the_text_of_a_release_says_what_has_to_be_said():
    said = " ".join(shipped(is_release=True).elements.values()).lower()
    for words in ("knees", "covered", "tummy wall", "beside the hip bone", "breathe", "wait", "little research"):
        assert words in said
    for words in ("do not promise", "unpleasant", "sore", "bruise", "faint", "nerve", "bleeds", "injury inside"):
        assert words in said
    for words in ("leave your tummy alone", "gp", "osteopath", "do nothing", "stay, ease or change", "just as well"):
        assert words in said
    for words in ("“stop”", "raise a hand", "lift at once", "in the room with you", "change your mind at any time"):
        assert words in said


def test_a_text_that_lacks_one_of_the_six_is_refused():
    whole = dict(TEXTS["release"].elements)
    for wrong in ({**whole, "say": " "}, {name: whole[name] for name in ELEMENTS[1:]}, {**whole, "more": "x"}):
        with pytest.raises(WrongTextError):
            _checked("release", wrong)


def test_the_privacy_notice_is_the_clinics_own_or_ours_with_its_name():
    clinic = Clinic(name="Test Clinic", email="desk@clinic.test", phone="", privacy_words="")
    ours = privacy_words(clinic)
    assert ours.startswith("Test Clinic keeps")
    assert "desk@clinic.test" in ours
    assert "{" not in ours
    assert grade(ours) <= 8
    clinic.privacy_words = "We keep little."
    assert privacy_words(clinic) == "We keep little."
    assert privacy_digest(ours) != privacy_digest("We keep little.")
