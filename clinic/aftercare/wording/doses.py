"""How much, how often and how long, in words."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from clinic.aftercare.catalogue import Exercise
from clinic.aftercare.wording.calendar_days import week

COUNTS = {
    1: _l("One exercise"),
    2: _l("Two exercises"),
    3: _l("Three exercises"),
    4: _l("Four exercises"),
    5: _l("Five exercises"),
    6: _l("Six exercises"),
}

ONE_SIDE = {"left": _l("left side only"), "right": _l("right side only")}
STARTS = {"left": _l("left first"), "right": _l("right first")}


def dose(step: Mapping[str, Any]) -> str:
    """A frozen step's dose in words: "2 × 30 seconds each side, left first, on Mon, Wed, Fri"."""
    held = gettext("held for %(length)s", length=length(step["hold_s"])) if step["reps"] and step["hold_s"] else ""
    band = gettext("with: %(band)s", band=step["band"]) if step.get("band") else ""
    return ", ".join(filter(None, (*_work_and_sides(step), held, band, *_often(step))))


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


def _work_and_sides(step: Mapping[str, Any]) -> tuple[str, ...]:
    """What is done, on which side, and where it begins. What was sent before sides could be chosen names none."""
    side, start = step.get("side"), step.get("start_side")
    if side:
        return _work(step), str(ONE_SIDE[side])
    first = str(STARTS[start]) if start and step["sides"] != "none" else ""
    if step["sides"] == "each":
        return gettext("%(work)s each side", work=_work(step)), first
    return _work(step), gettext("sides in turn") if step["sides"] == "alternate" else "", first


def _often(step: Mapping[str, Any]) -> tuple[str, ...]:
    """How many times a day, and on which days or how many."""
    if step["phase"] == "warm_up":
        return (gettext("each time"),)
    times = step.get("times_a_day", 1)
    a_day = {1: "", 2: gettext("twice a day")}.get(times, gettext("%(num)d times a day", num=times))
    if on := step.get("weekdays"):
        names = week()
        return a_day, gettext("on %(days)s", days=", ".join(names[one] for one in on))
    return a_day, days(step["per_week"], step["per_week"])


def _work(step: Mapping[str, Any]) -> str:
    """What one side does: 10 times; 2 × 10; 2 × 30 seconds."""
    rounds = f"{step['sets']} × " if step["sets"] != 1 else ""
    reps = step["reps"]
    if step["time_s"] or not reps:
        return rounds + length(step["time_s"] or step["hold_s"] or 0)
    if step["unit"] == "breaths":
        return rounds + str(ngettext("%(num)d breath", "%(num)d breaths", reps))
    return f"{rounds}{reps}" if rounds else str(ngettext("%(num)d time", "%(num)d times", reps))


def exercises(count: int) -> str:
    """Three exercises."""
    return str(COUNTS[count]) if count in COUNTS else str(ngettext("%(num)d exercise", "%(num)d exercises", count))
