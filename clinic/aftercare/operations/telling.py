"""What a therapist is asked to look at. The caller commits."""

from datetime import datetime, timedelta
from uuid import UUID

from clinic.aftercare.rules.practice import RING
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.messages.operations import queue
from clinic.people.models import Therapist
from clinic.work import operations as work
from clinic.work.models import WorkItem

RING_AFTER = "ring_after_check_in"
CALLS = (RING, RING_AFTER)  # about something alarming
WITHIN = timedelta(days=1)  # the rest


def due(task: str, now: datetime) -> datetime:
    """By when: calls at once."""
    return now if task in CALLS else now + WITHIN


def tell_therapist(
    session: AnySession, therapist: Therapist, task: str, client_id: UUID, *, now: datetime, by: Actor
) -> WorkItem:
    """Work about this client, and a mail that says that there is some."""
    by_when, about = due(task, now), f"client:{client_id}"
    item = work.ask(session, task, about, therapist.account_id, due_at=by_when, now=now, by=by)
    mail_about(session, item, now=now)
    return item


def mail_about(session: AnySession, item: WorkItem, *, now: datetime) -> None:
    """Once for each piece of work."""
    queue(session, "work_to_look_at", UUID(int=item.id), due_at=now)
