"""The outside of a backup: one readable line, then boxes that only the passphrase opens.

The line says how the passphrase becomes a key (Argon2id). Each box is sealed with AES-GCM under that line, its
number, and whether it is the last: a box that was changed, moved or cut off does not open.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from argon2 import Type
from argon2.exceptions import HashingError
from argon2.low_level import hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic.backups import BackupError

BOX_BYTES, TAG_BYTES, SALT_BYTES, KEY_BYTES = 64 * 1024, 16, 16, 32
KIB, PASSES, LANES = 64 * 1024, 3, 4  # RFC 9106, second choice: 64 MiB
LINE = re.compile(rb"clinic backup 1: argon2id m=(\d{1,5}) t=(\d) p=(\d) salt=([0-9a-f]{32})\n")
PROOF = b"\xff" * 12  # no box has this nonce: a box's ends in 0 or 1


def sealed(parts: Iterable[bytes], passphrase: str) -> Iterator[bytes]:
    """The bytes of a backup file, from the bytes to keep secret."""
    line = b"clinic backup 1: argon2id m=%d t=%d p=%d salt=%b\n" % (
        *(KIB, PASSES, LANES),
        os.urandom(SALT_BYTES).hex().encode(),
    )
    key = _key(line, passphrase)
    yield line
    yield key.encrypt(PROOF, b"", line)  # tells a wrong passphrase from a damaged file
    number, waiting = 0, bytearray()
    for part in parts:
        waiting += part
        while len(waiting) > BOX_BYTES:
            yield key.encrypt(_nonce(number, last=False), bytes(waiting[:BOX_BYTES]), line)
            del waiting[:BOX_BYTES]
            number += 1
    yield key.encrypt(_nonce(number, last=True), bytes(waiting), line)


def opened(file: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """What was sealed, box by box. Raises BackupError."""
    line = file.readline(200)
    key = _key(line, passphrase)
    try:
        key.decrypt(PROOF, file.read(TAG_BYTES), line)
    except InvalidTag as error:
        raise BackupError(
            "The passphrase is not the one of this backup (or the file is damaged at its start).",
        ) from error
    number, box = 0, file.read(BOX_BYTES + TAG_BYTES)
    while box or not number:
        following = file.read(BOX_BYTES + TAG_BYTES)
        try:
            yield key.decrypt(_nonce(number, last=not following), box, line)
        except InvalidTag as error:
            raise BackupError("The backup is damaged or cut short: use another one.") from error
        number, box = number + 1, following


def _key(line: bytes, passphrase: str) -> AESGCM:
    found = LINE.fullmatch(line)
    if not found:
        raise BackupError("The file is not a backup of a clinic.")
    kib, passes, lanes, salt = found.groups()
    secret = unicodedata.normalize("NFC", passphrase).encode()  # é is typed in two ways
    try:
        raw = hash_secret_raw(
            secret,
            bytes.fromhex(salt.decode()),
            time_cost=int(passes),
            memory_cost=int(kib),
            parallelism=int(lanes),
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError as error:
        raise BackupError("The file is not a backup of a clinic.") from error
    return AESGCM(raw)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
