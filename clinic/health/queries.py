"""What the clinic has of clients before their visits, for a page of one visit or of a whole day."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from clinic.booking.models import Appointment, Attendance, Cancellation
from clinic.consent.models import NoticeAcceptance, PrivacyNotice
from clinic.consent.queries import consent_states
from clinic.core.db import AnySession
from clinic.health.models import VisitCheck
from clinic.health.rules import Check, Told, missing
from clinic.intake.models import Clearance, HealthHistory
from clinic.people.models import Client
from clinic.people.queries import same_person
from clinic.places.models import Clinic
from clinic.places.privacy import privacy_digest, privacy_words


def missing_before(
    session: AnySession, appointment_ids: Collection[UUID], clinic: Clinic, *, now: datetime
) -> dict[UUID, tuple[str, ...]]:
    """What is still to be asked before each of these visits. Three statements, however many they are."""
    told = told_before(session, appointment_ids, clinic)
    consents = consent_states(session, [visit for visit, _ in told.values()])
    return {
        visit.id: missing(replace(before, consent=consents[visit.id]), starts_at=visit.starts_at, now=now)
        for visit, before in told.values()
    }


def told_before(
    session: AnySession, appointment_ids: Collection[UUID], clinic: Clinic
) -> dict[UUID, tuple[Appointment, Told]]:
    """Each of these visits, and what there is of its client before it, but for consents. One statement. A change is the
    last they told of since they told their history.
    """
    found: dict[UUID, tuple[Appointment, Told]] = {}
    asked = {"ids": list(appointment_ids), "digest": privacy_digest(privacy_words(clinic))}
    for visit, history_at, seen_at, check_at, notice, since in session.execute(TOLD, asked):
        _, told = found.get(visit.id, (visit, Told(history_at, None, seen_at, check_at, notice=notice)))
        if since and check_in(since).changed:
            told = replace(told, change_at=max(since.told_at, told.change_at or since.told_at))
        found[visit.id] = visit, told
    return found


def checks_of(session: AnySession, appointment_id: UUID) -> list[VisitCheck]:
    """Every time somebody was asked before this visit, the first first."""
    return list(session.scalars(CHECKS, {"id": appointment_id}))


def overrides_of(session: AnySession, client_id: UUID, *, on: date) -> list[Clearance]:
    """The reasons that a therapist put aside against the list and that are so on a day, the latest first."""
    return list(session.scalars(OVERRIDES, {"client_id": client_id, "on": on}))


def check_in(row: VisitCheck) -> Check:
    """As a value for the rules."""
    return Check.from_kept(json.loads(row.answers or "{}"))


# Built once: putting these together takes longer than the database takes to answer.


EARLIER, ANY, SINCE = aliased(Appointment), aliased(Appointment), aliased(VisitCheck)


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
ACCEPTED = (
    select(NoticeAcceptance.id)
    .join(PrivacyNotice)
    .join(Client)
    .where(
        or_(Client.id == Appointment.client_id, Client.merged_into_id == Appointment.client_id),
        PrivacyNotice.digest == bindparam("digest"),
    )
    .correlate(Appointment)
    .exists()
)
ASKED = (
    select(VisitCheck.id, VisitCheck.told_at, ANY.client_id).join(ANY, ANY.id == VisitCheck.appointment_id).subquery()
)
# A line for each check of their client since the history; one without a check where there is none.
TOLD = (
    select(Appointment, HISTORY_AT, _seen_at(), CHECK_AT, ACCEPTED, SINCE)
    .select_from(Appointment)
    .outerjoin(ASKED, and_(ASKED.c.client_id == Appointment.client_id, ASKED.c.told_at > HISTORY_AT))
    .outerjoin(SINCE, SINCE.id == ASKED.c.id)
    .where(Appointment.id.in_(IDS))
    .options(joinedload(Appointment.treatment), joinedload(Appointment.second_treatment))
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
