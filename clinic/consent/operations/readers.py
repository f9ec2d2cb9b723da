"""News by mail for people who are no clients: asked for on a page, confirmed by a link, ended by the same. None of them
commits.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from clinic.consent.models import NewsReader
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.messages.operations import queue

BETWEEN_MAILS = timedelta(days=1)
TO_CONFIRM = timedelta(days=30)  # who has not by then is forgotten
LINK_LASTS = timedelta(days=3650)  # of who has: by it they stop it


def ask_for_news(session: AnySession, email: str, name: str, *, now: datetime) -> None:
    """Mail this address a link to confirm it, and no more than one a day. Two at once for one address have to be kept
    apart by the caller.
    """
    address = email.lower()
    forgotten = NewsReader.confirmed_at.is_(None), NewsReader.asked_at < now - TO_CONFIRM
    session.execute(delete(NewsReader).where(*forgotten))
    reader = session.scalar(select(NewsReader).where(NewsReader.email == address))
    if reader and reader.asked_at > now - BETWEEN_MAILS:
        return
    if reader is None:
        reader = NewsReader(email=address, name=name)
        session.add(reader)
    reader.asked_at = now
    session.flush()
    link = Link(scope="news", subject_id=reader.id, expires_at=now + TO_CONFIRM)
    session.add(link)
    session.flush()
    queue(session, "news_asked", link.id, due_at=now)


def confirm_news(session: AnySession, reader: NewsReader, *, now: datetime, by: Actor) -> None:
    """They get news from now on, and their links stay good, to stop it. Twice is once."""
    if reader.gets_news:
        return
    reader.confirmed_at, reader.left_at = now, None
    theirs = update(Link).where(Link.scope == "news", Link.subject_id == reader.id)
    session.execute(theirs.values(expires_at=now + LINK_LASTS))
    audit.record(session, "news.confirmed", f"news_reader:{reader.id}", by=by, now=now)


def end_news(session: AnySession, reader: NewsReader, *, now: datetime, by: Actor) -> None:
    """They get none from now on."""
    if not reader.gets_news:
        return
    reader.left_at = now
    audit.record(session, "news.ended", f"news_reader:{reader.id}", by=by, now=now)
