"""Links that let their bearer manage one thing, without an account.

The token is a keyed digest of the link's id and version, so the database alone makes no link;
the row holds what it is good for, until when, and whether it was revoked.
"""

import base64
import hmac
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core import crypto
from clinic.core.db import AnySession, Model

DIGEST_BYTES = 18  # 144 bits


class Link(Model):
    __tablename__ = "link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    scope: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    @property
    def token(self) -> str:
        """What stands in the web address: 22 characters of id, 24 of digest."""
        return self.tokens[0]

    @property
    def tokens(self) -> list[str]:
        """The same as it was made with earlier keys, too; the current one first."""
        digests = crypto.keyring().macs("links", str(self.id), str(self.version))
        return [f"{_encode(self.id.bytes)}.{_encode(one[:DIGEST_BYTES])}" for one in digests]


def subject_of(
    session: AnySession,
    token: str,
    scope: str,
    now: datetime,
) -> UUID | None:
    """What the bearer of this token may manage; None for a token that is wrong, expired or revoked."""
    link = _find(session, token)
    if link is None or link.scope != scope or link.revoked_at or link.expires_at <= now:
        return None
    return link.subject_id


def id_in(token: str) -> UUID | None:
    """Which link a token says it is of. It proves nothing: ask `subject_of` before anything is shown for it."""
    try:
        return UUID(bytes=base64.urlsafe_b64decode(token.partition(".")[0].encode("ascii") + b"=="))
    except ValueError:
        return None


def _find(session: AnySession, token: str) -> Link | None:
    link_id = id_in(token)
    if link_id is None:
        return None
    link = session.get(Link, link_id)
    # Letter by letter, for base64 reads several spellings as the same bytes; and by each key, for links outlive keys.
    given = token.encode("utf-8", "replace")
    good = [hmac.compare_digest(one.encode(), given) for one in (link or Link(id=link_id, version=0)).tokens]
    return link if any(good) else None


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
