"""Queueing a mail, and the worker's round that sends what is due."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert, or_, select, update

from clinic.core.db import AnySession, writing
from clinic.core.mail import Letter, Post, envelope
from clinic.messages.models import OutgoingMessage

log = logging.getLogger("clinic")
LEASE = timedelta(minutes=2)
BATCH = 20

# A composer gives the letter for a subject, or None where its cause no longer stands.
Composer = Callable[[UUID], Letter | None]


@dataclass(frozen=True)
class Sender:
    """From whom and by what the clinic's mail goes out."""

    post: Post
    address: str
    name: str


def queue(session: AnySession, occasion: str, subject_id: UUID, *, due_at: datetime) -> None:
    """Write the message into the transaction of what caused it. The same occasion is queued once."""
    row = {
        "id": uuid4(),
        "occasion": occasion,
        "subject_id": subject_id,
        "due_at": due_at,
        "dedupe_key": f"{occasion}/{subject_id}",
        "tries": 0,
        "dropped": False,
    }
    session.execute(insert(OutgoingMessage), row)


def send_due(session: AnySession, composers: Mapping[str, Composer], sender: Sender, *, now: datetime) -> int:
    """Send what is due; the number sent. Holds no transaction while the mail server talks."""
    return sum(_send(session, message, composers, sender, now) for message in _lease(session, now))


def _lease(session: AnySession, now: datetime) -> list[OutgoingMessage]:
    """Take up to a batch of due messages for this worker alone."""
    with writing():
        due = select(OutgoingMessage).where(
            OutgoingMessage.sent_at.is_(None),
            OutgoingMessage.due_at <= now,
            or_(OutgoingMessage.leased_until.is_(None), OutgoingMessage.leased_until < now),
        )
        found = session.scalars(due.order_by(OutgoingMessage.due_at).limit(BATCH).with_for_update(skip_locked=True))
        messages = list(found)
        for message in messages:
            message.leased_until = now + LEASE
            message.tries += 1
        session.commit()
    return messages


def _send(
    session: AnySession,
    message: OutgoingMessage,
    composers: Mapping[str, Composer],
    sender: Sender,
    now: datetime,
) -> bool:
    letter = composers[message.occasion](message.subject_id)
    tries, message_id = message.tries, message.id
    occasion = message.occasion
    session.rollback()
    if letter is None:
        _mark(session, message_id, {"sent_at": now, "dropped": True})
        return False
    mail = envelope(letter, sender=sender.address, sender_name=sender.name, message_id=str(message_id), now=now)
    try:
        sender.post.send(mail)
    except OSError as error:
        log.warning("mail not sent", extra={"kind": type(error).__name__, "occasion": occasion})
        _mark(session, message_id, {"leased_until": None, "due_at": now + _pause(tries)})
        return False
    _mark(session, message_id, {"sent_at": now})
    return True


def _mark(session: AnySession, message_id: UUID, values: Mapping[str, object]) -> None:
    with writing():
        session.execute(update(OutgoingMessage).where(OutgoingMessage.id == message_id).values(**values))
        session.commit()


def _pause(tries: int) -> timedelta:
    """Longer after each failure, an hour at most: a mail server that is down is back some time."""
    return timedelta(seconds=min(3600, 5 * 2**tries))
