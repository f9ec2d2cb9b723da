"""Every code the clinic may answer with has its sentence."""

import re
from pathlib import Path

import pytest

from clinic.aftercare import wording as plans
from clinic.booking import wording as booking
from clinic.bringing import wording as bringing
from clinic.consent import wording as consent
from clinic.core.refusals import Refusal
from clinic.demo import cast as demo
from clinic.health import wording as health
from clinic.intake import wording as intake
from clinic.intake.rules import GROUPS, PAGE, unanswered
from clinic.intake.safety_lists import shipped
from clinic.notes import wording as notes
from clinic.notes.rules.injuries import NOT_ASKED, STATES
from clinic.office import safety_words as safety_list
from clinic.qualifications import rules as qualifications
from clinic.qualifications import wording as qualified
from clinic.referrals import wording as letters
from clinic.today import wording as desk

CLINIC = Path(__file__).parent.parent.parent / "clinic"
SOURCE = "\n".join(path.read_text() for path in sorted(CLINIC.rglob("*.py")))
CODES = sorted(set(re.findall(r'Refusal\(\s*"(\w+)"', SOURCE)))
UNKNOWN = Refusal("no_such_code")


@pytest.fixture(autouse=True)
def speaking(app):
    with app.test_request_context():
        yield


def test_every_refusal_has_a_sentence_of_its_own():
    assert len(CODES) > 20
    of_register = {**qualified.SENTENCES, **qualified.CHECKING}
    of_safety = {**consent.SENTENCES, **health.SENTENCES}
    of_others = {
        **notes.SENTENCES,
        **desk.SENTENCES,
        **bringing.SENTENCES,
        **safety_list.SENTENCES,
        **letters.SENTENCES,
        **of_safety,
        **of_register,
    }
    written_down = {**{code: str(text) for code, text in of_others.items()}, **plan_sentences()}
    said = {code: written_down.get(code) or booking_words(code) for code in CODES}
    assert {code for code, sentence in said.items() if sentence == booking.sentence(UNKNOWN)} == set()
    assert len(set(said.values())) == len(said)


def booking_words(code):
    """What the client reads, or, where only the staff can be refused so, what they read."""
    to_client = booking.sentence(Refusal(code))
    return booking.staff_sentence(Refusal(code)) if to_client == booking.sentence(UNKNOWN) else to_client


def plan_sentences():
    sentences = {code: str(text) for code, text in plans.SENTENCES.items()}
    locked = {
        state: plans.sentence(Refusal("muscle_locked", {"state": state, "places": [("psoas", "left")]}))
        for state in (*STATES[1:], NOT_ASKED)
    }
    assert len(set(locked.values())) == len(locked)
    return {**sentences, "muscle_locked": locked["acute"]}


def test_every_refusal_of_a_therapist_has_words():
    needs = qualifications.Needs(4, "abdominal", "psoas_release")
    missing = qualifications.refusals(needs, [], [])
    codes = {
        re.sub("missing$", end, refusal.code): refusal.values for refusal in missing for end in ("missing", "lapsed")
    }
    assert len({qualified.sentence(Refusal(code, values)) for code, values in codes.items()}) == 6


def test_every_question_has_its_words_and_a_short_form_for_the_therapist():
    assert len({rule.short for rule in shipped()}) == len(shipped())
    asked = [heading for _, questions in intake.the_list(shipped()) for heading, _ in questions]
    assert len(asked) == 11
    assert all(heading.strip() for heading in asked)


def test_every_group_of_questions_has_its_words_and_its_errors():
    assert set(intake.GROUPS) == set(GROUPS)
    wrong = {*unanswered({}).values(), *unanswered({PAGE[0]: ["none", "pregnant"]}).values()}
    assert wrong == set(intake.GROUP_ERRORS)


def test_every_area_side_and_task_has_words():
    words = [*map(booking.area, booking.AREAS), *map(booking.side, booking.SIDES), *map(booking.task, booking.TASKS)]
    assert all(words)
    assert len(set(words)) == len(words)
    assert set(re.findall(r'task="(\w+)"', SOURCE)) <= set(booking.TASKS)


def test_every_training_of_the_demo_has_words():
    assert {skill for one in demo.THERAPISTS for skill in getattr(one, "skills", ())} <= set(qualified.SKILLS)
