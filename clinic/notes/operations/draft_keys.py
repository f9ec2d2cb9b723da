"""The keys with which browsers seal what was typed and has not been sent yet."""

import base64
import os
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import delete, select

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.crypto import KEY_BYTES
from clinic.core.db import AnySession, writing
from clinic.notes.models import DraftKey
from clinic.people.models import Account

KEPT = timedelta(days=30)  # after it was last asked for; what waits in a browser longer than that is given up


def give_key(session: AnySession, account: Account, device: UUID, *, now: datetime, by: Actor) -> DraftKey:
    """This account's key in this browser, made at the first ask; the same again until they sign out there."""
    session.scalar(select(Account.id).where(Account.id == account.id).with_for_update(key_share=True))
    key_id = _id_of(account, device)
    key = session.get(DraftKey, key_id)
    if key is None:
        random = base64.b64encode(os.urandom(KEY_BYTES)).decode()
        key = DraftKey(id=key_id, account_id=account.id, key=random)
        session.add(key)
    key.made_at = now
    audit.record(session, "draft_key.given", f"draft_key:{key_id}", by=by, now=now)
    return key


def destroy_key(session: AnySession, account: Account, device: UUID, *, now: datetime, by: Actor) -> None:
    """What this browser still holds of this account opens no more. Nothing where there is none."""
    key_id = _id_of(account, device)
    if session.execute(delete(DraftKey).where(DraftKey.id == key_id).returning(DraftKey.id)).all():
        audit.record(session, "draft_key.destroyed", f"draft_key:{key_id}", by=by, now=now)


def forget_old_keys(session: AnySession, *, now: datetime) -> None:
    """Destroy the keys that no browser has asked for in 30 days. The worker's task; commits."""
    old = DraftKey.made_at < now - KEPT
    any_old = session.scalar(select(DraftKey.id).where(old).limit(1)) is not None
    session.rollback()
    if any_old:
        with writing():
            session.execute(delete(DraftKey).where(old))
            session.commit()


def _id_of(account: Account, device: UUID) -> UUID:
    return uuid5(device, f"account:{account.id}")
