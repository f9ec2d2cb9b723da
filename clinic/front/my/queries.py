"""What a client's own pages read that no other page does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from clinic.core.audit import AuditLine, by_staff
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.people.models import Account
from clinic.people.queries import same_person

LATEST = 200
LETTER_RELEASED = "letter.released"


def tokens_of(session: AnySession, appointment_ids: Iterable[UUID], now: datetime) -> dict[UUID, str]:
    """The links that open these appointments; one long past has none any more."""
    links = session.scalars(LIVE_LINKS, {"ids": list(appointment_ids), "now": now})
    return {link.subject_id: link.token for link in links}


@dataclass(frozen=True)
class Look:
    """That somebody opened a record, or released a letter about them. `who` is None for the client themself, or where
    the account is gone.
    """

    at: datetime
    who: Account | None
    themself: bool
    released_letter: bool = False


def looks_at(session: AnySession, client_id: UUID) -> list[Look]:
    """Who opened this client's record, the latest first; theirs too who were merged into them."""
    selves = [f"client:{one}" for one in session.scalars(same_person(client_id))]
    lines = session.execute(LOOKS, {"subjects": selves}).all()
    numbers = {int(actor.partition(":")[2]) for _, actor, _ in lines if by_staff(actor)}
    staff = {f"account:{one.id}": one for one in session.scalars(STAFF, {"ids": list(numbers)})}
    return [Look(at, staff.get(actor), actor in selves, action == LETTER_RELEASED) for at, actor, action in lines]


LIVE_LINKS = (
    select(Link)
    .where(
        Link.scope == "appointment",
        Link.subject_id.in_(bindparam("ids", expanding=True)),
        Link.revoked_at.is_(None),
        Link.expires_at > bindparam("now"),
    )
    .order_by(Link.expires_at, Link.id.desc())  # of two, the one that is good the longest comes last and counts
)
LOOKS = (
    select(AuditLine.at, AuditLine.actor, AuditLine.action)
    .where(
        AuditLine.subject.in_(bindparam("subjects", expanding=True)),
        AuditLine.action.in_(("record.viewed", LETTER_RELEASED)),
    )
    .order_by(AuditLine.id.desc())
    .limit(LATEST)
)
STAFF = select(Account).where(Account.id.in_(bindparam("ids", expanding=True)))
