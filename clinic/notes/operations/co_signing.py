"""A supervisor signs a trainee's note as well: asked when the trainee signs, done beside the note, handed on when the
trainee gets another supervisor.
"""

from datetime import datetime, timedelta

from clinic.booking.models import Appointment
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.notes import queries
from clinic.notes.operations.freezing import freeze
from clinic.notes.operations.locking import lock_appointment
from clinic.notes.queries import co_signing
from clinic.people.models import Therapist
from clinic.work import operations as work

WITHIN = timedelta(days=7)


def ask_for_co_signature(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> None:
    """Where the note of this appointment is a trainee's, it waits for their supervisor. Nothing for anybody else's."""
    supervisor = queries.supervisor_today(session, appointment.therapist)
    if supervisor:
        subject, owner = co_signing.subject_of(appointment.id), supervisor.account_id
        work.ask(session, co_signing.CO_SIGN, subject, owner, due_at=now + WITHIN, now=now, by=by)


def co_sign(
    session: AnySession, appointment: Appointment, word: str, *, signer: Therapist, now: datetime, by: Actor
) -> list[Refusal]:
    """The supervisor signs beside the note, which stays as it is; the signature names the note by its digest. Refused
    where the note does not wait for them.
    """
    lock_appointment(session, appointment.id)
    note, item = queries.note_signature(session, appointment.id), co_signing.open_item(session, appointment.id)
    if note is None or item is None or item.owner_id != signer.account_id:
        return [Refusal("note_not_awaiting")]
    freeze(session, appointment, "co_sign", {"text": word, "about": note.digest.hex()}, signer=signer, now=now, by=by)
    work.complete(session, item, now=now, by=by)
    session.flush()
    return []


def hand_over_co_signing(session: AnySession, trainee: Therapist, *, now: datetime, by: Actor) -> None:
    """What waits for a co-signature goes to who supervises this trainee from now on; where nobody does, it stays with
    whom it was asked of.
    """
    supervisor = queries.supervisor_today(session, trainee)
    if supervisor and supervisor.account_id:
        for item in co_signing.open_items_of(session, trainee.id):
            work.hand_over(session, item, supervisor.account_id, now=now, by=by)
