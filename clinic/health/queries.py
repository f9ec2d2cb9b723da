"""What the clinic has of clients before their visits, for a page of one visit or of a whole day."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from clinic.booking.models import Appointment, Attendance, Cancellation
from clinic.consent.queries import accepted_by, consent_states
from clinic.core.db import AnySession
from clinic.health.models import VisitCheck
from clinic.health.rules import Check, Told, missing
from clinic.intake.models import Clearance, HealthHistory
from clinic.people.queries import same_person
from clinic.places.models import Clinic


def missing_before(
    session: AnySession, appointment_ids: Collection[UUID], clinic: Clinic, *, now: datetime
) -> dict[UUID, tuple[str, ...]]:
    """What is still to be asked before each of these visits. Five statements, however many they are."""
    told = told_before(session, appointment_ids)
    visits = [one for one, _ in told.values()]
    consents = consent_states(session, visits)
    accepted = accepted_by(session, {one.client_id for one in visits}, clinic)
    found = {}
    for one, before in told.values():
        whole = replace(before, consent=consents[one.id], notice=one.client_id in accepted)
        found[one.id] = missing(whole, starts_at=one.starts_at, now=now)
    return found


def told_before(session: AnySession, appointment_ids: Collection[UUID]) -> dict[UUID, tuple[Appointment, Told]]:
    """Each of these visits, and what there is of its client before it, but for consents. Two statements."""
    ids = {"ids": list(appointment_ids)}
    changes = _changes(session, ids)
    return {
        visit.id: (visit, Told(history_at, changes.get(visit.client_id), seen_at, check_at))
        for visit, history_at, seen_at, check_at in session.execute(TOLD, ids)
    }


def checks_of(session: AnySession, appointment_id: UUID) -> list[VisitCheck]:
    """Every time somebody was asked before this visit, the first first."""
    return list(session.scalars(CHECKS, {"id": appointment_id}))


def overrides_of(session: AnySession, client_id: UUID, *, on: date) -> list[Clearance]:
    """The reasons that a therapist put aside against the list and that are so on a day, the latest first."""
    return list(session.scalars(OVERRIDES, {"client_id": client_id, "on": on}))


def check_in(row: VisitCheck) -> Check:
    """As a value for the rules."""
    return Check.from_kept(json.loads(row.answers or "{}"))


def _changes(session: AnySession, ids: dict[str, list[UUID]]) -> dict[UUID, datetime]:
    """By client, when they last said that something has changed since they told their history."""
    found: dict[UUID, datetime] = {}
    for row, client_id in session.execute(SINCE_HISTORY, ids):
        if check_in(row).changed:
            found[client_id] = max(row.told_at, found.get(client_id, row.told_at))
    return found


# Built once: putting these together takes longer than the database takes to answer.


EARLIER, ITS_CLIENT = aliased(Appointment), aliased(Appointment)


def _seen_at() -> Any:
    missed = select(Attendance.id).where(
        Attendance.appointment_id == EARLIER.id, Attendance.state == "no_show", Attendance.undone_at.is_(None)
    )
    cancelled = select(Cancellation.appointment_id).where(Cancellation.appointment_id == EARLIER.id)
    return (
        select(func.max(EARLIER.ends_at))
        .where(
            EARLIER.client_id == Appointment.client_id,
            EARLIER.ends_at <= Appointment.starts_at,
            ~missed.exists(),
            ~cancelled.exists(),
        )
        .correlate(Appointment)
        .scalar_subquery()
    )


IDS: Any = bindparam("ids", expanding=True)
HISTORY_AT = (
    select(func.max(HealthHistory.finished_at))
    .where(HealthHistory.client_id == Appointment.client_id)
    .correlate(Appointment)
    .scalar_subquery()
)
CHECK_AT = (
    select(func.max(VisitCheck.told_at))
    .where(VisitCheck.appointment_id == Appointment.id)
    .correlate(Appointment)
    .scalar_subquery()
)
TOLD = (
    select(Appointment, HISTORY_AT, _seen_at(), CHECK_AT)
    .where(Appointment.id.in_(IDS))
    .options(joinedload(Appointment.treatment), joinedload(Appointment.second_treatment))
)
SINCE_HISTORY = (
    select(VisitCheck, Appointment.client_id)
    .join(Appointment, Appointment.id == VisitCheck.appointment_id)
    .where(
        Appointment.client_id.in_(select(ITS_CLIENT.client_id).where(ITS_CLIENT.id.in_(IDS))),
        VisitCheck.told_at > HISTORY_AT,
    )
)
OVERRIDES = (
    select(Clearance)
    .where(
        Clearance.client_id.in_(same_person(bindparam("client_id", type_=Uuid()))),
        Clearance.way == "override",
        Clearance.revoked_at.is_(None),
        or_(Clearance.good_until.is_(None), Clearance.good_until >= bindparam("on")),
    )
    .order_by(Clearance.given_at.desc(), Clearance.id)
)
CHECKS = (
    select(VisitCheck).where(VisitCheck.appointment_id == bindparam("id")).order_by(VisitCheck.told_at, VisitCheck.id)
)
