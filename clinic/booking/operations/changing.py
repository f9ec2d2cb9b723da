"""Another treatment at the same time: the alternative in place of a release, and the release again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from clinic.booking.models import Appointment, Claim
from clinic.booking.offered import ListedTherapist, OfferedTreatment
from clinic.booking.operations.moving import FACTS_OF_IT, claim_anew
from clinic.booking.operations.shared import claimed, client_resource_id, end_past_holds, lost_race
from clinic.booking.pairs import as_booked, joined, without_release
from clinic.booking.programme import Programme, programme
from clinic.booking.queries import resource_ids_for
from clinic.booking.wishes import Desk, Wish, judge, unqualified
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.core.times import days_of
from clinic.messages.operations import queue
from clinic.people.operations import lock

FACTS = [*FACTS_OF_IT, "treatment_id", "second_treatment_id", "second_minutes", "price_minor", "screening_id"]


def leave_out_release(
    session: AnySession, known: Programme, appointment: Appointment, *, now: datetime, by: Actor
) -> bool:
    """The alternative in place of the release: same therapist, time and room, for its own price. False where it is not
    offered, lasts longer than the release, or its therapist may not give it. The caller has locked what it claims.
    """
    treatment, therapist = as_booked(known, appointment), known.therapist_by_id(appointment.therapist_id)
    found = without_release(known, treatment, appointment.minutes) if treatment else None
    if therapist is None or found is None or found[1] > appointment.minutes:
        return False
    zone = known.location_of(appointment).zone
    if unqualified(found[0], therapist, days_of(appointment.starts_at, appointment.ends_at, zone)):
        return False
    wish = _wish(appointment, *found, therapist)
    _shorten_claims(session, known, appointment, wish)
    _write(session, appointment, wish, now=now, by=by)
    return True


def make_release(
    session: AnySession, appointment: Appointment, release_id: int, *, now: datetime, by: Actor
) -> list[Refusal]:
    """The release in place of its alternative, at the same time, judged anew as the desk would book it: nothing that
    was told may stand against it. The caller commits.
    """
    try:
        return _make_release(session, appointment, release_id, now=now, by=by)
    except IntegrityError as error:
        return lost_race(session, error)


def releases_for(known: Programme, appointment: Appointment) -> list[OfferedTreatment]:
    """The releases that an appointment could be instead: those whose alternative is booked."""
    booked = {one.id for one in appointment.treatments}
    return [one for one in known.treatments if one.is_release and one.alternative_id in booked]


def _make_release(
    session: AnySession, appointment: Appointment, release_id: int, *, now: datetime, by: Actor
) -> list[Refusal]:
    known = programme(session)
    therapist = known.therapist_by_id(appointment.therapist_id) if known else None
    if known is None or therapist is None:
        return [Refusal("not_offered")]
    held = select(Claim.resource_id).where(Claim.appointment_id == appointment.id)
    lock(session, sorted({*resource_ids_for(known, therapist), *session.scalars(held)}))
    session.refresh(appointment, FACTS)
    end_past_holds(session, now)
    facts = programme(session) or known  # read again under the lock, as for a booking
    found = _with_release(facts, appointment, release_id)
    if appointment.cancellation or appointment.ends_at <= now or found is None:
        return [Refusal("cancelled_already" if appointment.cancellation else "not_offered")]
    wish = _wish(appointment, *found, therapist)
    room, refusals = judge(session, facts, wish, appointment.screening, now)
    if refusals or room is None:
        return refusals
    claim_anew(session, appointment, wish, room, client_resource_id(session, appointment))
    _write(session, appointment, wish, now=now, by=by)
    return []


def _with_release(known: Programme, appointment: Appointment, release_id: int) -> tuple[OfferedTreatment, int] | None:
    """What it is with this release in it, and how long: as long as the alternative was, or the next longer."""
    release = next((one for one in releases_for(known, appointment) if one.id == release_id), None)
    lengths = dict(zip((one.id for one in appointment.treatments), appointment.minutes_of_each, strict=True))
    if release is None or release.alternative_id is None:
        return None
    was = lengths.pop(release.alternative_id)
    minutes = next((one.minutes for one in release.lengths if one.minutes >= was), None)
    other = [known.booked_treatment(one) for one in lengths]
    if minutes is None:
        return None
    whole = joined(known, [release, *other], [minutes, *lengths.values()])
    return (whole, minutes + sum(lengths.values())) if whole else None


def _wish(appointment: Appointment, treatment: OfferedTreatment, minutes: int, therapist: ListedTherapist) -> Wish:
    client = appointment.client
    return Wish(
        treatment,
        minutes,
        therapist,
        appointment.starts_at,
        client.name,
        client.email,
        client=client,
        moves=appointment.id,
        chaperone=appointment.chaperone,
        desk=Desk(room_id=appointment.room_id),
    )


def _shorten_claims(session: AnySession, known: Programme, appointment: Appointment, wish: Wish) -> None:
    """What the alternative takes, and never more than the release took: nobody else's time is touched."""
    room = next(one for one in known.rooms if one.id == appointment.room_id)
    spans = claimed(wish, room, client_resource_id(session, appointment))
    claims = select(Claim.id, Claim.resource_id, Claim.starts_at, Claim.ends_at)
    for id_, resource_id, starts_at, ends_at in session.execute(claims.where(Claim.appointment_id == appointment.id)):
        span = spans.get(resource_id, (starts_at, ends_at))
        anew = {"starts_at": max(starts_at, span[0]), "ends_at": min(ends_at, span[1])}
        session.execute(update(Claim).where(Claim.id == id_).values(**anew))


def _write(session: AnySession, appointment: Appointment, wish: Wish, *, now: datetime, by: Actor) -> None:
    """What it is from now on. The trail keeps what it was; its client gets a mail, unless they are here by then."""
    before, pair = _facts(appointment), wish.treatment.pair
    appointment.treatment_id = wish.treatment.id
    appointment.second_treatment_id = pair.second.id if pair else None
    appointment.second_minutes = pair.second_minutes if pair else None
    appointment.ends_at = appointment.starts_at + timedelta(minutes=wish.minutes)
    appointment.price_minor = wish.treatment.price(wish.minutes).minor
    appointment.version += 1
    session.flush()
    session.refresh(appointment, ["treatment", "second_treatment"])
    detail = {"before": before, "after": _facts(appointment)}
    audit.record(session, "appointment.changed", f"appointment:{appointment.id}", by=by, now=now, detail=detail)
    if appointment.starts_at > now:
        once = f"{appointment.id}/{appointment.version}"
        queue(session, "appointment_changed", appointment.id, due_at=now, once=once)


def _facts(appointment: Appointment) -> Mapping[str, Any]:
    """What such a change may change."""
    return {
        "treatment": appointment.treatment_id,
        "second": appointment.second_treatment_id,
        "minutes": appointment.minutes,
        "price": appointment.price_minor,
    }
