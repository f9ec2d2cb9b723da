"""What the clinic gives to everybody: its own papers, and places elsewhere."""

from collections.abc import Sequence

from sqlalchemy import select

from clinic.aftercare.models import Handout, UsefulLink
from clinic.core.db import AnySession


def handouts(session: AnySession) -> Sequence[Handout]:
    """All of them, for the owner, by title."""
    return session.scalars(HANDOUTS).all()


def offered_handouts(session: AnySession) -> Sequence[Handout]:
    """Those that everybody may take."""
    return session.scalars(HANDOUTS.where(Handout.offered)).all()


def offered_links(session: AnySession) -> Sequence[UsefulLink]:
    """Those that everybody is shown."""
    return session.scalars(LINKS.where(UsefulLink.offered)).all()


def useful_links(session: AnySession) -> Sequence[UsefulLink]:
    """All of the clinic's pages and videos elsewhere, by their titles."""
    return session.scalars(LINKS).all()


# Built once.
HANDOUTS = select(Handout).order_by(Handout.title, Handout.id)
LINKS = select(UsefulLink).order_by(UsefulLink.title, UsefulLink.id)
