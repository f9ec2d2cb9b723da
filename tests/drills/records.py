"""What the database holds after a drill, looked at from outside."""

from collections import Counter
from collections.abc import Iterable
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from clinic.booking.models import Appointment, Cancellation, Claim, Move, Resource
from clinic.core.audit import AuditLine
from clinic.core.links import Link
from clinic.messages.models import OutgoingMessage
from clinic.notes.models import NoteDraft
from clinic.people.models import Client, ClientAccount


@contextmanager
def looking_into(url: str):
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def overlaps(url: str) -> int:
    """Pairs of claims of one resource that share a minute."""
    one, other = aliased(Claim), aliased(Claim)
    pairs = sa.select(sa.func.count()).where(
        one.resource_id == other.resource_id,
        one.id < other.id,
        one.starts_at < other.ends_at,
        other.starts_at < one.ends_at,
    )
    with looking_into(url) as database:
        return database.scalar(pairs)


def at_odds(url: str) -> list[str]:
    """Appointments that are cancelled and claim time, or stand and do not claim it three times when they begin."""
    of = (Appointment.id, Appointment.starts_at, Cancellation.appointment_id)
    query = sa.select(*of).outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    with looking_into(url) as database:
        claims = sa.select(Claim.appointment_id, Claim.starts_at).where(Claim.appointment_id.is_not(None))
        claimed = Counter(map(tuple, database.execute(claims)))
        right = Counter({(one, at): 3 for one, at, cancelled in database.execute(query) if not cancelled})
    return [f"{one} at {at}" for one, at in (claimed - right) + (right - claimed)]


def moves(url: str) -> int:
    """How often anything was moved."""
    with looking_into(url) as database:
        return database.scalar(sa.select(sa.func.count()).select_from(Move))


def booking_keys(url: str) -> set[str]:
    """The keys of all bookings there are."""
    with looking_into(url) as database:
        return set(database.scalars(sa.select(Appointment.booking_key)))


def appointment_ids(url: str, keys: Iterable[str]) -> list[str]:
    """The appointments that were booked with these keys, in their order."""
    with looking_into(url) as database:
        found = dict(database.execute(sa.select(Appointment.booking_key, Appointment.id)).all())
    return [str(found[key]) for key in keys]


def saves(url: str) -> tuple[int, int]:
    """How often drafts were saved: by their own count, and by the lines of the audit trail."""
    lines = sa.select(sa.func.count()).where(AuditLine.action == "note.draft_saved")
    with looking_into(url) as database:
        return database.scalar(sa.select(sa.func.sum(NoteDraft.revision))), database.scalar(lines)


def half_written(url: str) -> dict[str, int]:
    """Whatever should be there once for each booking (claims: three times, until it is cancelled) and is not, or is
    without a booking. Clients with an account of their own are the clinic's from the start.
    """
    with_account = sa.select(ClientAccount.client_id)
    queries = {
        "claims": sa.select(Claim.appointment_id).where(Claim.appointment_id.is_not(None)),
        "links": sa.select(Link.subject_id).where(Link.scope == "appointment"),
        "mails": sa.select(OutgoingMessage.subject_id).where(OutgoingMessage.occasion == "appointment_booked"),
        "audit lines": sa.select(AuditLine.subject).where(AuditLine.action == "appointment.booked"),
        "clients": sa.select(Client.id).where(Client.id.not_in(with_account)),
        "resources": sa.select(Resource.client_id).where(Resource.client_id.not_in(with_account)),
    }
    with looking_into(url) as database:
        found = {what: Counter(database.scalars(query)) for what, query in queries.items()}
        booked = Counter(database.scalars(sa.select(Appointment.id)))
        standing = booked - Counter(database.scalars(sa.select(Cancellation.appointment_id)))
        clients = Counter(set(database.scalars(sa.select(Appointment.client_id))))
    subjects = Counter(f"appointment:{appointment_id}" for appointment_id in booked)
    right = (standing + standing + standing, booked, booked, subjects, clients, clients)
    wrong = {what: (found[what] - one) + (one - found[what]) for what, one in zip(queries, right, strict=True)}
    return {what: difference.total() for what, difference in wrong.items() if difference}
