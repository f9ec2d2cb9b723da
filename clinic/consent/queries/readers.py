"""Who asked for news by mail without being a client, and confirmed it."""

from collections.abc import Sequence

from sqlalchemy import select

from clinic.consent.models import NewsReader
from clinic.core.db import AnySession


def news_readers(session: AnySession) -> Sequence[NewsReader]:
    """By address."""
    return session.scalars(READERS).all()


READERS = (
    select(NewsReader)
    .where(NewsReader.confirmed_at.is_not(None), NewsReader.left_at.is_(None))
    .order_by(NewsReader.email)
)
