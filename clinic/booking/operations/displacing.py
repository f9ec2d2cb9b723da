"""Work for appointments that lie where nobody is, that nobody may give, or whose assessment is gone: each waits for
somebody to see to it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, update

from clinic.booking.models import Appointment
from clinic.booking.operations.shared import call_due_at
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.work import operations as work
from clinic.work.models import WorkItem

MOVE = "move_appointment"
REPLACE = "replace_therapist"
ASSESS = "book_assessment"
SETTLED = (MOVE, REPLACE, ASSESS)  # by moving it or calling it off


def ask_to_move(session: AnySession, cause: UUID, found: Sequence[Appointment], *, now: datetime, by: Actor) -> None:
    """Ask the desk to move each of these, once per `cause`; what is not in its way any more is done with."""
    of_cause = select(WorkItem).where(WorkItem.once.startswith(_of(cause))).order_by(WorkItem.id)
    asked = {item.subject: item for item in session.scalars(of_cause)}
    subjects = {subject_of(one): one for one in found}
    for subject, item in asked.items():
        if subject not in subjects:
            work.complete(session, item, now=now, by=by)
        elif item.done_at:
            work.reopen(session, item, now=now, by=by)
    for subject, one in subjects.items():
        if subject not in asked:
            due_at = call_due_at(one.starts_at, now)
            item = work.ask(session, MOVE, subject, None, due_at=due_at, now=now, by=by)
            item.once = f"{_of(cause)}{one.id}"


def ask_to_assess(session: AnySession, found: Sequence[Appointment], *, now: datetime, by: Actor) -> None:
    """Ask the desk for another assessment before each of these that is still to come, once while it waits."""
    for one in found:
        if one.starts_at > now and not session.scalars(_waiting(one, ASSESS)).first():
            work.ask(session, ASSESS, subject_of(one), None, due_at=call_due_at(one.starts_at, now), now=now, by=by)


def assessed(session: AnySession, found: Sequence[Appointment], *, now: datetime, by: Actor) -> None:
    """They have an assessment before them again: nobody has to see to that any more."""
    for one in found:
        for item in session.scalars(_waiting(one, ASSESS)):
            work.complete(session, item, now=now, by=by)


def settle(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> None:
    """It was moved or called off: nobody has to any more."""
    for item in session.scalars(_waiting(appointment, *SETTLED)):
        work.complete(session, item, now=now, by=by)


def unsettle(session: AnySession, appointment: Appointment, at: datetime) -> None:
    """That it was called off then was a slip: what that settled waits again."""
    settled = update(WorkItem).where(
        WorkItem.subject == subject_of(appointment), WorkItem.task.in_(SETTLED), WorkItem.done_at == at
    )
    session.execute(settled.values(done_at=None, done_by_id=None))


def _waiting(appointment: Appointment, *tasks: str) -> Select[WorkItem]:
    of_it = (WorkItem.subject == subject_of(appointment), WorkItem.task.in_(tasks), WorkItem.done_at.is_(None))
    return select(WorkItem).where(*of_it).order_by(WorkItem.id)


def _of(cause: UUID) -> str:
    return f"move:{cause}:"


def subject_of(appointment: Appointment) -> str:
    """As work and the trail name it."""
    return f"appointment:{appointment.id}"
