"""Work that waits for a person: asked for, handed to another, done, and taken back."""

from datetime import datetime
from typing import Any

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.work.models import WorkItem


def ask(
    session: AnySession, task: str, subject: str, owner_id: int | None, *, due_at: datetime, now: datetime, by: Actor
) -> WorkItem:
    """Ask somebody to do something by an instant. The caller commits."""
    item = WorkItem(task=task, subject=subject, owner_id=owner_id, due_at=due_at)
    session.add(item)
    session.flush()
    _record(session, "work.asked", item, {"after": facts(item), "about": subject}, now=now, by=by)
    return item


def hand_over(session: AnySession, item: WorkItem, owner_id: int, *, now: datetime, by: Actor) -> None:
    """From now on it is somebody else's. To whose it is already, nothing happens. The caller commits."""
    if item.owner_id != owner_id:
        before = facts(item)
        item.owner_id = owner_id
        _record(session, "work.handed_over", item, {"before": before, "after": facts(item)}, now=now, by=by)


def complete(session: AnySession, item: WorkItem, *, now: datetime, by: Actor) -> None:
    """It is done. Twice is once. The caller commits."""
    if item.done_at is None:
        item.done_at, item.done_by_id = now, by.account_id
        audit.record(session, "work.done", f"work_item:{item.id}", by=by, now=now)


def reopen(session: AnySession, item: WorkItem, *, now: datetime, by: Actor) -> None:
    """That it was done was a slip: it waits again. The caller commits."""
    if item.done_at:
        detail = {"before": {"done_at": item.done_at.isoformat(), "done_by": item.done_by_id}}
        item.done_at = item.done_by_id = None
        _record(session, "work.reopened", item, detail, now=now, by=by)


def facts(item: WorkItem) -> dict[str, Any]:
    """What the audit trail says of it."""
    return {"task": item.task, "owner": item.owner_id, "due_at": item.due_at.isoformat()}


def _record(
    session: AnySession, action: str, item: WorkItem, detail: dict[str, Any], *, now: datetime, by: Actor
) -> None:
    audit.record(session, action, f"work_item:{item.id}", by=by, now=now, detail=detail)
