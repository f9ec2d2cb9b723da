"""Whatever is signed becomes one canonical document, chained to what was signed before for this client."""

from datetime import datetime
from typing import Any

from clinic.booking.models import Appointment
from clinic.core import audit, crypto
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.notes import chain, queries
from clinic.notes.models import Signature
from clinic.notes.operations.document import about
from clinic.people.models import Therapist
from clinic.people.operations import lock_record


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
