"""Looking for an exercise. Pure: the catalogue and what is wanted in, exercises out."""

from dataclasses import dataclass

from clinic.aftercare.catalogue import Catalogue, Exercise
from clinic.aftercare.rules import Advice

NO_KIT = "none"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is empty is left open. `kit`: a thing that is used, or NO_KIT."""

    words: str = ""
    muscle: str = ""
    position: str = ""
    phase: str = ""
    kit: str = ""
    condition: str = ""  # what it must be fit for


def matching(known: Catalogue, wanted: Wanted) -> list[Exercise]:
    """The offered exercises that are all of that, in the order of the catalogue."""
    return [one for one in known.exercises.values() if one.offered and _fits(one, wanted, known)]


def advice_on(exercise: Exercise, condition: str) -> Advice:
    """What one condition, whoever has it, says to an exercise that it is not against."""
    changes = {condition: exercise.modify[condition]} if condition in exercise.modify else {}
    return Advice((), (condition,) if condition in exercise.ask_first else (), changes)


def kit_of(known: Catalogue) -> list[str]:
    """Everything that is needed for one exercise or another, by name."""
    return sorted({thing for one in known.exercises.values() for thing in one.equipment})


def _fits(exercise: Exercise, wanted: Wanted, known: Catalogue) -> bool:
    text = text_of(exercise, known)
    return (
        all(word in text for word in wanted.words.casefold().split())
        and (not wanted.muscle or wanted.muscle in exercise.targets)
        and wanted.position in {"", exercise.position}
        and wanted.phase in {"", exercise.phase}
        and _needs(exercise, wanted.kit)
        and wanted.condition not in exercise.avoid_if
    )


def _needs(exercise: Exercise, kit: str) -> bool:
    return not exercise.equipment if kit == NO_KIT else not kit or kit in exercise.equipment


def text_of(exercise: Exercise, known: Catalogue) -> str:
    """What it is called, is for, is felt in and needs. Not how it is done: that has a knee in nearly all of them."""
    muscles = (known.muscles[one] for one in exercise.targets)
    return " ".join((exercise.name, exercise.purpose, exercise.feel, *muscles, *exercise.equipment)).casefold()
