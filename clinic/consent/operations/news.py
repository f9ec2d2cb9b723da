"""Whether somebody wants news by mail. Nobody does until they say so, and every answer is kept with when."""

from datetime import datetime
from uuid import UUID

from clinic.consent import queries
from clinic.consent.models import MarketingChoice
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.people.operations import lock_record


def choose_news(session: AnySession, client_id: UUID, *, wanted: bool, now: datetime, by: Actor) -> bool:
    """From now on they want news by mail, or none; False where it was so before. The caller commits."""
    lock_record(session, client_id)
    if queries.wants_news(session, client_id) == wanted:
        return False
    session.add(MarketingChoice(client_id=client_id, wanted=wanted, at=now, by=str(by)))
    action = "news.wanted" if wanted else "news.stopped"
    audit.record(session, action, f"client:{client_id}", by=by, now=now)
    session.flush()
    return True
