"""Words for how sound muscles are."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from clinic.notes.catalogue.muscles import shipped_muscles
from clinic.notes.rules.injuries import NOT_ASKED, Found, Place

STATES = {
    "none": _l("Not injured"),
    "acute": _l("New injury"),
    "healing": _l("Healing"),
    "unsure": _l("Not sure"),
    NOT_ASKED: _l("Not asked"),
}
SIDES = {"left": _l("left"), "right": _l("right")}


def places(some: Iterable[Place]) -> str:
    """Psoas left and right, iliacus left."""
    sides: dict[str, list[str]] = {}
    for muscle, side in some:
        sides.setdefault(muscle, []).append(str(SIDES[side]))
    both = gettext(" and ")
    return ", ".join(f"{shipped_muscles().names[muscle]} {both.join(of)}" for muscle, of in sides.items())


def unsound(found: Found) -> str:
    """Healing: psoas right. Not sure: calf left. Empty where every muscle that was asked about is sound."""
    by_state: dict[str, list[Place]] = {}
    for place, state in found.injuries.items():
        by_state.setdefault(state, []).append(place)
    told = [
        f"{words}: {places(by_state[state])}"
        for state, words in STATES.items()
        if state != "none" and state in by_state
    ]
    return ". ".join(told)
