"""Work for appointments that lie where nobody is, or that nobody may give, any more: each waits for somebody to move
it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.booking.operations.shared import call_due_at
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.work import operations as work
from clinic.work.models import WorkItem

MOVE = "move_appointment"
REPLACE = "replace_therapist"


def ask_to_move(session: AnySession, cause: UUID, found: Sequence[Appointment], *, now: datetime, by: Actor) -> None:
    """Ask the desk to move each of these, once per `cause`; what is not in its way any more is done with."""
    of_cause = select(WorkItem).where(WorkItem.once.startswith(_of(cause))).order_by(WorkItem.id)
    asked = {item.subject: item for item in session.scalars(of_cause)}
    subjects = {subject_of(one): one for one in found}
    for subject, item in asked.items():
        if subject not in subjects:
            _done(session, item, now, by)
        elif item.done_at:
            work.reopen(session, item, now=now, by=by)
    for subject, one in subjects.items():
        if subject not in asked:
            due_at = call_due_at(one.starts_at, now)
            item = work.ask(session, MOVE, subject, None, due_at=due_at, now=now, by=by)
            item.once = f"{_of(cause)}{one.id}"


def settle(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> None:
    """It was moved or called off: nobody has to any more."""
    waiting = select(WorkItem).where(
        WorkItem.subject == subject_of(appointment), WorkItem.task.in_((MOVE, REPLACE)), WorkItem.done_at.is_(None)
    )
    for item in session.scalars(waiting.order_by(WorkItem.id)):
        _done(session, item, now, by)


def unsettle(session: AnySession, appointment: Appointment, at: datetime) -> None:
    """That it was called off then was a slip: what that settled waits again."""
    settled = update(WorkItem).where(
        WorkItem.subject == subject_of(appointment), WorkItem.task.in_((MOVE, REPLACE)), WorkItem.done_at == at
    )
    session.execute(settled.values(done_at=None, done_by_id=None))


def _of(cause: UUID) -> str:
    return f"move:{cause}:"


def subject_of(appointment: Appointment) -> str:
    """As work and the trail name it."""
    return f"appointment:{appointment.id}"


def _done(session: AnySession, item: WorkItem, now: datetime, by: Actor) -> None:
    work.complete(session, item, int(by.id) if by.kind == "account" else None, now=now, by=by)
