"""Two treatments in one visit, put together into one: searched, kept, judged and booked as one."""

from collections.abc import Sequence
from dataclasses import replace

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment
from clinic.booking.offered import OfferedLength, OfferedTreatment, Pair
from clinic.booking.programme import Programme
from clinic.core.money import Money
from clinic.core.refusals import Refusal


def together(first: OfferedTreatment, minutes: int, second: OfferedTreatment, second_minutes: int) -> OfferedTreatment:
    """Both in a row, by one therapist in one room, as one treatment of one length: whichever asks more, counts."""
    both, price = (first, second), first.price(minutes)
    added = Money(price.minor + second.price(second_minutes).minor, price.currency)
    length = OfferedLength(minutes + second_minutes, added)
    assessed = next((one for one in both if one.assessment_id), first)
    return replace(
        first,
        name=f"{first.name} + {second.name}",
        words="",
        mail_name="",
        is_release=any(one.is_release for one in both),
        alternative_id=None,
        lengths=(length,),
        usual=length,
        rest_minutes=max(one.rest_minutes for one in both),
        cleaning_minutes=max(one.cleaning_minutes for one in both),
        preparation_minutes=max(one.preparation_minutes for one in both),
        notice_minutes=max(one.notice_minutes for one in both),
        horizon_days=min(one.horizon_days for one in both),
        grid_minutes=max(one.grid_minutes for one in both),
        packed=any(one.packed for one in both),
        assessment_id=assessed.assessment_id,
        assessment_months=assessed.assessment_months,
        needs_approval=any(one.needs_approval for one in both),
        most_a_day=None,
        deep=any(one.deep for one in both),
        deposit_words=" ".join(dict.fromkeys(one.deposit_words for one in both if one.deposit_words)),
        room_kinds=first.room_kinds | second.room_kinds,
        pair=Pair(first, second, second_minutes),
    )


def without_release(known: Programme, treatment: OfferedTreatment, minutes: int) -> tuple[OfferedTreatment, int] | None:
    """The same without deep work on the tummy, and how long: instead of each release its alternative, as long as the
    release where it is offered so long, else the next shorter, else its shortest. None where one is not offered.
    """
    found: dict[OfferedTreatment, int] = {}
    for one, lasts in zip(treatment.each, treatment.minutes_of_each(minutes), strict=True):
        other = known.treatment_by_id(one.alternative_id) if one.is_release else one
        if other is None:
            return None
        found.setdefault(other, (other.length(lasts) or other.within(lasts) or other.lengths[0]).minutes)
    instead = joined(known, list(found), list(found.values()))
    return (instead, sum(found.values())) if instead else None


def length_refusals(treatment: OfferedTreatment, minutes: int) -> list[Refusal]:
    """Why no client books this for so many minutes, whatever the time."""
    of_each = zip(treatment.each, treatment.minutes_of_each(minutes), strict=True)
    offered = all(one.length(lasts) for one, lasts in of_each)
    return visit_refusals(treatment, minutes) or ([] if offered else [Refusal("not_offered")])


def visit_refusals(treatment: OfferedTreatment, minutes: int) -> list[Refusal]:
    """Why nobody books this for so many minutes in one visit, the staff neither."""
    if len({one.id for one in treatment.each}) < len(treatment.each):
        return [Refusal("same_twice")]
    after = max(treatment.rest_minutes, treatment.cleaning_minutes)
    too_long = treatment.preparation_minutes + minutes + after > MAX_CLAIM_MINUTES
    return [Refusal("too_long")] if too_long else []


def as_offered(
    known: Programme, treatment: OfferedTreatment, minutes: int, *, stands: bool = False
) -> OfferedTreatment | None:
    """The same treatment, or pair, as this programme has it; None where it is not offered any more, unless what is
    booked for it `stands` already.
    """
    found = [known.booked_treatment(one.id) if stands else known.treatment_by_id(one.id) for one in treatment.each]
    return joined(known, found, treatment.minutes_of_each(minutes))


def as_booked(known: Programme, appointment: Appointment) -> OfferedTreatment | None:
    """What an appointment was booked for, as the clinic gives it now, offered still or not."""
    found = [known.booked_treatment(appointment.treatment_id)]
    if appointment.second_treatment_id:
        found.append(known.booked_treatment(appointment.second_treatment_id))
    return joined(known, found, appointment.minutes_of_each)


def joined(
    known: Programme, found: Sequence[OfferedTreatment | None], minutes: Sequence[int]
) -> OfferedTreatment | None:
    """One as it is, or both as a pair, the same object for the same pair; None where one is missing."""
    first, *others = found
    if first is None or not others:
        return first
    second = others[0]
    if second is None:
        return None
    key = (first.id, minutes[0], second.id, minutes[1])
    if key not in known.pairs:
        known.pairs[key] = together(first, minutes[0], second, minutes[1])
    return known.pairs[key]
