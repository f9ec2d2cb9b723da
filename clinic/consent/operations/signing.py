"""Agreeing, and taking it back."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.consent import queries
from clinic.consent.models import Consent, ConsentWithdrawal
from clinic.consent.operations.texts import lock, text_to_sign
from clinic.consent.rules import WITHDRAWN, Signature, signature_refusals
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.people.models import Client
from clinic.people.operations import lock_record
from clinic.treatments.models import Treatment
from clinic.work import operations as work
from clinic.work.models import WorkItem

CONSENT_WITHDRAWN = "ask_about_consent"
WITHIN = timedelta(days=1)


def sign(
    session: AnySession,
    appointment: Appointment,
    treatment: Treatment,
    signature: Signature,
    *,
    under_18: bool,
    now: datetime,
    by: Actor,
) -> Consent | list[Refusal]:
    """Keep that somebody agreed to what they were shown, for this visit and, where it is not asked anew
    each time, for those after it. Twice the same is once. The caller commits.
    """
    lock(session, treatment)
    text = text_to_sign(session, treatment, now=now)
    if text.digest != signature.digest:
        return [Refusal("text_changed")]
    if refused := signature_refusals(signature, under_18=under_18):
        return refused
    lock_record(session, appointment.client_id)
    document = json.dumps(asdict(signature), ensure_ascii=False, sort_keys=True)
    if there := _the_same(session, appointment, text.id, document):
        return there
    consent = Consent(
        client_id=appointment.client_id,
        text_id=text.id,
        appointment_id=appointment.id,
        way=signature.way,
        signed_at=now,
        signed_by=str(by),
        document=document,
    )
    session.add(consent)
    session.flush()
    detail = {"consent": str(consent.id), "text": text.id}
    audit.record(session, "consent.signed", f"client:{appointment.client_id}", by=by, now=now, detail=detail)
    return consent


def withdraw(session: AnySession, client: Client, treatment_id: int, *, now: datetime, by: Actor) -> bool:
    """Take back all consents to a treatment's texts; it holds at once. Whoever is to treat them is asked to speak with
    them first. False where there was nothing to take back. The caller commits.
    """
    lock_record(session, client.id)
    standing = [
        one
        for one in queries.consents_of(session, client.id)
        if one.text.treatment_id == treatment_id and one.withdrawal is None
    ]
    for one in standing:
        session.add(ConsentWithdrawal(consent_id=one.id, at=now, by=str(by)))
        detail = {"consent": str(one.id)}
        audit.record(session, "consent.withdrawn", f"client:{client.id}", by=by, now=now, detail=detail)
    session.flush()
    session.expire_all()
    if standing:
        _ask_therapists(session, client.id, now=now, by=by)
    return bool(standing)


def _ask_therapists(session: AnySession, client_id: UUID, *, now: datetime, by: Actor) -> None:
    """Once for each visit to come that has no consent now."""
    to_come = queries.visits_of(session, client_id, now)
    states = queries.consent_states(session, to_come)
    for one in to_come:
        subject = f"appointment:{one.id}"
        if states[one.id] == WITHDRAWN and not _asked_already(session, subject):
            due_at = max(now, min(now + WITHIN, one.starts_at))
            work.ask(session, CONSENT_WITHDRAWN, subject, one.therapist.account_id, due_at=due_at, now=now, by=by)


def _asked_already(session: AnySession, subject: str) -> bool:
    asked = select(WorkItem.id).where(WorkItem.task == CONSENT_WITHDRAWN, WorkItem.subject == subject)
    return session.scalar(asked.where(WorkItem.done_at.is_(None)).limit(1)) is not None


def _the_same(session: AnySession, appointment: Appointment, text_id: int, document: str) -> Consent | None:
    """What a second press of the button sent."""
    found = queries.consents_of(session, appointment.client_id)
    of_this_visit = (one for one in found if (one.appointment_id, one.text_id) == (appointment.id, text_id))
    return next((one for one in of_this_visit if one.withdrawal is None and one.document == document), None)
