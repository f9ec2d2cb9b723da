"""What practice speaks for, in sentences to the therapist."""

from dataclasses import asdict

from flask_babel import gettext

from clinic.aftercare.catalogue import Catalogue, Exercise
from clinic.aftercare.rules import Gate, Step, Suggestion
from clinic.aftercare.wording.doses import dose
from clinic.aftercare.wording.phases import PHASES


def suggested(one: Suggestion, known: Catalogue) -> str:
    """What it would change: "Bridge: 3 × 10, held for 3 seconds, 3 days a week"."""
    exercise, other = known.exercises[one.exercise], known.exercises[one.step.exercise]
    if one.kind == "phase":
        return str(gettext("%(phase)s may begin: %(name)s", phase=PHASES[other.phase], name=other.name))
    if one.kind in {"harder", "easier"}:
        return str(gettext("%(other)s instead of %(name)s", other=other.name, name=exercise.name))
    return str(gettext("%(name)s: %(dose)s", name=exercise.name, dose=_dose(one.step, exercise)))


def suggested_why(one: Suggestion) -> str:
    """What was told that speaks for it."""
    if one.why == "good_week":
        told = gettext(
            "One step more: done on %(done)s days of %(planned)s in the last week, with pain up to %(pain)s.",
            done=one.done,
            planned=one.planned,
            pain=one.pain,
        )
    elif one.why == "gate":
        told = gettext("What comes before it went well on %(done)s days of the last seven.", done=one.done)
    elif one.why == "pain":
        told = gettext("One step less: there was more pain than there should be in the last week.")
    else:
        told = gettext("One step less: it was told to be too hard in the last week.")
    return str(told)


def to_be_met(gate: Gate, *, held: bool) -> list[tuple[str, bool]]:
    """What has to be met before its phase begins, and whether it is."""
    days = gettext(
        "%(before)s: done with little pain on %(days)s of the last 7 days. %(needed)s are enough.",
        before=PHASES[gate.before],
        days=gate.days,
        needed=gate.needed,
    )
    told = gettext("No strong pain, numbness or weakness in these days.")
    sound = [(gettext("Hip flexors, groin and tummy were asked about and are not injured."), not gate.is_injured)]
    return [
        (days, gate.days >= gate.needed),
        (told, not gate.is_alarming),
        *(sound if gate.phase == "stretch" else []),
        (gettext("It is not back, and no call about something alarming waits."), not held),
    ]


def _dose(step: Step, exercise: Exercise) -> str:
    as_sent = {**asdict(step), "sides": exercise.sides, "phase": exercise.phase, "unit": exercise.dose.unit}
    return dose(as_sent)
