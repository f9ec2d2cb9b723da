"""A client's plan, by the link in their mail: what to do, when to stop, and how it went."""

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import queries, wording
from clinic.aftercare.forms import PracticeForm
from clinic.aftercare.models import PlanIssue
from clinic.aftercare.operations import Told, log_practice
from clinic.aftercare.views.changed import changed
from clinic.aftercare.views.page import bp, clinic_here, may_be_kept, today_here
from clinic.aftercare.views.practice import practice_shown
from clinic.aftercare.views.standing import Standing, as_it_stands, in_short, issue_or_404, people_of
from clinic.aftercare.views.year import before_the_year
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.times import local
from clinic.intake.wording import numbers


def unheard() -> tuple[str, int]:
    """What to do now, for whoever tells of new numbness with a link that opens nothing: it needs no record. Every such
    link has the same page, whatever it was once for.
    """
    if request.method == "POST" and not PracticeForm().is_numb:
        abort(404)
    where = numbers(clinic_here().clinic.country)
    page = "help_unheard" if request.method == "POST" else "no_plan"
    return render_template(f"aftercare/{page}.html", words=wording, numbers=where), 404


@bp.get("/plans/<token>")
@holder_of("plan", otherwise=unheard)
@may_be_kept
def plan(subject_id: UUID, token: str) -> str:
    return plan_page(issue_or_404(subject_id), token)


@bp.post("/plans/<token>/log")
@holder_of("plan", otherwise=unheard)
def log(subject_id: UUID, token: str) -> tuple[str, int] | Response:
    """Done or not, with pain or without; or new numbness or weakness, which leads to what to do now."""
    issue, form = issue_or_404(subject_id), PracticeForm()
    if not form.is_numb and not form.validate():
        return plan_page(issue, token, form), 422
    told = Told(numb=True) if form.is_numb else form.answers()
    if told != Told():
        today, by = today_here(), Actor.by_link(token)
        log_practice(db.session, subject_id, told, on=today, entry=today.isoformat(), now=clock.now(), by=by)
        db.session.commit()
    return redirect(url_for("aftercare.help_now" if told.numb else "aftercare.plan", token=token), 303)


@bp.get("/plans/<token>/help")
@holder_of("plan", otherwise=unheard)
@before_the_year
@may_be_kept
def help_now(subject_id: UUID, token: str) -> str:
    """What to do about new numbness or weakness. It does not wait for the therapist."""
    people = people_of(issue_or_404(subject_id))
    return render_template("aftercare/help.html", token=token, words=wording, **people)


def plan_page(
    issue: PlanIssue,
    token: str,
    typed: PracticeForm | None = None,
    *,
    template: str = "aftercare/plan.html",
    **more: Any,
) -> str:
    """From the frozen words alone, less what today's findings speak against; with what was `typed` wrong."""
    document, zone = queries.document_of(issue), clinic_here().location.zone
    is_back = queries.returned(db.session, issue.id)
    steps = as_it_stands(issue, document, is_back=is_back)
    review_on = date.fromisoformat(document["review_on"]) if document["review_on"] else None
    return render_template(
        template,
        token=token,
        words=wording,
        document=document,
        steps=_numbered(steps),
        in_short=in_short(steps),
        sent_on=local(issue.issued_at, zone).date(),
        review_on=review_on,
        changed=None if is_back else changed(issue, document),
        is_back=is_back,
        **practice_shown(issue, typed, steps=steps),
        **people_of(issue),
        **more,
    )


def _numbered(steps: Iterable[Standing]) -> list[tuple[Any, ...]]:
    """With its number at each: the warm-up and what is held back have none."""
    count = itertools.count(1)
    return [(*one, 0 if one.held_back or one.step["phase"] == "warm_up" else next(count)) for one in steps]
