"""What has to be so about a client before a treatment, whatever its time. Pure."""

from calendar import monthrange
from datetime import datetime

from clinic.core.refusals import Refusal
from clinic.intake.rules import Decision


def screening_refusals(decision: Decision | None, *, is_release: bool) -> list[Refusal]:
    """What the safety page rules out. A release needs its answers; nothing is booked before a doctor."""
    if decision is None:
        return [Refusal("screening_needed")] if is_release else []
    if decision.emergency or decision.refer:
        return [Refusal("doctor_first")]
    return [Refusal("release_ruled_out")] if is_release and not decision.release_allowed else []


def told_refusals(decision: Decision, *, is_release: bool) -> list[Refusal]:
    """What a client whom we know has told before rules out, whoever asks: a doctor or a call comes first, or no deep
    work on the tummy. Nothing puts it aside but a clearance.
    """
    if decision.emergency or decision.refer:
        return [Refusal("ring_first")]
    return [Refusal("release_ruled_out")] if is_release and not decision.release_allowed else []


def assessment_refusals(seen_at: datetime | None, starts_at: datetime, months: int | None) -> list[Refusal]:
    """A treatment that asks for an assessment first. `seen_at` is when the client last ended one, or this treatment
    itself; None for somebody who never did, and for guests, who prove nothing. Without `months` it is good for ever.
    """
    good = seen_at is not None and (months is None or seen_at >= months_before(starts_at, months))
    return [] if good else [Refusal("assessment_first")]


def months_before(at: datetime, months: int) -> datetime:
    """The same day of the month so many months ago, or that month's last: 31 March less one is 28 February."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def day_refusals(booked: int, most: int | None) -> list[Refusal]:
    """`booked` is how many appointments a known client has on that day already."""
    return [Refusal("client_day_full")] if most is not None and booked >= most else []
