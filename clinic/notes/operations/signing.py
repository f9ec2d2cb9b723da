"""Signing a note: one canonical document, chained to what was signed before for this client."""

from datetime import datetime
from typing import Any

from clinic.booking.models import Appointment
from clinic.consent.queries import release_consent
from clinic.core import audit, crypto
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.health.operations import release_refusals
from clinic.notes import chain, queries, rules
from clinic.notes.models import NoteDraft, Signature
from clinic.notes.operations.document import about, note_document, unfinished_tests
from clinic.notes.operations.drafts import Page, save_draft
from clinic.notes.rules import Content
from clinic.people.models import Therapist
from clinic.people.operations import lock_record


def sign(
    session: AnySession, appointment: Appointment, content: Content, page: Page, *, now: datetime, by: Actor
) -> list[Refusal]:
    """Sign what this page says. From then on nothing changes it; the draft is gone. What can't be signed is kept as
    a draft all the same.
    """
    if refused := save_draft(session, appointment, content, page, now=now, by=by):
        return refused
    begun, cancelled = appointment.starts_at <= now, appointment.cancellation is not None
    consent = release_consent(session, appointment) if appointment.is_release else ""
    unsafe = [*release_refusals(session, appointment), *unfinished_tests(session, content)]
    if refused := rules.signing_refusals(content, begun=begun, cancelled=cancelled, consent=consent, unsafe=unsafe):
        return refused
    said = note_document(session, appointment, content)
    freeze(session, appointment, "note", said, signer=appointment.therapist, now=now, by=by)
    session.delete(session.get_one(NoteDraft, appointment.id))
    session.flush()
    return []


def freeze(
    session: AnySession,
    appointment: Appointment,
    kind: str,
    said: dict[str, Any],
    *,
    signer: Therapist,
    now: datetime,
    by: Actor,
) -> None:
    """Write the next document of this client's chain. Their row is the lock, so that the chain never forks."""
    lock_record(session, appointment.client_id)
    previous = queries.last_signature(session, appointment.client_id)
    number = previous.number + 1 if previous else 1
    signed = {"kind": kind, "number": number, "version": chain.VERSION, "signed_at": now.isoformat()}
    document = chain.canonical({**about(appointment, signer), **said, **signed})
    signature = Signature(
        kind=kind,
        appointment_id=appointment.id,
        client_id=appointment.client_id,
        number=number,
        therapist_id=signer.id,
        signed_at=now,
        document=document,
        digest=chain.digest(crypto.keyring(), document, previous),
    )
    session.add(signature)
    audit.record(session, f"{kind}.signed", f"signature:{signature.id}", by=by, now=now)
    session.flush()
