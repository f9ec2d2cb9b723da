"""Whether all that was signed is still as it was signed, and none of it is gone: notes, amendments, co-signatures, and
the photos and papers that notes name.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from clinic.core import crypto
from clinic.core.audit import AuditLine
from clinic.core.crypto import SealBrokenError
from clinic.core.db import AnySession
from clinic.notes import chain
from clinic.notes.models import Attachment, Signature

SIGNED = ("note.signed", "amendment.signed", "co_sign.signed")
SUBJECT = "signature:"
SAID = {
    "changed": "was changed after it was signed",
    "unreadable": "cannot be opened: it was changed, moved or sealed with keys that are gone",
    "missing": "does not follow the one before it: one or more are missing between",
}
Attached = Mapping[UUID, Mapping[str, str]]  # what signed notes name: by appointment, the digest of each attachment


def findings(session: AnySession) -> list[str]:
    """A sentence for each signature that is not what it was, for each that the audit trail knows and is gone, and for
    each photo or paper that came, went or was changed after its note was signed.
    """
    query = select(Signature).order_by(Signature.client_id, Signature.number).execution_options(yield_per=500)
    found: list[str] = []
    here: set[str] = set()
    attached: dict[UUID, dict[str, str]] = {}
    notes: dict[UUID, str] = {}
    co_signed: list[tuple[str, UUID, str]] = []
    for client_id, signatures in groupby(session.scalars(query), key=lambda one: one.client_id):
        chained = list(signatures)
        here |= {str(one.id) for one in chained}
        troubles = chain.broken(crypto.keyring(), chained)
        found += [f"Signature {one.number} of client {client_id} {SAID[trouble]}." for one, trouble in troubles]
        for one, document in _whole(chained, {one.id for one, _ in troubles}):
            if one.kind == "note":
                notes[one.appointment_id] = one.digest.hex()
                attached[one.appointment_id] = {each["id"]: each["digest"] for each in document.get("attachments", ())}
            elif one.kind == "co_sign":
                co_signed.append((f"{one.number} of client {client_id}", one.appointment_id, document["about"]))
        session.expunge_all()
    other = [name for name, appointment_id, about in co_signed if notes.get(appointment_id, about) != about]
    found += [f"Signature {name} was given for another note than the one that is here." for name in other]
    return found + _trail_findings(session, here) + _attachment_findings(session, attached)


def _whole(signatures: Iterable[Signature], broken: set[UUID]) -> list[tuple[Signature, Any]]:
    """Those that are as they were signed, with their documents."""
    return [(one, json.loads(one.document or "{}")) for one in signatures if one.id not in broken]


def _trail_findings(session: AnySession, here: set[str]) -> list[str]:
    subjects = session.scalars(select(AuditLine.subject).where(AuditLine.action.in_(SIGNED)))
    told = {subject.removeprefix(SUBJECT) for subject in subjects}
    gone = [f"Signature {one} is gone: the audit trail says that it was made." for one in sorted(told - here)]
    return gone + [f"Signature {one} is not in the audit trail." for one in sorted(here - told)]


def _attachment_findings(session: AnySession, attached: Attached) -> list[str]:
    query = select(Attachment).order_by(Attachment.id).options(undefer(Attachment.paper_sealed))
    found: list[str] = []
    missed = {name for of_note in attached.values() for name in of_note}
    for one in session.scalars(query.execution_options(yield_per=20)):
        if one.appointment_id in attached:
            missed.discard(str(one.id))
            if trouble := _attachment_trouble(one, attached[one.appointment_id].get(str(one.id))):
                found.append(f"Attachment {one.id} {trouble}.")
        session.expunge(one)
    return found + [f"Attachment {name} is gone: a signed note names it." for name in sorted(missed)]


def _attachment_trouble(one: Attachment, signed: str | None) -> str | None:
    if signed is None:
        return "came after its note was signed"
    try:
        kept = hashlib.sha256(base64.b64decode(one.paper or "")).hexdigest()
    except (SealBrokenError, ValueError):
        return "cannot be opened: it was changed, moved or sealed with keys that are gone"
    return None if kept == signed else "was changed after its note was signed"
