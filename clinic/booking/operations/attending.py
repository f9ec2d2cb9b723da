"""How far a visit has come, said by the staff or, that they will come, by the client. A slip is undone."""

from datetime import datetime

from sqlalchemy import update

from clinic.booking import queries, rules
from clinic.booking.models import Appointment, Attendance
from clinic.booking.operations.displacing import ask_to_assess, assessed
from clinic.booking.operations.ending import reinstate
from clinic.booking.operations.shared import lock_held
from clinic.booking.programme import programme
from clinic.booking.queries import Reached
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal


def attend(session: AnySession, appointment: Appointment, step: str, *, now: datetime, by: Actor) -> list[Refusal]:
    """Keep that a visit has come to this step, or say why not. Where it is there already, nothing happens. What was
    booked because of an assessment that was missed is work for the desk. The caller commits.
    """
    was = _locked(session, appointment)
    if was.state == step:
        return []
    if refusals := rules.step_refusals(was.state, step, starts_at=appointment.starts_at, now=now):
        return refusals
    if step == "no_show":
        ask_to_assess(session, _relying(session, appointment), now=now, by=by)
    session.add(Attendance(appointment_id=appointment.id, state=step, at=now, by=str(by)))
    if step == "confirmed":
        appointment.confirmed_at = now
    appointment.version += 1
    detail = {"before": was.state, "after": step}
    audit.record(session, f"appointment.{step}", f"appointment:{appointment.id}", by=by, now=now, detail=detail)
    session.flush()
    session.refresh(appointment, ["steps"])
    return []


def undo(session: AnySession, appointment: Appointment, step: str, *, now: datetime, by: Actor) -> list[Refusal]:
    """Take back the last step, or a cancellation, where it is this one: a second click undoes no more. Its row stays,
    with who undid it. The caller commits.
    """
    was = _locked(session, appointment)
    if was.state != step or step == "booked":
        return [Refusal("undone_already")]
    if step == "cancelled":
        return reinstate(session, appointment, now=now, by=by)
    row = update(Attendance).where(Attendance.appointment_id == appointment.id, Attendance.undone_at.is_(None))
    session.execute(row.where(Attendance.state == step).values(undone_at=now, undone_by=str(by)))
    if step == "confirmed":
        appointment.confirmed_at = None
    appointment.version += 1
    session.flush()
    session.refresh(appointment, ["steps"])
    if step == "no_show":
        assessed(session, _relying(session, appointment), now=now, by=by)
    detail = {"before": step, "after": queries.reached(appointment).state}
    audit.record(session, "appointment.undone", f"appointment:{appointment.id}", by=by, now=now, detail=detail)
    return []


def move_refusals(session: AnySession, appointment: Appointment) -> list[Refusal]:
    """Why a visit that has begun or was missed does not move to another time or therapist."""
    session.refresh(appointment, ["steps"])
    return rules.moved_refusals(queries.reached(appointment).state)


def come_anew(session: AnySession, appointment: Appointment, starts_at: datetime, *, now: datetime, by: Actor) -> None:
    """Undo, for a move, what was said of the old time; but who is here stays so for a later time today."""
    session.refresh(appointment, ["steps"])
    for step in appointment.steps:
        if not rules.stays(step.state, starts_at, now):
            step.undone_at, step.undone_by = now, str(by)


def _relying(session: AnySession, assessment: Appointment) -> list[Appointment]:
    """The client's visits that could not have been booked without this one."""
    known = programme(session)
    return queries.following(session, known, assessment) if known else []


def _locked(session: AnySession, appointment: Appointment) -> Reached:
    """Where it stands, while nobody else moves, cancels or changes it."""
    lock_held(session, appointment)
    session.refresh(appointment, ["starts_at", "confirmed_at", "version", "cancellation", "steps"])
    return queries.reached(appointment)
