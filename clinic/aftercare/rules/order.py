"""In which order a plan is done."""

from collections.abc import Sequence

from clinic.aftercare.catalogue import Catalogue


def moved(ids: Sequence[str], one: str, *, by: int, known: Catalogue) -> list[str]:
    """These exercises, with this one an exercise earlier (`by` -1) or later (1) in its phase: the phases keep their
    order. As they were where it is the first or the last of its phase.
    """
    beside = [id_ for id_ in ids if known.exercises[id_].phase == known.exercises[one].phase]
    place = beside.index(one) + by
    other = beside[place] if 0 <= place < len(beside) else one
    swapped = {one: other, other: one}
    return [swapped.get(id_, id_) for id_ in ids]
