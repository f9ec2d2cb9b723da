"""Sentences of plans: phases, doses, and why an exercise is not for somebody now."""

from collections.abc import Iterable

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _l

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.rules import NOT_ASKED, Place
from clinic.core.refusals import Refusal

PHASES = {
    "warm_up": _l("Warm up"),
    "calm": _l("Calm"),
    "strengthen": _l("Strengthen"),
    "stretch": _l("Stretch"),
}
STATES = {
    "none": _l("Not injured"),
    "acute": _l("New injury"),
    "healing": _l("Healing"),
    "unsure": _l("Not sure"),
    NOT_ASKED: _l("Not asked"),
}
SIDES = {"left": _l("left"), "right": _l("right")}

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


def places(some: Iterable[Place]) -> str:
    """Psoas left and right, iliacus left."""
    sides: dict[str, list[str]] = {}
    for muscle, side in some:
        sides.setdefault(muscle, []).append(str(SIDES[side]))
    both = gettext(" and ")
    return ", ".join(f"{catalogue().muscles[muscle]} {both.join(of)}" for muscle, of in sides.items())


def dose(step: dict[str, object]) -> str:
    """A frozen step's dose in words: "2 × 30 seconds each side, 3 days a week"."""
    work = _work(step)
    times = f"{step['sets']} × {work}" if step["sets"] != 1 else work
    side = {"each": gettext("each side"), "alternate": gettext("sides in turn")}.get(str(step["sides"]), "")
    days = ngettext("%(num)d day a week", "%(num)d days a week", step["per_week"])
    return ", ".join(filter(None, (f"{times} {side}".strip(), days)))


def _work(step: dict[str, object]) -> str:
    if step["time_s"]:
        return _length(int(str(step["time_s"])))
    if step["reps"] and step["unit"] == "breaths":
        return str(ngettext("%(num)d breath", "%(num)d breaths", step["reps"]))
    if step["reps"] and step["hold_s"]:
        held = _length(int(str(step["hold_s"])))
        return str(gettext("%(reps)s times, held for %(held)s", reps=step["reps"], held=held))
    if step["reps"]:
        return str(ngettext("%(num)d time", "%(num)d times", step["reps"]))
    return _length(int(str(step["hold_s"] or 0)))


def _length(seconds: int) -> str:
    if seconds >= 60 and seconds % 60 == 0:
        return str(ngettext("%(num)d minute", "%(num)d minutes", seconds // 60))
    return str(ngettext("%(num)d second", "%(num)d seconds", seconds))
