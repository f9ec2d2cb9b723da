"""What hangs on a visit beside the words of its note."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from clinic.booking.models import Appointment
from clinic.core.db import AnySession
from clinic.notes.models import Attachment
from clinic.people.models import Account


def attachments_of(session: AnySession, appointment_id: UUID) -> Sequence[Attachment]:
    """The photos and papers of a visit, the first first, without what is in them."""
    return session.scalars(ATTACHMENTS, {"appointment_id": appointment_id}).all()


def attachment_and_client(session: AnySession, attachment_id: UUID) -> tuple[Attachment, UUID] | None:
    """A photo or paper, and whose visit it belongs to."""
    query = select(Attachment, Appointment.client_id).join(Appointment, Appointment.id == Attachment.appointment_id)
    found = session.execute(query.where(Attachment.id == attachment_id)).one_or_none()
    return (found[0], found[1]) if found else None


def attachments_of_all(session: AnySession, appointment_ids: Collection[UUID]) -> dict[UUID, list[Attachment]]:
    """The photos and papers of several visits, by visit; absent where there are none."""
    found: dict[UUID, list[Attachment]] = {}
    for one in session.scalars(OF_ALL, {"ids": list(appointment_ids)}):
        found.setdefault(one.appointment_id, []).append(one)
    return found


ATTACHMENTS = (
    select(Attachment)
    .where(Attachment.appointment_id == bindparam("appointment_id"))
    .options(joinedload(Attachment.account).load_only(Account.name).lazyload(Account.therapist))
    .order_by(Attachment.added_at, Attachment.id)
)
OF_ALL = (
    select(Attachment)
    .where(Attachment.appointment_id.in_(bindparam("ids", expanding=True)))
    .order_by(Attachment.added_at, Attachment.id)
)
