"""Whether clients were assessed before what asks for it, and which of their visits count on which assessment."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from clinic.booking import rules
from clinic.booking.models import Appointment, Cancellation
from clinic.booking.offered import OfferedTreatment
from clinic.booking.programme import Programme
from clinic.booking.queries.appointments import WITH_ALL, all_seen, seen_at
from clinic.booking.queries.free_days import Slot
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal


def assessment_refusals(
    session: AnySession,
    treatments: Iterable[OfferedTreatment],
    client_id: UUID | None,
    starts_at: datetime,
    *,
    until: datetime | None = None,
    but: Collection[UUID] = (),
) -> list[Refusal]:
    """Without `but`. A client who is not known has never been assessed: what is typed proves nothing. With `until`,
    only where it is so for each time from `starts_at` until then.
    """
    found: list[Refusal] = []
    for one in treatments:
        if one.assessment_id is not None:
            kinds = (one.assessment_id, one.id)
            seen = seen_at(session, client_id, kinds, until or starts_at, but=but) if client_id else None
            found += rules.assessment_refusals(seen, starts_at, one.assessment_months)
    return found


def after_assessment(
    session: AnySession, treatment: OfferedTreatment, client_id: UUID | None, slots: Sequence[Slot]
) -> list[Slot]:
    """The times, of these in order, at which the client will have been assessed for it. One statement, however many."""
    if treatment.assessment_id is None:
        return list(slots)
    seen = all_seen(session, client_id, (treatment.assessment_id, treatment.id)) if client_id else ()

    def refused(at: datetime) -> bool:
        last = max((one for one in seen if one <= at), default=None)
        return bool(rules.assessment_refusals(last, at, treatment.assessment_months))

    return [slot for slot in slots if not refused(slot.starts_at)]


def following(session: AnySession, known: Programme, assessment: Appointment) -> list[Appointment]:
    """The client's visits to come that may be booked because of this one, and could not be without it, in order. Asks
    nothing of the database where no treatment asks for this one first.
    """
    had = {assessment.treatment_id, assessment.second_treatment_id}
    if all(one.assessment_id is None or not had & {one.assessment_id, one.id} for one in known.all_treatments):
        return []
    found: list[Appointment] = []
    after = {"client_id": assessment.client_id, "after": assessment.ends_at}
    for visit in session.scalars(AFTER, after, execution_options={"populate_existing": True}).all():
        without = [assessment, *found]
        if not lacks_assessment(session, known, visit) and lacks_assessment(session, known, visit, without=without):
            found.append(visit)
    return found


def lacks_assessment(
    session: AnySession, known: Programme, visit: Appointment, *, without: Iterable[Appointment] = ()
) -> bool:
    """Whether a visit asks for an assessment that its client does not have before it."""
    ids = {visit.treatment_id, visit.second_treatment_id}
    treatments, but = [one for one in known.all_treatments if one.id in ids], [one.id for one in without]
    return bool(assessment_refusals(session, treatments, visit.client_id, visit.starts_at, but=but))


AFTER = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Cancellation.appointment_id.is_(None),
        Appointment.client_id == bindparam("client_id"),
        Appointment.starts_at >= bindparam("after"),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at, Appointment.id)
)
