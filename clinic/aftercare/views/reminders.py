"""When a client means to practise: in their calendar, and by mail for as long as they like."""

from datetime import time
from uuid import UUID

from flask import Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from clinic.aftercare import calendar, queries
from clinic.aftercare.forms.reminders import ReminderForm
from clinic.aftercare.models import PracticeReminder
from clinic.aftercare.operations.reminding import Times, choose_times, stop_reminders
from clinic.aftercare.queries.reminders import reminder_of
from clinic.aftercare.rules.reminders import days_to_offer
from clinic.aftercare.views.page import bp, today_here
from clinic.aftercare.views.year import before_the_year
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.forms import without_token
from clinic.core.times import day_from_address

MORNING = time(8)


@bp.get("/plans/<token>/reminders")
@holder_of("plan")
def reminders(subject_id: UUID, token: str) -> str:
    found = reminder_of(db.session, subject_id)
    return _page(subject_id, token, _as_chosen(found) if found else _to_begin_with(subject_id), found)


@bp.post("/plans/<token>/reminders")
@holder_of("plan")
def reminders_submit(subject_id: UUID, token: str) -> tuple[str, int] | AnyResponse:
    form, zone = ReminderForm(), programme_or_404().location.zone
    if not form.validate():
        return _page(subject_id, token, form, reminder_of(db.session, subject_id)), 422
    times = Times(form.weekdays.data, form.at.data, form.by_mail.data)
    choose_times(db.session, subject_id, times, zone=zone, now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("aftercare.reminders", token=token), 303)


@bp.post("/plans/<token>/reminders/end")
@without_token  # mail programs send it for whoever taps "unsubscribe" there; it can do no more than end mails
@holder_of("plan")
@before_the_year
def reminders_end(subject_id: UUID, token: str) -> AnyResponse:
    stop_reminders(db.session, subject_id, now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("aftercare.reminders", token=token), 303)


@bp.get("/plans/<token>/calendar.ics")
@holder_of("plan")
def practice_calendar(subject_id: UUID, token: str) -> Response:
    chosen = reminder_of(db.session, subject_id) or abort(404)
    issue, name = queries.latest_issue(db.session, subject_id) or abort(404), programme_or_404().clinic.name
    until = day_from_address(queries.document_of(issue)["review_on"] or "")
    told = {"Content-Disposition": "attachment; filename=times.ics"}
    entries = calendar.entries(chosen, clinic=name, first=today_here(), until=until)
    return Response(entries, content_type="text/calendar; charset=utf-8", headers=told)


def _as_chosen(found: PracticeReminder) -> ReminderForm:
    at = time(*divmod(found.at_minutes, 60))
    return ReminderForm(formdata=None, data={"weekdays": found.weekdays, "at": at, "by_mail": found.by_mail})


def _to_begin_with(plan_id: UUID) -> ReminderForm:
    """The days the plan asks for, in the morning."""
    issue = queries.latest_issue(db.session, plan_id) or abort(404)
    days = days_to_offer(queries.document_of(issue)["steps"])
    return ReminderForm(formdata=None, data={"weekdays": days, "at": MORNING, "by_mail": True})


def _page(plan_id: UUID, token: str, form: ReminderForm, found: PracticeReminder | None) -> str:
    if not queries.issues_count(db.session, plan_id):
        abort(404)
    return render_template(
        "aftercare/reminders.html", token=token, form=form, found=found, has_errors=bool(form.errors)
    )
