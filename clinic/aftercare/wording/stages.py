"""What a session says at each of its stages: on the page, on the screen of the player, and aloud."""

from typing import NamedTuple

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from clinic.aftercare.rules import Stage
from clinic.aftercare.wording.doses import length

WHAT = {"ready": _l("Get ready"), "switch": _l("Switch sides"), "rest": _l("Rest")}
SIDES = {"left": _l("Left side"), "right": _l("Right side")}


class StageWords(NamedTuple):
    """What to do, on which side, in which round; the last two empty where there is no such thing."""

    what: str
    side: str
    round: str


def stage_words(stage: Stage, unit: str = "") -> StageWords:
    """`unit`: "breaths" where the repetitions of its exercise are breaths."""
    rounds = stage.rounds > 1 and stage.kind in {"work", "rest"}
    return StageWords(
        _what(stage, unit),
        str(SIDES[stage.side]) if stage.side else "",
        str(gettext("Round %(n)d of %(all)d", n=stage.round_number, all=stage.rounds)) if rounds else "",
    )


def _what(stage: Stage, unit: str) -> str:
    if stage.kind == "work":
        return _work(stage, unit)
    return str(WHAT[stage.kind])


def _work(stage: Stage, unit: str) -> str:
    reps = _repetitions(stage.reps, unit) if stage.reps else ""
    if stage.each_s:
        return str(gettext("%(times)s, hold each for %(length)s", times=reps, length=length(stage.each_s)))
    if reps:
        return reps
    if stage.is_held:
        return str(gettext("Hold for %(length)s", length=length(stage.seconds or 0)))
    seconds = stage.seconds
    return str(gettext("Keep going for %(length)s", length=length(seconds)) if seconds else gettext("Do it once"))


def _repetitions(reps: int, unit: str) -> str:
    if unit == "breaths":
        return str(ngettext("%(num)d slow breath", "%(num)d slow breaths", reps))
    return str(ngettext("%(num)d time", "%(num)d times", reps))
