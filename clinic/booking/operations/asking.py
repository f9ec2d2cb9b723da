"""Whoever has lost the link to their appointment asks for it."""

from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from clinic.booking import queries
from clinic.booking.operations.shared import LINK_GOOD_FOR
from clinic.core import crypto
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.messages.operations import queue


def ask_for_links(session: AnySession, email: str, *, now: datetime) -> None:
    """Queue one mail with the links of all appointments to come at this address; where none is, with that of the last
    visit of each who has it, to book the same again. The caller commits.

    An address that nobody has is queued just the same, about nothing, and dropped when it is due: the answer and the
    work tell nobody who comes here. Asked for again in the same hour of the clock, nothing more is queued.
    """
    to_come, visits = queries.appointments_to_come(session, email, now), queries.latest_visits(session, email, now)
    found = to_come or visits
    about = found[0][0].id if found else uuid4()
    # Renewed, it is another: what stood in the old mail stays dead. Asked of the database whoever asks.
    expired = Link.id.in_([link.id for _visit, link in found]) & (Link.expires_at <= now)
    anew = update(Link).where(expired).values(version=Link.version + 1, expires_at=now + LINK_GOOD_FOR)
    session.execute(anew, execution_options={"synchronize_session": False})
    asked = crypto.keyring().mac("lost-link", email.lower(), f"{now:%Y-%m-%dT%H}").hex()
    with suppress(IntegrityError), session.begin_nested():
        queue(session, "lost_link", about, due_at=now, once=asked)
