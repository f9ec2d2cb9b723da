"""Calling an appointment off, and putting it back where that was a slip."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from clinic.booking import queries, rules
from clinic.booking.models import Appointment, Cancellation, Claim
from clinic.booking.operations.calling import ring
from clinic.booking.operations.displacing import ask_to_assess, assessed, settle, unsettle
from clinic.booking.operations.shared import (
    claim,
    claimed,
    client_resource_id,
    end_past_holds,
    lock_held,
    lost_race,
    reminders,
)
from clinic.booking.pairs import as_booked
from clinic.booking.programme import Programme, programme
from clinic.booking.told import Told, told_by
from clinic.booking.wishes import Wish, unqualified
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.core.times import days_of, local, minute_of
from clinic.messages.operations import queue, queue_all, unqueue
from clinic.people.operations import lock


def cancel(
    session: AnySession,
    appointment: Appointment,
    *,
    now: datetime,
    by: Actor,
    ours: bool = False,
    following: bool = False,
) -> list[Refusal]:
    """Call an appointment off: its time is free at once. Doing it twice changes nothing. The caller commits.

    `ours`: the clinic calls it off, and not its client, who then is never late. `following`: whatever was booked
    because of this assessment is called off too; else each that stays is work for the desk.
    """
    lock_held(session, appointment)
    session.refresh(appointment, ["cancellation", "starts_at", "version"])
    if appointment.cancellation:
        return []
    if appointment.starts_at <= now:
        return [Refusal("already_begun")]
    known = programme(session)
    follow = queries.following(session, known, appointment) if known else []  # theirs, and so under the same lock
    for one in [appointment, *(follow if following else [])]:
        _end(session, known, one, now=now, by=by, ours=ours)
    if not following:
        ask_to_assess(session, follow, now=now, by=by)
    return []


def _end(
    session: AnySession, known: Programme | None, appointment: Appointment, *, now: datetime, by: Actor, ours: bool
) -> None:
    notice_minutes = known.clinic.change_notice_hours * 60 if known else 0
    late = not ours and rules.is_late(appointment.starts_at, now, notice_minutes)
    session.execute(delete(Claim).where(Claim.appointment_id == appointment.id))
    ended = {"appointment_id": appointment.id, "at": now, "by": str(by), "late": late}
    session.execute(insert(Cancellation), ended)
    appointment.version += 1
    detail = {"late": late, "ours": ours}
    audit.record(session, "appointment.cancelled", f"appointment:{appointment.id}", by=by, now=now, detail=detail)
    settle(session, appointment, now=now, by=by)
    unqueue(session, "appointment_reminder", appointment.id)
    queue(session, "appointment_cancelled", appointment.id, due_at=now, once=_once(appointment))


def reinstate(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> list[Refusal]:
    """Put back what the staff cancelled by mistake, where its time is still free. Its client hears of it if they have
    heard of the cancellation. The caller commits.
    """
    try:
        return _reinstate(session, appointment, now=now, by=by)
    except IntegrityError as error:
        return lost_race(session, error, "taken_meanwhile")


def _reinstate(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> list[Refusal]:
    known = programme(session)
    spans = _spans(session, known, appointment) if known else {}
    if known is None or not spans:
        return [Refusal("not_offered")]
    lock(session, sorted({*queries.resource_ids(known), *spans}))
    session.refresh(appointment, ["cancellation", "starts_at", "version"])
    facts = programme(session) or known  # read again under the lock, as for a booking
    told = _told_by_now(session, facts, appointment)
    if against := [*_unqualified_now(facts, appointment), *told.refusals(is_release=appointment.is_release)]:
        return against
    ended = appointment.cancellation
    if ended is None:
        return [Refusal("undone_already")]
    if not ended.by_staff:
        return [Refusal("cancelled_by_client")]
    end_past_holds(session, now)
    aside = _put_aside(session, appointment)
    spans = _free_spans(session, facts, appointment, aside, now)
    if not spans or queries.is_blocked(session, appointment, since=ended.at, now=now):
        return [Refusal("taken_meanwhile")]
    _put_back(session, appointment, spans)
    unsettle(session, appointment, ended.at)
    if appointment.approval and appointment.declined:  # that is undone too
        appointment.approval.done_at, appointment.approval.done_by_id = None, None
    session.flush()
    session.refresh(appointment, ["cancellation"])
    if told.rings:
        ring(session, appointment, now=now, by=by)
    _see_to_assessments(session, facts, appointment, aside, now=now, by=by)
    audit.record(session, "appointment.reinstated", f"appointment:{appointment.id}", by=by, now=now)
    queue_all(session, reminders(appointment, known.clinic.reminder_hours, now))
    queue(session, "appointment_reinstated", appointment.id, due_at=now, once=_once(appointment))
    return []


def _see_to_assessments(
    session: AnySession, facts: Programme, appointment: Appointment, aside: Collection[str], *, now: datetime, by: Actor
) -> None:
    """What follows it has its assessment again; the one before it may have gone, or there is another by now."""
    assessed(session, queries.following(session, facts, appointment), now=now, by=by)
    if queries.lacks_assessment(session, facts, appointment) and "assessment_first" not in aside:
        ask_to_assess(session, [appointment], now=now, by=by)
    else:
        assessed(session, [appointment], now=now, by=by)


def _unqualified_now(facts: Programme, appointment: Appointment) -> list[Refusal]:
    """Whether its therapist may not give it any more: a paper may have lapsed or been revoked since."""
    treatment = as_booked(facts, appointment)
    therapist = facts.therapist_by_id(appointment.therapist_id)
    if treatment is None or therapist is None:
        return [Refusal("not_offered")]
    zone = facts.location_of(appointment).zone
    return unqualified(treatment, therapist, days_of(appointment.starts_at, appointment.ends_at, zone))


def _told_by_now(session: AnySession, facts: Programme, appointment: Appointment) -> Told:
    """What its client has told by now: while it was cancelled, nobody heeded that for it."""
    on = local(appointment.starts_at, facts.location_of(appointment).zone).date()
    return told_by(session, facts.safety, appointment.client_id, appointment.screening, on=on)


def _put_back(session: AnySession, appointment: Appointment, spans: dict[int, tuple[datetime, datetime]]) -> None:
    session.execute(delete(Cancellation).where(Cancellation.appointment_id == appointment.id))
    claim(session, appointment, spans)
    appointment.version += 1


def _put_aside(session: AnySession, appointment: Appointment) -> set[str]:
    """What the staff put aside for it where it stands, and not for where it was."""
    since = max((move.at for move in appointment.moves), default=appointment.booked_at)
    return {code for one in queries.overrides_of(session, appointment.id) if one.at >= since for code in one.codes}


def _free_spans(
    session: AnySession, facts: Programme, appointment: Appointment, aside: Collection[str], now: datetime
) -> dict[int, tuple[datetime, datetime]]:
    """What it claims again, without its rest if need be and if it had none; nothing where that is taken."""
    for bare in (False, True) if "rest_short" in aside else (False,):
        spans = _spans(session, facts, appointment, bare=bare)
        if spans and _are_free(session, spans, now):
            return spans
    return {}


def _spans(
    session: AnySession, known: Programme, appointment: Appointment, *, bare: bool = False
) -> dict[int, tuple[datetime, datetime]]:
    """What it would claim again; nothing where its treatment, therapist or room is no longer there."""
    treatment = as_booked(known, appointment)
    therapist = known.therapist_by_id(appointment.therapist_id)
    room = next((one for one in known.rooms if one.id == appointment.room_id), None)
    if treatment is None or therapist is None or room is None:
        return {}
    client, lasts = appointment.client, appointment.minutes
    wish = Wish(treatment, lasts, therapist, appointment.starts_at, client.name, client.email, bare=bare)
    return dict(claimed(wish, room, client_resource_id(session, appointment)))


def _are_free(session: AnySession, spans: Mapping[int, tuple[datetime, datetime]], now: datetime) -> bool:
    """Whether nobody has them by now. The blocks there are no more in its way than they were."""
    minutes = {one: (minute_of(starts), minute_of(ends)) for one, (starts, ends) in spans.items()}
    first, last = min(starts for starts, _ in minutes.values()), max(ends for _, ends in minutes.values())
    taken = queries.taken_of(session, minutes, first, last, now=now, own=())
    return all(rules.is_free(taken[one].claims, span) for one, span in minutes.items())


def _once(appointment: Appointment) -> str:
    """It may be cancelled, put back, and cancelled again."""
    return f"{appointment.id}/{appointment.version}"
