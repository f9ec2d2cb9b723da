"""Whoever has lost the link to their appointment asks for it."""

from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from clinic.booking import queries
from clinic.core import crypto
from clinic.core.db import AnySession
from clinic.messages.operations import queue


def ask_for_links(session: AnySession, email: str, *, now: datetime) -> None:
    """Queue one mail with the links of all appointments to come at this address. The caller commits.

    An address that nobody has is queued just the same, about nothing, and dropped when it is due: the answer and the
    work tell nobody who comes here. Asked for again in the same hour of the clock, nothing more is queued.
    """
    to_come = queries.appointments_to_come(session, email, now)
    about = to_come[0][0].id if to_come else uuid4()
    asked = crypto.keyring().mac("lost-link", email.lower(), f"{now:%Y-%m-%dT%H}").hex()
    with suppress(IntegrityError), session.begin_nested():
        queue(session, "lost_link", about, due_at=now, once=asked)
