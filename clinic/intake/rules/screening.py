"""The safety page of a release: what is asked of somebody who books again, and which answers can stand. Pure."""

from datetime import timedelta

from clinic.intake.rules.safety import PAGE, Decision

NONE_OF_THESE = "none"
CONFIRMED_WITHIN = timedelta(days=183)  # the list itself looks back six months: older answers were about others
ANSWER, CONFIRM, NOTHING = "answer", "confirm", "nothing"  # what booking the same again asks of the list


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
    for group in PAGE:
        ticks = ticks_by_group.get(group, [])
        if not ticks:
            wrong[group] = "blank"
        elif NONE_OF_THESE in ticks and len(ticks) > 1:
            wrong[group] = "both"
    return wrong
