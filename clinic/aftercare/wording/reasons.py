"""Why an exercise is not for somebody now, and what was found."""

from collections.abc import Iterable

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from clinic.aftercare import rules
from clinic.aftercare.catalogue import catalogue
from clinic.core.refusals import Refusal
from clinic.notes.rules.injuries import NOT_ASKED, SIDES, Found, Place
from clinic.notes.wording.injuries import STATES, places, unsound

LONG_MINUTES = 20


LOCKED = {
    "acute": _l("Injured, so no stretch yet: %(places)s. Calm first, then strengthen."),
    "healing": _l("Still healing, so no stretch yet: %(places)s. Calm first, then strengthen."),
    "unsure": _l("Not sure whether injured, so no stretch yet: %(places)s."),
    NOT_ASKED: _l("Not asked about yet, so no stretch: %(places)s."),
}


SENTENCES: dict[str, LazyString] = {
    "plan_empty": _l("There is nothing in the plan yet. Add an exercise."),
    "conditions_not_asked": _l("The conditions have not been asked about yet. Ask them first."),
    "plan_changed_meanwhile": _l(
        "This plan was changed elsewhere since you opened it. What you typed is below; look and save again."
    ),
    "avoid": _l("Not with this: %(condition)s."),
    "not_offered": _l("The clinic does not offer it for new plans."),
    "ask_first": _l("Ask first, then tick that you did: %(conditions)s."),
    "stretch_hold": _l("A stretch is held for %(least)s to %(most)s seconds."),
    "too_seldom": _l("Give it on two days a week at least."),
    "no_sides": _l("This one has no left or right: both work together."),
    "no_steps": _l("Say what to do, in one step at least."),
    "no_dose": _l("Say how much: how often, how long it is held, or for what time."),
    "phase_as_shipped": _l("One that comes with the product stays in its phase. Add one of your own instead."),
    "stretch_elsewhere": _l("A stretch belongs into the phase of stretches, so that an injury holds it back."),
    "stretch_without_muscle": _l("Name at least one muscle that it stretches, so that an injury holds it back."),
    "warm_up_stays": _l("Every plan begins with it, so it cannot be hidden. You can change its words."),
    "exercise_changed_meanwhile": _l(
        "Somebody changed this exercise since you opened it. Open it again to see how it is now."
    ),
}


def sentence(refusal: Refusal) -> str:
    """Why, to the therapist."""
    values = dict(refusal.values)
    if refusal.code == "muscle_locked":
        return str(LOCKED[values["state"]]) % {"places": places(values["places"])}
    if "condition" in values:
        values["condition"] = condition(values["condition"])
    if "conditions" in values:
        values["conditions"] = "; ".join(map(condition, values["conditions"]))
    return str(SENTENCES[refusal.code]) % values


def condition(code: str) -> str:
    return catalogue().conditions[code]


def gone_over(keys: Iterable[str]) -> str:
    """What an exercise is given in spite of, by the keys of the reasons: Healing: psoas left. Spinal stenosis."""
    found = rules.gone_over(keys)
    conditions = [catalogue().conditions[one] for one in catalogue().conditions if one in (found.conditions or ())]
    return ". ".join(filter(None, [unsound(found), *conditions]))


def found_lines(found: Found) -> list[str]:
    """What was found, for the therapist: what is injured or open, then the conditions."""
    by_state: dict[str, list[Place]] = {}
    for muscle in catalogue().muscles:
        for side in SIDES:
            by_state.setdefault(found.state(muscle, side), []).append((muscle, side))
    told = [f"{STATES[state]}: {places(by_state[state])}" for state in STATES if state != "none" and state in by_state]
    if found.conditions is None:
        conditions = [gettext("Conditions not asked about yet")]
    else:
        conditions = [condition(one) for one in catalogue().conditions if one in found.conditions]
    return [*(told or [gettext("No muscle injured")]), *(conditions or [gettext("No condition told")])]


def long(minutes: int | None) -> str:
    """A word of caution to the therapist where a session is longer than most people find time for."""
    if minutes is None or minutes <= LONG_MINUTES:
        return ""
    return str(
        gettext(
            "About %(minutes)d minutes a session. Hardly anybody finds more than %(most)d. Take something out.",
            minutes=minutes,
            most=LONG_MINUTES,
        )
    )


def many(count: int) -> str:
    """A word of caution to the therapist where a plan is long. The warm-up is not counted."""
    if count > 6:
        return str(
            gettext("%(count)d exercises are too many for most people. Keep the two to four that matter.", count=count)
        )
    if count > 4:
        return str(
            gettext("%(count)d exercises. People keep up with two to four; is each of these needed?", count=count)
        )
    return ""
