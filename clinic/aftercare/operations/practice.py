"""What clients tell of their practice. The caller commits."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from clinic.aftercare import queries, rules
from clinic.aftercare.models import PracticeLog, StretchPlan
from clinic.aftercare.operations.telling import due, tell_therapist
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.places.models import Clinic


@dataclass(frozen=True)
class Told:
    """What a client tells of a day. Pain during and after 0 to 10, or None; `felt`: too_easy, right, too_hard or empty;
    `settled`: whether the amber pain of the time before has, or None; `numb`: new numbness or weakness.
    """

    done: bool = False
    pain: int | None = None
    pain_after: int | None = None
    felt: str = ""
    settled: bool | None = None
    numb: bool = False


def log_practice(
    session: AnySession, plan_id: UUID, told: Told, *, on: date, entry: str, now: datetime, by: Actor
) -> PracticeLog:
    """Add to what was told of this day. The same `entry` is the same row: the day where the page was used, or an id a
    phone gave it, which may send it twice. What is alarming becomes work for the therapist.
    """
    plan = session.get_one(StretchPlan, plan_id, with_for_update=True)
    zones, log = queries.zones_of(session.get_one(Clinic, 1)), queries.log_of(session, plan_id, entry)
    before, answers = queries.told_in(log), asdict(told)
    if log and entry != on.isoformat() and answers == before:
        return log
    if log is None:
        log = PracticeLog(plan_id=plan_id, entry=entry, told_on=on)
        session.add(log)
    log.answers, log.told_at = json.dumps(rules.corrected(before, answers, zones)), now
    _alarm(session, plan, log, rules.news_in(before, answers), now=now, by=by)
    audit.record(session, "practice.logged", f"plan:{plan_id}", by=by, now=now)
    session.flush()
    return log


def _alarm(
    session: AnySession, plan: StretchPlan, log: PracticeLog, news: Mapping[str, Any], *, now: datetime, by: Actor
) -> None:
    """One work item for one log; a new one where that was done, and a more urgent one in its place."""
    session.flush()
    zones = queries.zones_of(session.get_one(Clinic, 1))
    task = rules.task_after(news, queries.days_around(session, plan.id, log.told_on, zones), zones)
    if task and (log.call is None or log.call.done_at):
        log.call = tell_therapist(session, plan.therapist, task, plan.client.person.id, now=now, by=by)
    elif task == rules.RING and log.call:
        log.call.task, log.call.due_at = task, due(task, now)
