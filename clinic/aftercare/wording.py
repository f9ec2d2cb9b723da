"""Sentences of plans: phases, doses, and why an exercise is not for somebody now."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from flask_babel import LazyString, format_date, gettext, ngettext
from flask_babel import lazy_gettext as _l

from clinic.aftercare.catalogue import Exercise, catalogue
from clinic.aftercare.queries import Approval
from clinic.core.refusals import Refusal
from clinic.core.times import local
from clinic.notes.rules.injuries import NOT_ASKED, SIDES, Found, Place
from clinic.notes.wording.injuries import STATES, places

PHASES = {
    "warm_up": _l("Warm up"),
    "calm": _l("Calm"),
    "strengthen": _l("Strengthen"),
    "stretch": _l("Stretch"),
}
POSITIONS = {
    "standing": _l("Standing"),
    "lying": _l("Lying"),
    "side_lying": _l("Lying on the side"),
    "all_fours": _l("On all fours"),
    "seated": _l("Sitting"),
    "kneeling": _l("Kneeling"),
}
OPENS = {
    "warm_up": _l("Always first. The easy walk is added by itself where you choose none."),
    "calm": _l("From the first day."),
    "strengthen": _l("Once the calm ones have gone well for a few days, with pain up to 3."),
    "stretch": _l("Once no muscle is injured, and strengthening goes well with pain up to 3."),
}
BEGINS = {  # the same, to whoever reads it without a therapist
    "warm_up": _l("Always first."),
    "calm": _l("From the first day."),
    "strengthen": _l("Once the calm ones have gone well for a few days, with pain up to 3 out of 10."),
    "stretch": _l("Last, once strengthening goes well."),
}
NEVER_STRETCH = _l(
    "Never stretch a muscle that is injured, or that might be: it first needs calm, then strength. "
    "If you are not sure, ask us before you stretch."
)
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
    "ask_first": _l("Ask first, then tick that you did: %(conditions)s."),
    "stretch_hold": _l("A stretch is held for %(least)s to %(most)s seconds."),
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
COUNTS = {
    1: _l("One exercise"),
    2: _l("Two exercises"),
    3: _l("Three exercises"),
    4: _l("Four exercises"),
    5: _l("Five exercises"),
    6: _l("Six exercises"),
}
ASK_FIRST_IF = (
    _l("you are pregnant, or gave birth in the last months;"),
    _l("you were injured or operated on not long ago, or have a new hip or knee;"),
    _l("you have trouble with your back that somebody treats, or brittle bones;"),
    _l("you fall easily, or your joints bend very far;"),
    _l("or you are simply not sure."),
)
IN_GENERAL = (
    _l("Breathe slowly. Never hold your breath."),
    _l("Move smoothly, without bouncing or jerking."),
    _l("A mild pull is fine. A sharp pain is not: ease off."),
    _l("Pain up to 3 out of 10 is fine. So is 4 or 5, if it settles within a day. At 6 or more, leave it for today."),
)
STOP_IF = (
    _l("a pain is sharp or sudden, or goes down your leg;"),
    _l("you feel numbness, tingling or weakness;"),
    _l("something hurts more the day after."),
)
# What to do about new numbness or weakness. Source: stop_and_call_for_help of the exercise research; for a clinician
# to sign off, like the safety page.
EMERGENCY_IF = (
    _l("numb between your legs, or round your genitals or back passage"),
    _l("trouble peeing, or holding pee or poo"),
    _l("both legs weak, and it is new or quickly getting worse"),
)
DOCTOR_TODAY_IF = (
    _l("one leg is newly weak, or gives way"),
    _l("your back hurts since a fall"),
    _l("your back hurts, and you have a fever or feel very unwell"),
)


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


def dose(step: Mapping[str, Any]) -> str:
    """A frozen step's dose in words: "2 × 30 seconds each side, 3 days a week"."""
    work = gettext("%(work)s each side", work=_work(step)) if step["sides"] == "each" else _work(step)
    held = gettext("held for %(length)s", length=length(step["hold_s"])) if step["reps"] and step["hold_s"] else ""
    turns = gettext("sides in turn") if step["sides"] == "alternate" else ""
    often = gettext("each time") if step["phase"] == "warm_up" else days(step["per_week"], step["per_week"])
    return ", ".join(filter(None, (work, held, turns, often)))


def usual_dose(exercise: Exercise) -> str:
    """The dose it comes with, in the same words."""
    return dose({**asdict(exercise.dose), "sides": exercise.sides, "phase": exercise.phase})


def days(least: int, most: int) -> str:
    """On how many days of a week."""
    if least != most:
        return str(gettext("%(least)d to %(most)d days a week", least=least, most=most))
    return str(ngettext("%(num)d day a week", "%(num)d days a week", most))


def length(seconds: int) -> str:
    if seconds >= 60 and seconds % 60 == 0:
        return str(ngettext("%(num)d minute", "%(num)d minutes", seconds // 60))
    return str(ngettext("%(num)d second", "%(num)d seconds", seconds))


def _work(step: Mapping[str, Any]) -> str:
    """What one side does: 10 times; 2 × 10; 2 × 30 seconds."""
    rounds = f"{step['sets']} × " if step["sets"] != 1 else ""
    reps = step["reps"]
    if step["time_s"] or not reps:
        return rounds + length(step["time_s"] or step["hold_s"] or 0)
    if step["unit"] == "breaths":
        return rounds + str(ngettext("%(num)d breath", "%(num)d breaths", reps))
    return f"{rounds}{reps}" if rounds else str(ngettext("%(num)d time", "%(num)d times", reps))


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


def exercises(count: int) -> str:
    """Three exercises."""
    return str(COUNTS[count]) if count in COUNTS else str(ngettext("%(num)d exercise", "%(num)d exercises", count))


def approved(approval: Approval | None, zone: str) -> str:
    """Whether anybody of the clinic stands by an exercise in the words it has now; `zone` of their wall."""
    if approval is None:
        return str(gettext("Not read by anybody of this clinic yet"))
    day = format_date(local(approval.at, zone).date(), "d MMMM y")
    return str(gettext("Read and approved by %(name)s on %(day)s", name=approval.name, day=day))


def day_and_month(on: date) -> str:
    """21 November"""
    return str(format_date(on, "d MMMM"))


def weekday(on: date) -> str:
    """Mon"""
    return str(format_date(on, "EEE"))
