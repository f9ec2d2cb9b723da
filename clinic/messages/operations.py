"""Queueing a mail, and the worker's round that sends what is due."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, or_, select, update

from clinic.core.db import AnySession, table_of, writing
from clinic.core.mail import Letter, Post, Sender, envelope
from clinic.messages.drawing import at_rest
from clinic.messages.models import OutgoingMessage

log = logging.getLogger("clinic")
LEASE = timedelta(minutes=2)
BATCH = 20
NEW_MESSAGE = insert(table_of(OutgoingMessage))

# A composer gives the letter for a subject, or None where its cause no longer stands.
Composer = Callable[[UUID], Letter | None]


@dataclass(frozen=True)
class Postbox:
    """By what the clinic's mail goes out, and from whom."""

    post: Post
    sender: Sender


@dataclass(frozen=True)
class Due:
    """A mail to write: on what occasion, about what, when. `once` tells it from others of its occasion and is
    never queued twice; where there is one only, its subject does.
    """

    occasion: str
    subject_id: UUID
    due_at: datetime
    once: str = ""


def queue(session: AnySession, occasion: str, subject_id: UUID, *, due_at: datetime, once: str = "") -> None:
    """Write the message into the transaction of what caused it. The same occasion is queued once."""
    queue_all(session, [Due(occasion, subject_id, due_at, once)])


def queue_all(session: AnySession, messages: Sequence[Due]) -> None:
    """Several messages of one cause, in one statement."""
    if messages:
        session.execute(NEW_MESSAGE, [_row(message) for message in messages])


def not_yet_queued(session: AnySession, messages: Sequence[Due]) -> list[Due]:
    """Those of these that were never queued, sent or not."""
    keys = {_key(message): message for message in messages}
    there = set(session.scalars(select(OutgoingMessage.dedupe_key).where(OutgoingMessage.dedupe_key.in_(keys))))
    return [message for key, message in keys.items() if key not in there]


def unqueue(session: AnySession, occasion: str, *subject_ids: UUID) -> None:
    """Take out what was not sent yet. What a worker is sending at this moment still goes."""
    waiting = delete(OutgoingMessage).where(
        OutgoingMessage.sent_at.is_(None),
        OutgoingMessage.occasion == occasion,
        OutgoingMessage.subject_id.in_(subject_ids),
    )
    session.execute(waiting)


def sent_about(session: AnySession, occasion: str, subject_ids: Collection[UUID]) -> set[UUID]:
    """About which of these such a mail went out."""
    sent = select(OutgoingMessage.subject_id).where(
        OutgoingMessage.occasion == occasion,
        OutgoingMessage.subject_id.in_(subject_ids),
        OutgoingMessage.sent_at.is_not(None),
        OutgoingMessage.dropped.is_(False),
    )
    return set(session.scalars(sent))


def _row(message: Due) -> dict[str, object]:
    return {
        "id": uuid4(),
        "occasion": message.occasion,
        "subject_id": message.subject_id,
        "due_at": message.due_at,
        "dedupe_key": _key(message),
        "tries": 0,
        "dropped": False,
    }


def _key(message: Due) -> str:
    return f"{message.occasion}/{message.once or message.subject_id}"


def send_due(session: AnySession, composers: Mapping[str, Composer], postbox: Postbox, *, now: datetime) -> int:
    """Send what is due; the number sent. Holds no transaction while the mail server talks."""
    sent = 0
    for _ in range(BATCH):
        message = _lease(session, now)
        if message is None:
            break
        sent += _send(session, message, composers, postbox, now)
    return sent


def _lease(session: AnySession, now: datetime) -> OutgoingMessage | None:
    """Take the next due message for this worker alone. Where nothing is due, no lock is taken to find out."""
    due = (
        select(OutgoingMessage)
        .where(
            OutgoingMessage.sent_at.is_(None),
            OutgoingMessage.due_at <= now,
            or_(OutgoingMessage.leased_until.is_(None), OutgoingMessage.leased_until < now),
        )
        .order_by(OutgoingMessage.due_at)
        .limit(1)
    )
    anything = session.scalar(due) is not None
    session.rollback()
    if not anything:
        return None
    with writing():
        message = session.scalar(due.with_for_update(skip_locked=True))
        if message:
            message.leased_until = now + LEASE
            message.tries += 1
        session.commit()
    return message


def _send(
    session: AnySession,
    message: OutgoingMessage,
    composers: Mapping[str, Composer],
    postbox: Postbox,
    now: datetime,
) -> bool:
    """True where it went out. One that can't be composed or delivered now is tried later, and blocks no other; one for
    somebody who gave no mail address is dropped.
    """
    message_id, occasion, tries = message.id, message.occasion, message.tries
    try:
        letter = composers[occasion](message.subject_id)
        letter = letter if letter and letter.to else None
        session.rollback()
        if letter:
            postbox.post.send(envelope(letter, postbox.sender, message_id=str(message_id), now=now, drawing=at_rest()))
    except Exception as error:  # noqa: BLE001  (whatever is wrong with this one, the next is due too)
        session.rollback()
        log.warning("mail not sent", extra={"kind": type(error).__name__, "occasion": occasion})
        _mark(session, message_id, {"leased_until": None, "due_at": now + _pause(tries)})
        return False
    _mark(session, message_id, {"sent_at": now, "dropped": letter is None})
    return letter is not None


def _mark(session: AnySession, message_id: UUID, values: Mapping[str, object]) -> None:
    with writing():
        session.execute(update(OutgoingMessage).where(OutgoingMessage.id == message_id).values(**values))
        session.commit()


def _pause(tries: int) -> timedelta:
    """Longer after each failure, an hour at most: a mail server that is down is back some time."""
    return timedelta(seconds=min(3600, 5 * 2**tries))
