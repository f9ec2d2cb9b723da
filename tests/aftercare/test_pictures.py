"""What stands under the pictures of an exercise, and what they say to those who do not see them."""

import pytest

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.pictures import shown, shown_as_sent


@pytest.mark.parametrize(
    ("code", "captions"),
    [
        ("half_kneeling_hip_flexor", ["Start", "Hold", "Not like this"]),
        ("easy_march", ["Start", "Then"]),
        ("constructive_rest", ["Like this"]),
        ("bird_dog", ["Start", "On the way", "Hold", "Not like this"]),
    ],
)
def test_only_what_is_held_is_called_so(app, code, captions):
    with app.test_request_context():
        assert [one.caption for one in shown(catalogue().exercises[code])] == captions
        sent = {"exercise": code, "name": "As it was called", "hold_s": catalogue().exercises[code].dose.hold_s}
        assert [one.caption for one in shown_as_sent(sent)] == captions


def test_a_name_is_never_read_as_markup(app):
    with app.test_request_context():
        (one,) = shown_as_sent({"exercise": "constructive_rest", "name": "</title><script>x</script>", "hold_s": None})
    assert "<script" not in one.markup
    assert "&lt;/title&gt;&lt;script&gt;" in one.markup


def test_the_other_side_is_told_as_the_other_side(app):
    stretch = catalogue().exercises["half_kneeling_hip_flexor"]
    with app.test_request_context():
        plain, turned = (shown(stretch, mirrored=mirrored, only=["hold"])[0].markup for mirrored in (False, True))
    assert "the right knee" in plain.lower()
    assert "the left knee" in turned.lower()
