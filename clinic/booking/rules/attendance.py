"""How far a visit has come, what may follow, and what a client missed. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from clinic.booking.rules.clients import months_before
from clinic.core.refusals import Refusal

STEPS = ("confirmed", "arrived", "started", "finished", "no_show")  # in the order in which they may follow
HERE = ("arrived", "started", "finished")
AWAITED = ("booked", "confirmed")
EARLY = timedelta(hours=12)  # nobody is here the day before


def furthest(states: Iterable[str]) -> str:
    """The state that counts, of those that were not undone: each was further than the one before."""
    return max(states, key=STEPS.index, default="booked")


def step_refusals(state: str, step: str, *, starts_at: datetime, now: datetime) -> list[Refusal]:
    """Why a visit in this state cannot come to this step. Steps may be skipped."""
    if state == "cancelled":
        return [Refusal("cancelled_already")]
    if step == "confirmed" and starts_at <= now:
        return [Refusal("already_begun")]
    if state == "no_show":
        return [Refusal("missed_already")]
    if STEPS.index(step) <= _place(state) or (step == "no_show" and state in HERE):
        return [Refusal("further_already")]
    if step == "no_show" and now < starts_at:
        return [Refusal("not_begun_yet")]
    return [Refusal("too_early")] if step in HERE and starts_at - now > EARLY else []


def open_steps(state: str, *, starts_at: datetime, now: datetime) -> list[str]:
    """What may be said of a visit now: the next step first."""
    open_now = [step for step in STEPS if not step_refusals(state, step, starts_at=starts_at, now=now)]
    return sorted(open_now, key=lambda step: step == "confirmed")


def phase(starts_at: datetime, ends_at: datetime, now: datetime) -> int:
    """How far the clock has come: what may be said of a visit, and whether it runs, changes with this alone."""
    return (starts_at - now <= EARLY) + (starts_at <= now) + (ends_at <= now)


def moved_refusals(state: str) -> list[Refusal]:
    """Why a visit in this state is not moved to another time or therapist any more."""
    if state == "no_show":
        return [Refusal("missed_already")]
    return [Refusal("further_already")] if state in {"started", "finished"} else []


def stays(step: str, starts_at: datetime, now: datetime) -> bool:
    """Whether what was said holds for another time too: who is here is here for a later time of the same day."""
    return step in HERE and starts_at - now <= EARLY


def missed_within(missed: Iterable[datetime], *, now: datetime, months: int) -> int:
    """How many of these visits, which a client missed or cancelled late, fell into the last months."""
    return sum(at >= months_before(now, months) for at in missed)


def _place(state: str) -> int:
    return -1 if state == "booked" else STEPS.index(state)
