"""A health history while it is filled in, and once it is finished. The caller commits, but for the worker's task."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession, writing
from clinic.intake.models import HealthHistory
from clinic.intake.rules.history import Page, kept, unanswered
from clinic.people.models import Client
from clinic.people.operations import lock_client, lock_record

DRAFT_KEPT = timedelta(days=90)  # as long as a history holds for somebody who stays away


def save_page(
    session: AnySession,
    client_id: UUID,
    answers: Mapping[str, Any],
    *,
    base: Mapping[str, Any],
    now: datetime,
    by: Actor,
) -> HealthHistory:
    """Keep the answers of one page, beside those of the other pages. The first page begins a history, out of `base`:
    what was told before, where somebody changes it who may read it.
    """
    draft = _locked(session, client_id)
    if draft is None:
        begun = {"client_id": client_id, "told_by": str(by), "begun_at": now, "revision": 0}
        draft = HealthHistory(**begun, answers=json.dumps(dict(base)))
        session.add(draft)
    draft.answers = json.dumps({**answers_of(draft), **answers})
    draft.revision, draft.saved_at, draft.told_by = draft.revision + 1, now, str(by)
    audit.record(session, "history.saved", f"client:{client_id}", by=by, now=now)
    session.flush()
    return draft


def finish(
    session: AnySession, client_id: UUID, pages: Sequence[Page], *, on: date, now: datetime, by: Actor
) -> HealthHistory | None:
    """From now on this is what the client told. None while a page is missing, or where nothing was begun. What is not
    asked any more, because another answer took it away, is not kept. `on`: the day at the clinic.
    """
    draft = _locked(session, client_id)
    answers = answers_of(draft)
    if draft is None or unanswered(pages, answers, on=on):
        return None
    draft.answers = json.dumps(kept(pages, answers, on=on))
    draft.finished_at, draft.told_by = now, str(by)
    audit.record(session, "history.finished", f"client:{client_id}", by=by, now=now, detail={"id": str(draft.id)})
    session.flush()
    return draft


def draft_of(session: AnySession, client_id: UUID) -> HealthHistory | None:
    """The history that this client is being asked for just now."""
    return session.scalar(DRAFT, {"client_id": client_id})


def latest_history(session: AnySession, client_id: UUID, *, most: int = 1) -> Sequence[HealthHistory]:
    """The finished histories of a client, the latest first; theirs too who were merged into them."""
    return session.scalars(FINISHED.limit(most), {"client_id": client_id}).all()


def answers_of(history: HealthHistory | None) -> dict[str, Any]:
    """What it says; nothing where there is none."""
    return dict(json.loads(history.answers or "{}")) if history else {}


def forget_old_drafts(session: AnySession, *, now: datetime) -> None:
    """Delete what was begun and left alone for 90 days. The worker's task; commits."""
    old = (HealthHistory.finished_at.is_(None), HealthHistory.saved_at < now - DRAFT_KEPT)
    any_old = session.scalar(select(HealthHistory.id).where(*old).limit(1)) is not None
    session.rollback()
    if any_old:
        with writing():
            session.execute(delete(HealthHistory).where(*old))
            session.commit()


def _locked(session: AnySession, client_id: UUID) -> HealthHistory | None:
    """The one that is being told, as it is now that nobody else writes about this client, or books for them: what is
    told may change what they are booked for. The same order as everywhere: claimed things before clients. Rows that
    point to them may come and go meanwhile.
    """
    lock_client(session, client_id)
    lock_record(session, client_id)
    return session.scalar(DRAFT.execution_options(populate_existing=True), {"client_id": client_id})


DRAFT = select(HealthHistory).where(
    HealthHistory.client_id == bindparam("client_id"), HealthHistory.finished_at.is_(None)
)
FINISHED = (
    select(HealthHistory)
    .join(Client, Client.id == HealthHistory.client_id)
    .where(
        (Client.id == bindparam("client_id")) | (Client.merged_into_id == bindparam("client_id")),
        HealthHistory.finished_at.is_not(None),
    )
    .order_by(HealthHistory.finished_at.desc(), HealthHistory.id)
)
