"""Signing: one canonical document, and a keyed digest that chains it to what was signed before for this client."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from clinic.core.crypto import Keyring, SealBrokenError
from clinic.notes.models import Signature

PURPOSE = "signature"
VERSION = 2  # in 1 a note had no slots beside its content (operations.document), and an amendment no reason


def canonical(document: Mapping[str, Any]) -> str:
    """The one way to write a document down: the same words give the same bytes for ever."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(keys: Keyring, document: str, previous: Signature | None) -> bytes:
    """Over the document and the digest before it; empty before the client's first."""
    return keys.sign(PURPOSE, document, previous.digest.hex() if previous else "")


def broken(keys: Keyring, signatures: Iterable[Signature]) -> list[tuple[Signature, str]]:
    """What is wrong with one client's signatures, in order of number: `missing` before this one, `changed`, or
    `unreadable`.
    """
    found, previous = [], None
    for one in signatures:
        if one.number != (previous.number if previous else 0) + 1:
            found.append((one, "missing"))
        elif trouble := _trouble(keys, one, previous):
            found.append((one, trouble))
        previous = one
    return found


def _trouble(keys: Keyring, one: Signature, previous: Signature | None) -> str | None:
    try:
        document = one.document or ""
    except SealBrokenError:
        return "unreadable"
    before = previous.digest.hex() if previous else ""
    holds = keys.is_signed(one.digest, PURPOSE, document, before) and _says_the_same(json.loads(document), one)
    return None if holds else "changed"


def _says_the_same(document: Mapping[str, Any], one: Signature) -> bool:
    """The row around the document may not tell another story."""
    told = (document["kind"], document["appointment"]["id"], document["client"]["id"], document["number"])
    return told == (one.kind, str(one.appointment_id), str(one.client_id), one.number) and (
        document["signed_at"] == one.signed_at.isoformat() and document["therapist"]["id"] == one.therapist_id
    )
