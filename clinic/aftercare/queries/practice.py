"""What clients told of their practice."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.orm import joinedload

from clinic.aftercare.models import PracticeLog, StretchPlan
from clinic.aftercare.rules import Day, Zones, put_together
from clinic.core.db import AnySession
from clinic.people.queries import same_person
from clinic.places.models import Clinic

NOTHING_TOLD = {"done": False, "pain": None, "pain_after": None, "felt": "", "settled": None, "numb": False}
A_WEEK = timedelta(days=7)


def zones_of(clinic: Clinic) -> Zones:
    return Zones(clinic.pain_amber_from, clinic.pain_red_from)


def logs_of(session: AnySession, plan_id: UUID, *, since: date) -> Sequence[PracticeLog]:
    """What was told from this day on, the latest first."""
    return session.scalars(LOGS_OF, {"plan_id": plan_id, "since": since}).all()


def logs_of_client(session: AnySession, client_id: UUID, *, since: date) -> Sequence[PracticeLog]:
    """What a client told from this day on, of whichever plan they had; the latest first."""
    return session.scalars(LOGS_OF_CLIENT, {"client_id": client_id, "since": since}).all()


def log_of(session: AnySession, plan_id: UUID, entry: str) -> PracticeLog | None:
    return session.scalar(select(PracticeLog).where(PracticeLog.plan_id == plan_id, PracticeLog.entry == entry))


def told_in(log: PracticeLog | None) -> Any:
    """What one entry tells, as `NOTHING_TOLD` has it. What was told before there were more questions has fewer."""
    return {**NOTHING_TOLD, **(json.loads(log.answers or "{}") if log else {})}


def told_by_day(logs: Iterable[PracticeLog]) -> dict[date, Day]:
    """What was told of each day, the first first: of several entries put together."""
    days: dict[date, Day] = {}
    for log in sorted(logs, key=lambda one: (one.told_on, one.told_at, one.entry)):
        days[log.told_on] = put_together(days.get(log.told_on, NOTHING_TOLD), told_in(log))
    return days


def days_around(session: AnySession, plan_id: UUID, on: date, zones: Zones) -> list[Day]:
    """The days with a pain told right before and right after this one, of the week on either side."""
    logs = logs_of(session, plan_id, since=on - A_WEEK)
    told = {day: what for day, what in told_by_day(logs).items() if zones.of(what) and day <= on + A_WEEK}
    before, after = [told[day] for day in told if day < on], [told[day] for day in told if day > on]
    return [*before[-1:], *after[:1]]


# Built once: putting these together takes longer than the database takes to answer.
LOGS_OF = (
    select(PracticeLog)
    .where(PracticeLog.plan_id == bindparam("plan_id", type_=Uuid()), PracticeLog.told_on >= bindparam("since"))
    .order_by(PracticeLog.told_on.desc(), PracticeLog.told_at.desc(), PracticeLog.id)
)


LOGS_OF_CLIENT = (
    select(PracticeLog)
    .join(StretchPlan)
    .options(joinedload(PracticeLog.call))
    .where(
        StretchPlan.client_id.in_(same_person(bindparam("client_id", type_=Uuid()))),
        PracticeLog.told_on >= bindparam("since"),
    )
    .order_by(PracticeLog.told_on.desc(), PracticeLog.told_at.desc(), PracticeLog.id)
)
