"""Appointments, holds and clients for pages."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from clinic.booking.models import Appointment, Attendance, Cancellation, Hold, Move, Override
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.people.models import Account, Client, Therapist

WITH_ALL = (
    joinedload(Appointment.client),
    joinedload(Appointment.therapist),
    joinedload(Appointment.treatment),
    joinedload(Appointment.second_treatment),
    joinedload(Appointment.room),
    joinedload(Appointment.call),
    joinedload(Appointment.approval),
    joinedload(Appointment.cancellation),
)


def held_by(session: AnySession, visit_digest: bytes, now: datetime) -> Hold | None:
    """The time that is kept for this visit."""
    return session.scalar(HELD, {"visit_digest": visit_digest, "now": now})


def appointment(session: AnySession, appointment_id: UUID) -> Appointment | None:
    """One appointment with all that its pages and mails name."""
    return session.scalar(APPOINTMENT, {"id": appointment_id})


def appointments_between(
    session: AnySession,
    first: datetime,
    last: datetime,
    *,
    therapist_id: int | None = None,
) -> list[Appointment]:
    """Standing appointments that begin in [first, last), in order; of one therapist or of all."""
    query = STANDING if therapist_id is None else STANDING_OF_ONE
    return list(session.scalars(query, {"first": first, "last": last, "therapist_id": therapist_id}))


def appointments_of(session: AnySession, client_id: UUID) -> list[Appointment]:
    """All appointments of a client, cancelled ones too, latest first, with how far each came and where it was moved
    from.
    """
    return list(session.scalars(OF_A_CLIENT, {"client_id": client_id}).unique())


def seen_at(
    session: AnySession,
    client_id: UUID,
    treatment_ids: Collection[int],
    before: datetime,
    *,
    but: Collection[UUID] = (),
) -> datetime | None:
    """When the last of a client's standing appointments for any of these treatments ends, of those that end before an
    instant; `but` are not counted.
    """
    asked = {"client_id": client_id, "treatment_ids": list(treatment_ids), "before": before, "but": list(but)}
    return session.scalar(SEEN_AT, asked)


def all_seen(session: AnySession, client_id: UUID, treatment_ids: Collection[int]) -> Sequence[datetime]:
    """When each of a client's standing appointments for any of these treatments ends, those to come too."""
    asked = {"client_id": client_id, "treatment_ids": list(treatment_ids), "but": []}
    return session.scalars(ALL_SEEN, asked).all()


def starts_between(
    session: AnySession, client_id: UUID, first: datetime, last: datetime, *, but: UUID | None
) -> Sequence[datetime]:
    """When the appointments of a client begin, of those that do in [first, last); `but` is left out."""
    asked = {"client_id": client_id, "first": first, "last": last, "but": [but] if but else []}
    return session.scalars(STARTS, asked).all()


def appointments_to_come(session: AnySession, email: str, now: datetime) -> list[tuple[Appointment, Link]]:
    """Standing appointments not yet begun of every client with this mail address, in order, with their links.

    However the address is written. It looks at all that is to come, and takes as long where there is none.
    """
    return [(one, link) for one, link in session.execute(TO_COME_OF_AN_ADDRESS, {"email": email, "now": now})]


def latest_visits(session: AnySession, email: str, now: datetime) -> list[tuple[Appointment, Link]]:
    """The last appointment that has begun of everybody with this mail address, with its link, which may have expired.

    Guests are a client anew with each booking: who has the same name is the same person here. It looks at all clients,
    and takes as long where nobody has the address.
    """
    found = session.execute(LATEST_OF_AN_ADDRESS, {"email": email, "now": now})
    return list({one.client.name.casefold(): (one, link) for one, link in found}.values())


def appointment_of_staff(session: AnySession, appointment_id: UUID, account: Account) -> Appointment | None:
    """One appointment for the desk: a therapist's own, or any for reception and owners."""
    found = appointment(session, appointment_id)
    own = found is not None and found.therapist.account_id == account.id
    return found if own or account.role != "therapist" else None


def appointment_of_client(session: AnySession, appointment_id: UUID, client_id: UUID) -> Appointment | None:
    """One appointment of this client's own."""
    found = appointment(session, appointment_id)
    return found if found and found.client_id == client_id else None


def overrides_of(session: AnySession, appointment_id: UUID) -> list[Override]:
    """The rules that were put aside for it, the first first."""
    return list(session.scalars(OVERRIDES, {"id": appointment_id}))


