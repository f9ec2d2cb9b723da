"""The directory of those whom clients are sent to."""

from collections.abc import Mapping
from datetime import datetime

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.referrals.models import Contact


def keep_contact(
    session: AnySession, contact: Contact, values: Mapping[str, str], *, now: datetime, by: Actor
) -> Contact:
    """Add somebody, or change what is known of them. Letters that are filed keep what they say."""
    for name, value in values.items():
        setattr(contact, name, value)
    action = "contact.changed" if contact.id else "contact.added"
    session.add(contact)
    session.flush()
    audit.record(session, action, f"contact:{contact.id}", by=by, now=now)
    return contact


def put_away(session: AnySession, contact: Contact, *, now: datetime, by: Actor) -> None:
    """Nobody is sent there any more. Letters to them stay."""
    if contact.gone_at is None:
        contact.gone_at = now
        audit.record(session, "contact.put_away", f"contact:{contact.id}", by=by, now=now)


def bring_back(session: AnySession, contact: Contact, *, now: datetime, by: Actor) -> None:
    if contact.gone_at is not None:
        contact.gone_at = None
        audit.record(session, "contact.brought_back", f"contact:{contact.id}", by=by, now=now)
