"""A client's plan, by the link in their mail: what to do, when to stop, and how it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import queries, wording
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.forms import PracticeForm
from clinic.aftercare.models import PlanIssue
from clinic.aftercare.operations import Told, log_practice
from clinic.aftercare.pictures import Shown, shown_as_sent
from clinic.aftercare.rules import advise, is_alarming
from clinic.aftercare.versions import current
from clinic.aftercare.views.page import bp, today_here
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.times import local
from clinic.intake.wording import numbers
from clinic.notes.queries.findings import findings_of, found_in, told_since, with_told
from clinic.notes.rules.injuries import Found

DAYS_SHOWN = 7


@bp.get("/plans/<token>")
@holder_of("plan")
def plan(subject_id: UUID, token: str) -> str:
    return _page(_issue(subject_id), token)


@bp.post("/plans/<token>/log")
@holder_of("plan")
def log(subject_id: UUID, token: str) -> tuple[str, int] | Response:
    """Done, with or without pain; or new numbness or weakness, which leads to what to do now."""
    issue, form = _issue(subject_id), PracticeForm()
    if not form.validate():
        return _page(issue, token, form), 422
    numb = form.told.data == "numb"
    told = Told(done=not numb, pain=int(form.pain.data) if form.pain.data else None, numb=numb)
    by = Actor("link", token.partition(".")[0])
    log_practice(db.session, subject_id, told, on=today_here(), now=clock.now(), by=by)
    db.session.commit()
    return redirect(url_for("aftercare.help_now" if numb else "aftercare.plan", token=token), 303)


@bp.get("/plans/<token>/help")
@holder_of("plan")
def help_now(subject_id: UUID, token: str) -> str:
    """What to do about new numbness or weakness. It does not wait for the therapist."""
    return render_template(
        "aftercare/help.html",
        token=token,
        emergency_if=wording.EMERGENCY_IF,
        doctor_today_if=wording.DOCTOR_TODAY_IF,
        **_people(_issue(subject_id)),
    )


def _issue(plan_id: UUID) -> PlanIssue:
    return queries.latest_issue(db.session, plan_id) or abort(404)


def _people(issue: PlanIssue) -> dict[str, Any]:
    """Who sent it, who may ring whom, and where help is in this country."""
    return {
        "therapist": issue.therapist.name.split()[0],
        "can_ring": bool(issue.plan.client.person.phone),
        "numbers": numbers(programme_or_404().clinic.country),
    }


def _page(issue: PlanIssue, token: str, typed: PracticeForm | None = None) -> str:
    """From the frozen words alone, less what today's findings speak against; with what was `typed` wrong."""
    document, today, clinic = queries.document_of(issue), today_here(), programme_or_404()
    client_id = issue.plan.client.person.id
    findings = findings_of(db.session, client_id)
    told_later = told_since(db.session, client_id, findings, clinic.safety, on=today)
    found = with_told(found_in(findings), told_later)
    known = current(db.session)
    steps = [_as_it_stands(step, found, known) for step in document["steps"]]
    review_on = date.fromisoformat(document["review_on"]) if document["review_on"] else None
    told = queries.told_in(queries.log_on(db.session, issue.plan_id, today))
    return render_template(
        "aftercare/plan.html",
        token=token,
        form=typed or PracticeForm(data={"pain": str(told["pain"])}),
        has_errors=typed is not None,
        words=wording,
        document=document,
        steps=steps,
        in_short=_in_short([step for step, held_back, _ in steps if not held_back]),
        sent_on=local(issue.issued_at, clinic.location.zone).date(),
        review_on=review_on,
        week=_week(issue.plan_id, today),
        told=told,
        alarming=is_alarming(pain=told["pain"], numb=False),
        **_people(issue),
    )


def _as_it_stands(step: dict[str, Any], found: Found, known: Catalogue) -> tuple[dict[str, Any], bool, list[Shown]]:
    """A frozen step, without the easier exercise where that is held back by now; whether it is held back itself; and
    its pictures.
    """
    easier = step.get("easier_id")  # what was sent before exercises were linked has none
    if easier and _is_held_back(easier, found, known):
        step = {**step, "easier": ""}
    return step, _is_held_back(step["exercise"], found, known), shown_as_sent(step)


def _is_held_back(name: str, found: Found, known: Catalogue) -> bool:
    """True where what was found since speaks against it, or where nobody can say any more."""
    exercise = known.exercises.get(name)
    return exercise is None or bool(advise(exercise, found, known).against)


@dataclass(frozen=True)
class InShort:
    """The plan in one line. The warm-up takes its time, but is not counted."""

    exercises: int
    minutes: int
    days: str


def _in_short(steps: Sequence[Mapping[str, Any]]) -> InShort | None:
    per_week = [step["per_week"] for step in steps if step["phase"] != "warm_up"]
    if not per_week:
        return None
    minutes = -(-sum(step["seconds"] for step in steps) // 60)
    return InShort(len(per_week), minutes, wording.days(min(per_week), max(per_week)))


@dataclass(frozen=True)
class Day:
    name: str
    done: bool
    is_today: bool


def _week(plan_id: UUID, today: date) -> list[Day]:
    """The last seven days, today included."""
    first = today - timedelta(days=DAYS_SHOWN - 1)
    logs = queries.logs_of(db.session, plan_id, since=first)
    done = {log.told_on for log in logs if queries.told_in(log)["done"]}
    days = [first + timedelta(days=ahead) for ahead in range(DAYS_SHOWN)]
    return [Day(wording.weekday(day), day in done, day == today) for day in days]
