"""Signing a note: it is checked, frozen into one document, and the draft is gone."""

from datetime import datetime

from clinic.booking.models import Appointment
from clinic.consent.queries import release_consent
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.health.operations import release_refusals
from clinic.notes import rules
from clinic.notes.models import NoteDraft
from clinic.notes.operations.co_signing import ask_for_co_signature
from clinic.notes.operations.document import note_document, unfinished_tests
from clinic.notes.operations.drafts import Page, save_draft
from clinic.notes.operations.episodes import keep_what_they_come_for
from clinic.notes.operations.freezing import freeze
from clinic.notes.rules import Content


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
    said = {
        **note_document(session, appointment, content),
        **keep_what_they_come_for(session, appointment, content, now=now, by=by),
    }
    freeze(session, appointment, "note", said, signer=appointment.therapist, now=now, by=by)
    ask_for_co_signature(session, appointment, now=now, by=by)
    session.delete(session.get_one(NoteDraft, appointment.id))
    session.flush()
    return []
