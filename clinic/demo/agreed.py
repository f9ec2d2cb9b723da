"""What the demo's clients agreed to: consents before their first visit, the privacy notice, and news for a few."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.booking.models import Appointment, Cancellation
from clinic.consent.operations import accept_notice, choose_news, sign
from clinic.consent.queries import words_for
from clinic.consent.rules import Signature
from clinic.core.audit import Actor
from clinic.core.db import AnySession

EVERY_TENTH, EVERY_THIRD = 10, 3
DRAWN = (((40, 120), (90, 60), (130, 130), (180, 70), (230, 130)), ((250, 100), (330, 95), (420, 90)))


def standing(session: AnySession) -> Sequence[Appointment]:
    """All visits that were not cancelled, in order of time."""
    query = select(Appointment).outerjoin(Cancellation).where(Cancellation.appointment_id.is_(None))
    loaded = joinedload(Appointment.client), joinedload(Appointment.treatment)
    return session.scalars(query.options(*loaded).order_by(Appointment.starts_at, Appointment.therapist_id)).all()


def agree(session: AnySession, visits: Iterable[Appointment], *, now: datetime) -> None:
    """Sign for each client what their first visit for a treatment asked for; of visits to come, one in three has
    nothing yet. `visits` in order of time. The caller commits.
    """
    known: set[tuple[object, int]] = set()
    for nth, visit in enumerate(visits):
        at = min(visit.starts_at - timedelta(hours=20), now)
        for treatment in visit.treatments:
            if (visit.client_id, treatment.id) in known or (visit.starts_at > now and nth % EVERY_THIRD == 0):
                continue
            known.add((visit.client_id, treatment.id))
            digest = words_for(session, treatment).digest
            signature = Signature(digest, visit.client.name, strokes=DRAWN if nth % 2 else ())
            sign(session, visit, treatment, signature, under_18=False, now=at, by=Actor("link", "demo"))
        if accept_notice(session, visit.client_id, now=at, by=Actor("link", "demo")) and nth % EVERY_TENTH == 1:
            choose_news(session, visit.client_id, wanted=True, now=at, by=Actor("link", "demo"))
