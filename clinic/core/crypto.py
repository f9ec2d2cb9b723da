"""Sealing: health data is unreadable without the clinic's keys, and cannot be moved to another row.

Master keys live outside the database, in `INSTANCE/keys` or CLINIC_KEYS, as `id:base64` with commas
between, the current one first. Everything the clinic keys is derived from them, one key a purpose.
"""

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, overload
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Mapped, mapped_column

KEY_BYTES = 32
NONCE_BYTES = 12


class KeyTroubleError(Exception):
    """Keys that are missing, weak or not this database's. Its text is one sentence for the operator."""


class SealBrokenError(Exception):
    """A sealed value was changed, moved to another place, or its key is gone."""


class KeyUnknownError(SealBrokenError):
    """It was sealed with a key that is not here."""


@dataclass(frozen=True)
class Keyring:
    """The clinic's master keys by id."""

    current: str
    masters: Mapping[str, bytes]

    @classmethod
    def make(cls) -> "Keyring":
        return cls("k1", {"k1": os.urandom(KEY_BYTES)})

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Read `id:base64[,id:base64…]`. Raises KeyTroubleError for a key that is malformed or weak."""
        masters = dict(_parse_key(part.strip()) for part in text.split(",") if part.strip())
        if not masters:
            raise KeyTroubleError("There is no key in CLINIC_KEYS: it must look like k1:BASE64.")
        return cls(next(iter(masters)), masters)

    def text(self) -> str:
        return ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in self.masters.items())

    def derive(self, purpose: str, key_id: str | None = None) -> bytes:
        """A key of its own for one purpose, such as `session` or `links`."""
        return _derive(self.masters[key_id or self.current], purpose)

    def fingerprint(self, key_id: str) -> str:
        """Tells whether a key is the right one, and nothing about it."""
        return hashlib.sha256(self.derive("fingerprint", key_id)).hexdigest()[:32]

    def mac(self, purpose: str, *parts: str) -> bytes:
        """A keyed digest over the parts, which cannot run into each other."""
        return hmac.digest(self.derive(purpose), _one_message(parts), "sha256")

    def macs(self, purpose: str, *parts: str) -> list[bytes]:
        """The same by each of the keys, the current one first: for what was given out before they changed."""
        ids = (self.current, *(one for one in self.masters if one != self.current))
        return [hmac.digest(self.derive(purpose, one), _one_message(parts), "sha256") for one in ids]

    def sign(self, purpose: str, *parts: str) -> bytes:
        """A keyed digest that names its key, so that it can be checked after keys have changed."""
        return self._signature(self.current, purpose, parts)

    def is_signed(self, signature: bytes, purpose: str, *parts: str) -> bool:
        """True where this key ring made the signature over just these parts. False where its key is gone."""
        key_id = signature.partition(b"|")[0].decode("ascii", "replace")
        return key_id in self.masters and hmac.compare_digest(self._signature(key_id, purpose, parts), signature)

    def _signature(self, key_id: str, purpose: str, parts: tuple[str, ...]) -> bytes:
        return key_id.encode() + b"|" + hmac.digest(self.derive(purpose, key_id), _one_message(parts), "sha256")

    def seal(self, text: str, context: str) -> bytes:
        """Encrypt and bind to its place. The key's id stands in front, so that keys can change."""
        nonce = os.urandom(NONCE_BYTES)
        bound = f"{self.current}|{context}".encode()
        box = AESGCM(self.derive("data")).encrypt(nonce, text.encode(), bound)
        return self.current.encode() + b"|" + nonce + box

    def open(self, sealed: bytes, context: str) -> str:
        """Decrypt. Raises SealBrokenError where the value was changed or does not belong here."""
        key_id, _, rest = sealed.partition(b"|")
        name = key_id.decode("ascii", "replace")
        if name not in self.masters:
            raise KeyUnknownError(f"The key {name!r} is not among the clinic's keys.")
        try:
            key = AESGCM(self.derive("data", name))
            return key.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], f"{name}|{context}".encode()).decode()
        except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
            raise SealBrokenError(f"A sealed value in {context.rpartition('/')[0]} was changed.") from error


def _one_message(parts: tuple[str, ...]) -> bytes:
    coded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in coded)


@lru_cache
def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(master)


def _parse_key(part: str) -> tuple[str, bytes]:
    name, _, encoded = part.partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if not re.fullmatch(r"[a-z0-9]{1,16}", name) or len(key) != KEY_BYTES or len(set(key)) < KEY_BYTES // 2:
        raise KeyTroubleError(
            "A key in CLINIC_KEYS is malformed or weak: each must be id:base64 of 32 random bytes.",
        )
    return name, key


def read_key_file(path: Path) -> Keyring | None:
    """The keys made at the first run, or None where there is no such file. Others must not be able to read it."""
    if not path.exists():
        return None
    if path.stat().st_mode & 0o077:
        raise KeyTroubleError(f"Other people on this machine can read {path}. Run: chmod 600 {path}")
    return Keyring.parse(path.read_text(encoding="ascii"))


def write_key_file(path: Path, keys: Keyring) -> None:
    """Write new keys; never over old ones (O_EXCL), readable by the owner alone."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(keys.text())
        file.flush()
        os.fsync(file.fileno())


_installed: list[Keyring] = []
_file: list[Path] = []


def install(keys: Keyring, file: Path | None = None) -> None:
    """Make these the keys of this process; `file` is where they came from, if from a file."""
    _installed[:] = [keys]
    if file:
        _file[:] = [file]


def keyring() -> Keyring:
    return _installed[0]


def open_sealed(value: bytes, context: str) -> str:
    """Open with the keys of this process. Where a newer key sealed it, the key file has it: another process made it."""
    try:
        return keyring().open(value, context)
    except KeyUnknownError:
        if not _file or not (newer := read_key_file(_file[0])):
            raise
        install(newer)
        return newer.open(value, context)


class SealedRow:
    """A table with sealed columns. Its id is random and known at once, for each seal is bound to it."""

    id: Mapped[UUID] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        self.id = values.pop("id", None) or uuid4()
        for name, value in values.items():
            setattr(self, name, value)


class sealed:  # noqa: N801  (reads as a word in a model)
    """`word = sealed()` reads and writes plain text over the column `word_sealed`.

    A descriptor and not a column type, because a column type never sees its row's id.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.column = f"{name}_sealed"

    @overload
    def __get__(self, row: None, owner: type) -> "sealed": ...
    @overload
    def __get__(self, row: object, owner: type) -> str | None: ...
    def __get__(self, row: object | None, owner: type) -> "str | sealed | None":
        if row is None:
            return self
        value = getattr(row, self.column)
        return None if value is None else open_sealed(value, self.context(row))

    def __set__(self, row: object, text: str | None) -> None:
        setattr(row, self.column, keyring().seal(text, self.context(row)) if text else None)

    def context(self, row: Any) -> str:
        return context_of(row.__tablename__, self.column, row.id)


def context_of(table: str, column: str, row_id: object) -> str:
    """Where a sealed value belongs."""
    return f"{table}/{column}/{row_id}"