def visible_client(session: AnySession, client_id: UUID, account: Account) -> Client | None:
    """A client this person may look up: therapists those booked with them, reception and owners all. Asked for one who
    was merged, it is the client they are now.
    """
    query: Select[Any] = TREATED_CLIENT if account.role == "therapist" else ANY_CLIENT
    found: Client | None = session.scalar(query, {"client_id": client_id, "account_id": account.id})
    return found


# Built once: putting these together takes longer than the database takes to answer.


def _treated_client() -> Select[Any]:
    booked = select(Appointment.id).join(Therapist).outerjoin(Cancellation)
    theirs = booked.where(
        Appointment.client_id == Client.id,
        Therapist.account_id == bindparam("account_id"),
        Cancellation.appointment_id.is_(None),
    )
    return ANY_CLIENT.where(exists(theirs))


OVERRIDES = select(Override).where(Override.appointment_id == bindparam("id")).order_by(Override.at, Override.id)
HELD = select(Hold).where(Hold.visit_digest == bindparam("visit_digest"), Hold.expires_at > bindparam("now"))
APPOINTMENT = select(Appointment).where(Appointment.id == bindparam("id")).options(*WITH_ALL)
STANDING = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Cancellation.appointment_id.is_(None),
        Appointment.starts_at >= bindparam("first"),
        Appointment.starts_at < bindparam("last"),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at, Appointment.therapist_id)
)
STANDING_OF_ONE = STANDING.where(Appointment.therapist_id == bindparam("therapist_id"))
OF_A_CLIENT = (
    select(Appointment)
    .where(Appointment.client_id == bindparam("client_id"))
    .options(
        *WITH_ALL,
        joinedload(Appointment.screening),
        joinedload(Appointment.steps),
        joinedload(Appointment.moves).joinedload(Move.from_therapist),
    )
    .order_by(Appointment.starts_at.desc(), Appointment.id)
)
STANDING_BUT = (
    select()
    .select_from(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Cancellation.appointment_id.is_(None),
        Appointment.client_id == bindparam("client_id"),
        Appointment.id.not_in(bindparam("but", expanding=True)),
    )
)
MISSED = exists().where(
    Attendance.appointment_id == Appointment.id, Attendance.state == "no_show", Attendance.undone_at.is_(None)
)
TREATMENT_IDS: Any = bindparam("treatment_ids", expanding=True)
SEEN = STANDING_BUT.where(
    or_(Appointment.treatment_id.in_(TREATMENT_IDS), Appointment.second_treatment_id.in_(TREATMENT_IDS)), ~MISSED
)
SEEN_AT = SEEN.add_columns(func.max(Appointment.ends_at)).where(Appointment.ends_at <= bindparam("before"))
ALL_SEEN = SEEN.add_columns(Appointment.ends_at)
STARTS = STANDING_BUT.add_columns(Appointment.starts_at).where(
    Appointment.starts_at >= bindparam("first"), Appointment.starts_at < bindparam("last")
)
OF_AN_ADDRESS = (
    select(Appointment, Link)
    .join(Client, Client.id == Appointment.client_id)
    .join(Link, (Link.subject_id == Appointment.id) & (Link.scope == "appointment"))
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Cancellation.appointment_id.is_(None),
        Link.revoked_at.is_(None),
        func.lower(Client.email) == func.lower(bindparam("email")),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at, Appointment.id)
)
TO_COME_OF_AN_ADDRESS = OF_AN_ADDRESS.where(
    Appointment.starts_at > bindparam("now"), Link.expires_at > bindparam("now")
)
BEGUN, ENDED = aliased(Appointment), aliased(Cancellation)
LATEST_OF_AN_ADDRESS = OF_AN_ADDRESS.where(
    Appointment.id
    == select(BEGUN.id)
    .outerjoin(ENDED, ENDED.appointment_id == BEGUN.id)
    .where(BEGUN.client_id == Client.id, BEGUN.starts_at <= bindparam("now"), ENDED.appointment_id.is_(None))
    .order_by(BEGUN.starts_at.desc(), BEGUN.id)
    .limit(1)
    .correlate(Client)
    .scalar_subquery()
)
ASKED_FOR = aliased(Client)
ANY_CLIENT = (
    select(Client)
    .join(ASKED_FOR, Client.id == func.coalesce(ASKED_FOR.merged_into_id, ASKED_FOR.id))
    .where(ASKED_FOR.id == bindparam("client_id"))
)
TREATED_CLIENT = _treated_client()
