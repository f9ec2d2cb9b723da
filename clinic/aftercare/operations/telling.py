"""What a therapist is asked to look at. The caller commits."""

from datetime import datetime
from uuid import UUID

from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.messages.operations import queue
from clinic.people.models import Therapist
from clinic.work import operations as work
from clinic.work.models import WorkItem


def tell_therapist(
    session: AnySession, therapist: Therapist, task: str, client_id: UUID, *, now: datetime, by: Actor
) -> WorkItem:
    """Work about this client, due at once, and a mail that says that there is some."""
    item = work.ask(session, task, f"client:{client_id}", therapist.account_id, due_at=now, now=now, by=by)
    mail_about(session, item, now=now)
    return item


def mail_about(session: AnySession, item: WorkItem, *, now: datetime) -> None:
    """Once for each piece of work."""
    queue(session, "work_to_look_at", UUID(int=item.id), due_at=now)
