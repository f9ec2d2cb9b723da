"""Asking clients how they are: some days after a release, and on the day their plan is looked at again."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from clinic.aftercare.models import CheckIn, PlanIssue
from clinic.aftercare.queries import check_ins as queries
from clinic.aftercare.rules.check_ins import ASKED_UNTIL, FROM, GRACE, LINK_LASTS, decent
from clinic.booking.models import Appointment
from clinic.booking.programme import Programme, programme
from clinic.core import audit
from clinic.core.audit import SYSTEM
from clinic.core.db import AnySession, writing
from clinic.core.links import Link
from clinic.core.times import instant_of, wall_minute
from clinic.messages.operations import queue, unqueue

MAIL = "how_are_you"


def ask_how_they_are(session: AnySession, *, now: datetime) -> int:
    """Ask each client whose release ended as long ago as the clinic asks, and who was not asked yet; how many were.
    The worker's task; commits. It looks without a lock first, and at decent hours alone does a mail go out.
    """
    known = programme(session)
    due = _due(session, known, now)
    session.rollback()
    if not due or known is None:
        return 0
    with writing():
        asked = sum(_ask_after(session, known, one, now) for one in _due(session, known, now))
        session.commit()
    return asked


def ask_at_review(
    session: AnySession, issue: PlanIssue, client_id: UUID, review_on: date | None, *, now: datetime
) -> None:
    """Ask, on the morning of this day, how it went with this version of a plan; what an earlier version would have been
    asked is not any more. The mail waits until then, and is not written where something newer was sent meanwhile. The
    caller commits.
    """
    earlier = session.scalars(queries.SUPERSEDED, {"plan_id": issue.plan_id, "now": now}).all()
    unqueue(session, MAIL, *earlier)
    session.execute(delete(Link).where(Link.scope == "check_in", Link.subject_id.in_(earlier)))
    session.execute(delete(CheckIn).where(CheckIn.id.in_(earlier)))
    known = programme(session)
    due_at = instant_of(wall_minute(review_on, FROM, known.location.zone)) if review_on and known else now
    if due_at > now:
        row = CheckIn(client_id=client_id, kind="review", issue_id=issue.id, therapist_id=issue.therapist_id)
        _ask(session, row, f"review/{issue.id}", due_at, now=now)


def _due(session: AnySession, known: Programme | None, now: datetime) -> list[Appointment]:
    """The releases to ask about; none where the clinic never asks."""
    hours = known.clinic.check_in_hours if known and known.locations else 0
    if not hours:
        return []
    return list(queries.releases_to_ask_about(session, now - ASKED_UNTIL - GRACE, now - timedelta(hours=hours)))


def _ask_after(session: AnySession, known: Programme, release: Appointment, now: datetime) -> bool:
    """Another worker may have asked in this very moment."""
    zone = known.location_of(release).zone
    row = CheckIn(
        client_id=release.client_id, kind="release", appointment_id=release.id, therapist_id=release.therapist_id
    )
    with suppress(IntegrityError), session.begin_nested():
        _ask(session, row, f"release/{release.id}", decent(now, zone), now=now)
        return True
    return False


def _ask(session: AnySession, row: CheckIn, once: str, due_at: datetime, *, now: datetime) -> None:
    """With a link that is good for two weeks, and a mail when it is due."""
    row.once, row.due_at = once, due_at
    session.add(row)
    session.flush()
    session.add(Link(scope="check_in", subject_id=row.id, expires_at=due_at + LINK_LASTS))
    audit.record(session, "check_in.asked", f"check_in:{row.id}", by=SYSTEM, now=now)
    queue(session, MAIL, row.id, due_at=due_at)
    session.flush()
