"""The year of birth, where the therapist wants it asked: before a plan's link shows anything."""

import re
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask import abort, current_app, redirect, render_template, request, url_for
from flask import session as visit
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.aftercare import operations, queries
from clinic.aftercare.forms import YearForm
from clinic.aftercare.models import StretchPlan
from clinic.aftercare.views.page import bp, themselves, today_here
from clinic.booking.views.clients import their_client
from clinic.core import access, clock, links, throttle
from clinic.core.access import holder_of, therapist
from clinic.core.db import db

View = TypeVar("View", bound=Callable[..., Any])
PAGE = re.compile(r"[a-z][a-z0-9/_.-]{0,80}")
REMEMBERED = 5  # links a browser keeps the answer for; the oldest is asked again


def before_the_year(view: View) -> View:
    """For a page by the plan's link that shows nothing of the plan: it opens whether the year was told or not."""
    view.asks_no_year = True  # type: ignore[attr-defined]
    return view


@bp.before_request
def year_first() -> Response | None:
    """Every page by the plan's link waits for the year; what tells of new numbness does not."""
    endpoint = request.endpoint or ""
    waits = not getattr(current_app.view_functions[endpoint], "asks_no_year", False)
    if access.audience_of(endpoint) != "holder_of:plan" or not waits or _tells_of_numbness():
        return None
    token = (request.view_args or {})["token"]
    link_id = links.id_in(token)
    plan = queries.asking_year(db.session, link_id) if link_id else None
    if plan is None or _is_told(token) or links.subject_of(db.session, token, "plan", clock.now()) != plan.id:
        return None
    page = request.path.removeprefix(url_for("aftercare.plan", token=token)).strip("/")
    to = page if request.method == "GET" and page else None
    return redirect(url_for("aftercare.year", token=token, to=to), 303)


@bp.get("/plans/<token>/year")
@holder_of("plan")
@before_the_year
def year(subject_id: UUID, token: str) -> str:
    return _page(YearForm(today=today_here(), formdata=None))


@bp.post("/plans/<token>/year")
@holder_of("plan")
@before_the_year
def year_submit(subject_id: UUID, token: str) -> tuple[str, int] | Response:
    """At most ten tries in five minutes, the right one counted, whoever makes them."""
    form, plan = YearForm(today=today_here()), db.session.get_one(StretchPlan, subject_id)
    if not form.validate():
        return _page(form), 422
    if throttle.too_many(db.session, now=clock.now(), account=f"plan {subject_id}"):
        db.session.commit()
        form.year.errors = [_("Too many tries. Wait five minutes, or call us.")]
        return _page(form), 429
    db.session.commit()
    if plan.year_of_birth not in {None, str(form.year.data)}:
        form.year.errors = [_("That is not the year we have. Try again, or call us.")]
        return _page(form), 422
    visit["years"] = [*visit.get("years", [])[1 - REMEMBERED :], _link(token)]
    return redirect(_back_to(token), 303)


@bp.post("/clients/<uuid:client_id>/plan/year")
@therapist
def year_asking(client_id: UUID) -> tuple[str, int] | Response:
    """Ask for this year before the plan is shown; an empty one is asked no more."""
    themselves()
    their_client(client_id)
    plan = queries.plan_of(db.session, client_id) or abort(404)
    form = YearForm(today=today_here())
    if "stop" not in request.form and not form.validate():
        return render_template("aftercare/year_asking.html", form=form, client_id=client_id, has_errors=True), 422
    asked = None if "stop" in request.form else form.year.data
    operations.ask_year(db.session, plan, asked, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("aftercare.builder", client_id=client_id, _anchor="sent"), 303)


def _tells_of_numbness() -> bool:
    """It is taken down, and answered with what to do now: with nothing of the plan."""
    is_told = request.method == "POST" and request.endpoint == "aftercare.log"
    return is_told and request.form.get("told") == "numb"


def _page(form: YearForm) -> str:
    return render_template("aftercare/year.html", form=form, has_errors=bool(form.errors))


def _back_to(token: str) -> str:
    """The page that was asked for, where it is one of this plan's."""
    to, home = request.args.get("to", ""), url_for("aftercare.plan", token=token)
    return f"{home}/{to}" if PAGE.fullmatch(to) else home


def _is_told(token: str) -> bool:
    return _link(token) in visit.get("years", [])


def _link(token: str) -> str:
    return token.partition(".")[0]
