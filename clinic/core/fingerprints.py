"""Which keys this database was sealed with. A fingerprint tells a key from another, and nothing about it."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Model


class KeyFingerprint(Model):
    __tablename__ = "key_fingerprint"

    key_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(32))
