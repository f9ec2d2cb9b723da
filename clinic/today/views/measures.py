"""All measures of a client over their visits, with the plans that were sent and how practice went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import render_template

from clinic.aftercare import queries as plans
from clinic.aftercare import wording as plan_wording
from clinic.aftercare.models import PlanIssue, PracticeLog
from clinic.aftercare.rules import practised_percent
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.times import local
from clinic.notes import queries as notes
from clinic.notes.course import Course, Sent, courses
from clinic.notes.queries import SignedNote
from clinic.today.course import WEEKS_OF_PRACTICE, planned_days, practice_since, weeks_begin
from clinic.today.views.page import bp


@dataclass(frozen=True)
class Measured:
    """What was measured of one thing they came for; `complaint` is empty where no note named it."""

    complaint: str
    courses: list[Course]


@bp.get("/clients/<uuid:client_id>/measures")
@therapist
def measures(client_id: UUID) -> str:
    found, known, now = their_client(client_id), programme_or_404(), clock.now()
    access.reading(f"client:{client_id}")
    zone, issues = known.location.zone, plans.issues_for(db.session, client_id)
    today = local(now, zone).date()
    logs = plans.logs_of_client(db.session, client_id, since=weeks_begin(today)) if issues else []
    sent = [Sent(one.issued_at, one.number) for one in issues]
    return render_template(
        "today/measures.html",
        client=found,
        measured=_measured(notes.signed_notes(db.session, client_id), zone, sent),
        practised=_practised(logs, issues[-1], today, zone) if issues else None,
        practice=practice_since(logs, issues[-1], today, zone) if issues else None,
        plan_wording=plan_wording,
        weeks=WEEKS_OF_PRACTICE,
    )


def _measured(signed: Sequence[SignedNote], zone: str, sent: Sequence[Sent]) -> list[Measured]:
    """By what they came for, the latest first."""
    by_episode: dict[str, list[SignedNote]] = {}
    for one in signed:
        by_episode.setdefault(one.episode, []).append(one)
    troubles = {episode: of[0].trouble for episode, of in by_episode.items()}
    complaints = {episode: trouble.complaint if trouble else "" for episode, trouble in troubles.items()}
    found = [Measured(complaints[episode], courses(of, zone, sent)) for episode, of in by_episode.items()]
    return [one for one in found if one.courses]


def _practised(logs: Sequence[PracticeLog], issue: PlanIssue, today: date, zone: str) -> int:
    """How much of the plan they did since it was sent, in per cent of what was due; of the last weeks at most."""
    since = max(local(issue.issued_at, zone).date(), weeks_begin(today))
    done = sum(what["done"] for on, what in plans.told_by_day(logs).items() if on >= since)
    per_week = planned_days(plans.document_of(issue)) or 7
    return practised_percent(done, per_week=per_week, days=(today - since).days + 1)
