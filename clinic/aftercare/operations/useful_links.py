"""The pages and videos that a clinic points to. The caller commits."""

from datetime import datetime

from clinic.aftercare.models import UsefulLink
from clinic.aftercare.operations.content import PointsTo
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession


def add_link(session: AnySession, what: PointsTo, *, account_id: int, now: datetime, by: Actor) -> UsefulLink:
    """Offered to new plans at once."""
    link = UsefulLink(offered=True, added_at=now, added_by_id=account_id)
    session.add(link)
    change_link(session, link, what, now=now, by=by)
    return link


def change_link(session: AnySession, link: UsefulLink, what: PointsTo, *, now: datetime, by: Actor) -> None:
    """Plans that were sent keep it as it was."""
    link.title, link.url, link.is_video, link.is_affiliate = what.title, what.url, what.is_video, what.is_affiliate
    session.flush()
    audit.record(session, "useful_link.kept", f"useful_link:{link.id}", by=by, now=now)


def offer_link(session: AnySession, link: UsefulLink, *, offered: bool, now: datetime, by: Actor) -> None:
    """Or hide it from new plans."""
    link.offered = offered
    action = "useful_link.offered" if offered else "useful_link.hidden"
    audit.record(session, action, f"useful_link:{link.id}", by=by, now=now)
