"""A therapist runs late: everybody still to come today hears of it, if the clinic wishes."""

from collections.abc import Sequence
from datetime import datetime

from clinic.booking import queries, rules
from clinic.booking.models import Appointment, Delay
from clinic.booking.offered import ListedTherapist
from clinic.booking.programme import Programme
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.times import day_bounds, local
from clinic.messages.operations import Due, queue_all, sent_about, unqueue
from clinic.people.operations import lock

TELLS = "running_late"


def run_late(
    session: AnySession, known: Programme, therapist: ListedTherapist, minutes: int, *, now: datetime, by: Actor
) -> None:
    """Keep how late this therapist runs today, and tell those who are still to come; 0 is on time again, told to those
    who were told otherwise. The same again changes nothing. The caller commits.
    """
    lock(session, [therapist.resource_id])
    before = delay_now(session, known, therapist.id, now)
    if minutes == before:
        return
    told = Delay(therapist_id=therapist.id, minutes=minutes, at=now, by=str(by))
    session.add(told)
    session.flush()
    detail = {"before": before, "after": minutes}
    audit.record(session, "therapist.delayed", f"therapist:{therapist.id}", by=by, now=now, detail=detail)
    if known.clinic.tells_of_delays:
        _tell(session, _still_to_come(session, known, therapist.id, now), told)


def delay_now(session: AnySession, known: Programme, therapist_id: int, now: datetime) -> int:
    """By how many minutes a therapist runs late, as it was told last today."""
    told = queries.delays_between(session, *_today(known, therapist_id, now)).get(therapist_id)
    return told.minutes if told else 0


def _tell(session: AnySession, appointments: Sequence[Appointment], told: Delay) -> None:
    """One mail to each: what was told before and is not sent yet is not sent any more."""
    ids = [one.id for one in appointments]
    heard = sent_about(session, TELLS, ids)
    unqueue(session, TELLS, *ids)
    whom = ids if told.minutes else [each for each in ids if each in heard]
    queue_all(session, [Due(TELLS, each, told.at, once=f"{each}/{told.id}") for each in whom])


def _still_to_come(session: AnySession, known: Programme, therapist_id: int, now: datetime) -> Sequence[Appointment]:
    """Those of today that have not begun and whose client is not here yet."""
    to_come = queries.day_between(session, now, _today(known, therapist_id, now)[1], therapist_id=therapist_id)
    return [one for one in to_come if queries.reached(one).state in rules.AWAITED and one.starts_at > now]


def _today(known: Programme, therapist_id: int, now: datetime) -> tuple[datetime, datetime]:
    """The day as it is where they work now."""
    zone = known.location_at(therapist_id, now).zone
    return day_bounds(local(now, zone).date(), zone)
