"""Who accepted the privacy notice as it stands, and who wants news by mail."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, or_, select

from clinic.consent.models import MarketingChoice, NoticeAcceptance, PrivacyNotice
from clinic.core.db import AnySession
from clinic.people.models import Client
from clinic.people.queries import same_person
from clinic.places.models import Clinic
from clinic.places.privacy import privacy_digest, privacy_words


def accepted_by(session: AnySession, client_ids: Collection[UUID], clinic: Clinic) -> set[UUID]:
    """Those of these clients who accepted the notice as it stands now. One statement."""
    asked = {"ids": list(client_ids), "digest": privacy_digest(privacy_words(clinic))}
    return set(session.scalars(ACCEPTED, asked))


def acceptances_of(session: AnySession, client_id: UUID) -> Sequence[tuple[datetime, str]]:
    """When a client accepted which versions of the notice, the latest first."""
    return [(at, digest) for at, digest in session.execute(ACCEPTANCES, {"client_id": client_id})]


def wants_news(session: AnySession, client_id: UUID) -> bool:
    """Whether a client wants news by mail: what they said last counts, and without a word they do not."""
    return bool(session.scalars(CHOICES, {"client_id": client_id}).first())


def who_want_news(session: AnySession) -> Sequence[tuple[Client, datetime]]:
    """Clients who want news by mail and have an address, by name, and since when."""
    return [(client, at) for client, at in session.execute(WANT_NEWS)]


PERSON = func.coalesce(Client.merged_into_id, Client.id)
ACCEPTED = (
    select(PERSON)
    .join(NoticeAcceptance, NoticeAcceptance.client_id == Client.id)
    .join(PrivacyNotice, PrivacyNotice.id == NoticeAcceptance.notice_id)
    .where(
        or_(*(one.in_(bindparam("ids", expanding=True)) for one in (Client.id, Client.merged_into_id))),
        PrivacyNotice.digest == bindparam("digest"),
    )
)
SELVES = same_person(bindparam("client_id", type_=Uuid()))
ACCEPTANCES = (
    select(NoticeAcceptance.at, PrivacyNotice.digest)
    .join(PrivacyNotice)
    .where(NoticeAcceptance.client_id.in_(SELVES))
    .order_by(NoticeAcceptance.at.desc(), NoticeAcceptance.id.desc())
)
CHOICES = (
    select(MarketingChoice.wanted)
    .where(MarketingChoice.client_id.in_(SELVES))
    .order_by(MarketingChoice.at.desc(), MarketingChoice.id.desc())
    .limit(1)
)
LAST = select(
    MarketingChoice.client_id,
    MarketingChoice.at,
    MarketingChoice.wanted,
    func.row_number()
    .over(partition_by=MarketingChoice.client_id, order_by=(MarketingChoice.at.desc(), MarketingChoice.id.desc()))
    .label("nth"),
).subquery()
WANT_NEWS = (
    select(Client, LAST.c.at)
    .join(LAST, (LAST.c.client_id == Client.id) & (LAST.c.nth == 1))
    .where(Client.merged_into_id.is_(None), Client.email != "", LAST.c.wanted)
    .order_by(Client.name, Client.id)
)
