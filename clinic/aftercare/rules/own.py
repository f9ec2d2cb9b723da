"""What an exercise of the clinic's own must have."""

from clinic.aftercare.catalogue import Exercise
from clinic.aftercare.rules.advice import STRETCH_HOLD_S, is_held_long
from clinic.aftercare.rules.weeks import is_too_seldom
from clinic.core.refusals import Refusal


def faults(made: Exercise, shipped: Exercise | None) -> list[Refusal]:
    """Why an exercise that the clinic made, or changed from this one of the product's, cannot be offered: a stretch
    has to be told from the rest, for an injury locks it; what is held as long as one has to name its muscles too.
    """
    is_stretch, (least, most) = made.phase == "stretch", STRETCH_HOLD_S
    reasons = {
        "no_steps": not any(one.kind in {"step", "breathing"} for one in made.steps),
        "no_dose": not (made.dose.reps or made.dose.hold_s or made.dose.time_s),
        "phase_as_shipped": shipped is not None and shipped.phase != made.phase,
        "stretch_elsewhere": (made.kind == "stretch") is not is_stretch,
        "stretch_without_muscle": (is_stretch or is_held_long(made)) and not made.targets,
        "too_seldom": is_too_seldom(made.phase, made.dose.per_week),
        "stretch_hold": is_stretch and not least <= (made.dose.hold_s or 0) <= most,
    }
    return [Refusal(code, {"least": least, "most": most}) for code, holds in reasons.items() if holds]
