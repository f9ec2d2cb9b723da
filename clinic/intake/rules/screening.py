"""What the safety page decides. Pure: ticks in, decision out.

The questions and their outcomes are the clinic's safety list for release treatments, to be signed off by a
clinician. Tiers: E emergency, R see a doctor first, N no deep abdominal work, C a therapist calls first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from clinic.intake.rules.safety import E1, E2, C, Decision, N, R


@dataclass(frozen=True)
class Question:
    """One line of the safety page. `number` is its number on the clinic's printed list."""

    code: str
    number: str
    group: str
    tiers: tuple[str, ...]


GROUPS = ("now", "tummy", "who")
QUESTIONS = (
    Question("saddle_or_leg", "1", "now", (E1,)),
    Question("chest_or_sudden", "2", "now", (E2,)),
    Question("unwell_with_pain", "3", "now", (R,)),
    Question("groin_locked", "3", "now", (R,)),
    Question("tummy_unexplained", "4", "tummy", (N, C)),
    Question("pregnant", "5", "tummy", (N,)),
    Question("blood_thinner", "6", "tummy", (N,)),
    Question("aspirin", "6", "tummy", (N,)),
    Question("vessels_or_operation", "7", "tummy", (N, C)),
    Question("under_18", "8a", "who", (N, C)),
    Question("aneurysm_risk", "8b", "who", (N,)),
)
BY_CODE = {question.code: question for question in QUESTIONS}
NONE_OF_THESE = "none"
BLEEDING = {"blood_thinner", "aspirin"}
CONFIRMED_WITHIN = timedelta(days=183)  # the list itself looks back six months: older answers were about others
ANSWER, CONFIRM, NOTHING = "answer", "confirm", "nothing"  # what booking the same again asks of the list


def decide(ticks: Collection[str]) -> Decision:
    """The decision for the ticked questions. Unknown codes are ignored: the page never sends any.

    A locked, painful groin in somebody who bleeds easily may be a bleed into the muscle itself: an emergency.
    """
    reasons = tuple(question.code for question in QUESTIONS if question.code in ticks)
    tiers = {tier for code in reasons for tier in BY_CODE[code].tiers}
    if "groin_locked" in reasons and BLEEDING & set(reasons):
        tiers.add(E1)
    return Decision(frozenset(tiers), reasons)


def asked_again(decision: Decision | None, age: timedelta, *, is_release: bool) -> str:
    """What somebody who books the same again is asked, given what they answered last: the whole list, that nothing
    on it has changed, or nothing.

    For a release only answers that allowed it may be confirmed; to any other treatment, whatever was ticked goes along.
    """
    if is_release:
        fresh = decision is not None and decision.release_allowed and age <= CONFIRMED_WITHIN
        return CONFIRM if fresh else ANSWER
    return CONFIRM if decision is not None and decision.tiers else NOTHING


def unanswered(ticks_by_group: dict[str, list[str]]) -> dict[str, str]:
    """The groups that cannot stand as they are: group → `blank` or `both` (a tick and "None of these")."""
    wrong = {}
    for group in GROUPS:
        ticks = ticks_by_group.get(group, [])
        if not ticks:
            wrong[group] = "blank"
        elif NONE_OF_THESE in ticks and len(ticks) > 1:
            wrong[group] = "both"
    return wrong
