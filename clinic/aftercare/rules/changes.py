"""What changed between two plans that were sent one after the other, for the client to see at a glance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Frozen = Mapping[str, Any]
# What a dose is made of, and what each is where an older document does not have it.
DOSE: dict[str, Any] = {"sets": None, "reps": None, "hold_s": None, "time_s": None, "rest_s": 0, "per_week": None}
DOSE |= {"side": "", "start_side": "", "switch_s": None, "times_a_day": 1, "weekdays": [], "effort": "", "band": ""}


@dataclass(frozen=True)
class Changes:
    """Frozen steps of the later plan: those it did not have before, those whose dose or words to the client are others
    now, and those that stand elsewhere; and of the earlier plan those that are gone.
    """

    new: tuple[Frozen, ...] = ()
    gone: tuple[Frozen, ...] = ()
    dosed: tuple[Frozen, ...] = ()
    worded: tuple[Frozen, ...] = ()
    moved: tuple[Frozen, ...] = ()

    def __bool__(self) -> bool:
        return any((self.new, self.gone, self.dosed, self.worded, self.moved))


def changes(before: Frozen, after: Frozen) -> Changes:
    """From one frozen document to the next, of whichever version each is."""
    was = {step["exercise"]: step for step in before["steps"]}
    now = {step["exercise"]: step for step in after["steps"]}
    both = [name for name in now if name in was]
    dosed = [name for name in both if _dose(was[name]) != _dose(now[name])]
    worded = [name for name in both if was[name]["words"] != now[name]["words"]]
    return Changes(
        new=tuple(step for name, step in now.items() if name not in was),
        gone=tuple(step for name, step in was.items() if name not in now),
        dosed=tuple(now[name] for name in dosed),
        worded=tuple(now[name] for name in worded),
        moved=tuple(now[name] for name in _moved([name for name in was if name in now], both)),
    )


def _dose(step: Frozen) -> list[Any]:
    return [step.get(name, missing) for name, missing in DOSE.items()]


def _moved(was: Sequence[str], now: Sequence[str]) -> list[str]:
    """As few as explain the new order."""
    kept = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    stayed = {name for block in kept for name in now[block.b : block.b + block.size]}
    return [name for name in now if name not in stayed]
