"""What a letter begins with: what was told to be passed on, measured and done. Never what a therapist keeps to themself."""

from datetime import date

import pytest

from clinic.notes.rules import Content, NoteMark, Treated
from clinic.referrals.rules import LETTERS, Seen, Story, story_of
from clinic.referrals.wording import first_words

FIRST, LAST = date(2026, 2, 2), date(2026, 3, 12)
NOTES = [
    Seen(
        FIRST, Content(complaint="A sore front of the hip", complaint_side="right", onset="January", pain_on_arrival=7)
    ),
    Seen(
        LAST,
        Content(
            words={
                "subjective": "They said",
                "objective": "Weak hip flexion",
                "assessment": "I think",
                "plan": "Again",
            },
            private="Between me and me",
            pain_on_arrival=3,
            marks=(NoteMark("hip_flexors/right", "dull", 6, 2),),
            treated=(Treated("low_back/left"), Treated("hip_flexors/right")),
        ),
    ),
]


@pytest.fixture(autouse=True)
def speaking(app):
    with app.test_request_context():
        yield


def words(kind="referral", notes=NOTES):
    return first_words(kind, story_of(notes), client="Clara Teacup", to="Dr Howe")


def test_it_tells_since_when_for_what_and_what_became_of_the_pain():
    said = words()
    assert "since 2 February 2026: 2 visits, the last on 12 March 2026" in said.reason
    assert "They come about: A sore front of the hip, right. Since: January." in said.found
    assert "as 7 of 10 at first, and as 3 the last time" in said.found


def test_it_tells_what_was_charted_seen_and_treated():
    said = words()
    assert "Where it hurt on 12 March 2026:\nFront of hip, right" in said.found
    assert "Weak hip flexion" in said.found
    assert said.done.startswith("Treated: Low back, left; Front of hip")


@pytest.mark.parametrize("kind", LETTERS)
def test_it_never_tells_remarks_opinions_or_what_they_said_in_confidence(kind):
    said = " ".join(vars(words(kind)).values())
    assert [one for one in ("Between me", "I think", "They said", "Again", "cured") if one in said] == []


@pytest.mark.parametrize("kind", LETTERS)
def test_each_kind_begins_and_ends_in_its_own_way(kind):
    others = [words(other) for other in LETTERS if other != kind]
    assert words(kind).asked not in [one.asked for one in others]
    assert words(kind).reason not in [one.reason for one in others]


def test_without_a_note_it_says_no_more_than_who_they_are():
    said = words(notes=[])
    assert said.reason.startswith("Clara Teacup is a client of our clinic.")
    assert (said.found, said.done) == ("", "")
    assert story_of([]) == Story()
