"""A client's plan on paper: a tagged PDF with what their page says, drawings and all, and days to mark by pen."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Response, abort, render_template
from flask_babel import gettext as _

from clinic.aftercare import queries, wording
from clinic.aftercare.models import PlanIssue
from clinic.aftercare.views.page import bp
from clinic.aftercare.views.paper_parts import cards, days_to_mark, elsewhere, phone_code
from clinic.aftercare.views.photos import NOTHING_RUNS
from clinic.aftercare.views.standing import Standing, as_it_stands, in_short
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access
from clinic.core.access import holder_of, therapist
from clinic.core.db import db
from clinic.core.papers import printed
from clinic.core.times import local
from clinic.intake.wording import numbers
from clinic.notes.views.paper import parts_in

FORM = Path(__file__).parent.parent / "plan.typ"


@bp.get("/plans/<token>/paper")
@holder_of("plan")
def paper(subject_id: UUID, token: str) -> Response:
    """What their page says by now."""
    return _answer(queries.latest_issue(db.session, subject_id) or abort(404))


@bp.get("/clients/<uuid:client_id>/plan/paper")
@therapist
def plan_paper(client_id: UUID) -> Response:
    """The same for their therapist, to print and hand over."""
    client = their_client(client_id)
    access.reading(f"client:{client.id}", action="plan.taken")
    return _answer(queries.issue_for(db.session, client.id) or abort(404))


def _answer(issue: PlanIssue) -> Response:
    headers = {
        "Content-Disposition": "attachment; filename=plan.pdf",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": "no-store",
    }
    return Response(printed(FORM, _said(issue)), content_type="application/pdf", headers=headers)


def _said(issue: PlanIssue) -> dict[str, Any]:
    """All words of the paper."""
    document, clinic = queries.document_of(issue), programme_or_404().clinic
    steps = as_it_stands(issue, document)
    therapist_name = issue.therapist.name.split()[0]
    return {
        "lang": "en",
        "region": "GB",
        "title": _("Your plan"),
        "author": clinic.name,
        "clinic": clinic.name,
        "sent": _sent(issue, document, therapist_name),
        "in_short": _in_short(steps),
        "words": [document["word"], document.get("expected", "")],
        "stop": _stop(clinic),
        "steps": cards(steps, therapist_name),
        "for_you": _("For you:"),
        "general": {"head": _("In all of them"), "lines": wording.in_general(clinic)},
        "grid": days_to_mark(),
        "elsewhere": {"head": _("To read and to watch"), "lines": elsewhere(document)},
        "link": phone_code(queries.link_of(db.session, issue.plan_id)),
        "foot": f"{clinic.name} · {clinic.phone}",
        "page": _("Page"),
    }


def _sent(issue: PlanIssue, document: Mapping[str, Any], therapist_name: str) -> str:
    sent_on = local(issue.issued_at, programme_or_404().location.zone).date()
    told = _("From %(name)s, %(day)s", name=therapist_name, day=wording.day_and_month(sent_on))
    if not document["review_on"]:
        return str(told)
    review_on = date.fromisoformat(document["review_on"])
    return f"{told} · {_('review on %(day)s', day=wording.day_and_month(review_on))}"


def _in_short(steps: Sequence[Standing]) -> str:
    short = in_short(steps)
    if short is None:
        return ""
    return str(
        _(
            "%(exercises)s, about %(minutes)d minutes, %(days)s. Warm up first.",
            exercises=wording.exercises(short.exercises),
            minutes=short.minutes,
            days=short.days,
        )
    )


def _stop(clinic: Any) -> dict[str, Any]:
    """When to stop, whom to call, and what cannot wait: the words of the page."""
    emergency = render_template("parts/emergency.html", kind=None, numbers=numbers(clinic.country))
    return {
        "head": _("Stop, and call us, if"),
        "lines": list(map(str, wording.STOP_IF)),
        "call": f"{_('Call %(clinic)s on', clinic=clinic.name)} {clinic.phone}.",
        "now": _("Some things cannot wait"),
        "emergency": [" ".join(lines) for _kind, lines in parts_in(emergency)],
    }
