"""One session of a plan as somebody goes through it: get ready, work, switch sides, rest. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clinic.aftercare.rules.doses import SECONDS_A_BREATH, SECONDS_A_REP

READY_S = 8
LEAST_SWITCH_S = 5
OTHER = {"right": "left", "left": "right"}
DRAWN_SIDE = "right"  # what a drawing shows; it begins where the therapist said nothing


@dataclass(frozen=True)
class Stage:
    """One stretch of a session. `side` is the one that works, or works next; empty where there is no such thing."""

    kind: str  # ready, work, switch or rest
    exercise: str
    side: str = ""  # left or right
    round_number: int = 1
    rounds: int = 1
    seconds: int | None = None  # None: it ends by hand
    reps: int | None = None
    each_s: int | None = None  # how long each repetition is held
    about_s: int | None = None  # what ends by hand takes about so long
    is_held: bool = False


def stages(steps: Sequence[Mapping[str, Any]]) -> list[Stage]:
    """All stages of one session of these frozen steps, the warm-up first."""
    warm_up_first = sorted(steps, key=lambda step: bool(step["phase"] != "warm_up"))
    return [stage for step in warm_up_first for stage in stages_of(step)]


def stages_of(step: Mapping[str, Any]) -> list[Stage]:
    """Those of one exercise: both sides get their full time in every round, and nobody rests after the last."""
    sides, rounds = sides_of(step), [_round(step, number + 1) for number in range(step["sets"])]
    found = [Stage("ready", step["exercise"], sides[0], 1, step["sets"], READY_S)]
    for number, work in enumerate(rounds, 1):
        found += work if number == 1 else [*_between(step, number), *work]
    return found


def sides_of(step: Mapping[str, Any]) -> tuple[str, ...]:
    """The sides that have a turn of their own, in order; one empty side where there are none."""
    if step.get("side"):
        return (step["side"],)  # what is frozen with one side has no sides any more
    if step["sides"] != "each":
        return ("",)
    first = step.get("start_side") or DRAWN_SIDE
    return (first, OTHER[first])


def _round(step: Mapping[str, Any], number: int) -> list[Stage]:
    first, *other = [_work(step, side, number) for side in sides_of(step)]
    return [first, *(one for work in other for one in (_switch(step, work.side, number), work))]


def _work(step: Mapping[str, Any], side: str, number: int) -> Stage:
    reps, each = (None, None) if step["time_s"] else (step["reps"], step["reps"] and step["hold_s"])
    seconds = step["time_s"] or (step["hold_s"] and (reps or 1) * step["hold_s"])
    one = SECONDS_A_BREATH if step.get("unit") == "breaths" else SECONDS_A_REP
    about = None if seconds else (reps or 1) * one
    dose = {"seconds": seconds or None, "reps": reps, "each_s": each or None, "about_s": about}
    held = bool(step["hold_s"] and not step["time_s"])
    return Stage("work", step["exercise"], side, number, step["sets"], **dose, is_held=held)


def _between(step: Mapping[str, Any], number: int) -> list[Stage]:
    """Before this round. Without a rest, whoever ended on the other side still has to come back."""
    first, *other = sides_of(step)
    if step["rest_s"]:
        return [Stage("rest", step["exercise"], first, number, step["sets"], step["rest_s"])]
    return [_switch(step, first, number)] if other else []


def _switch(step: Mapping[str, Any], side: str, number: int) -> Stage:
    seconds = max(LEAST_SWITCH_S, step.get("switch_s") or 0)
    return Stage("switch", step["exercise"], side, number, step["sets"], seconds)
