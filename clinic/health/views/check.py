"""The check before a visit: by the client's own link, or asked by the staff. It is answered and never shown again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import queries as booking
from clinic.booking.models import Appointment
from clinic.booking.operations import heed
from clinic.booking.programme import Programme
from clinic.booking.views.page import appointment_or_404, programme_or_404
from clinic.core import access, clock
from clinic.core.access import holder_of, staff
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.forms import with_token
from clinic.core.times import day_bounds, local
from clinic.health import operations, queries, rules, wording
from clinic.health.forms import CheckForm
from clinic.health.views.page import bp
from clinic.intake import wording as intake_wording
from clinic.intake.queries import standing
from clinic.intake.rules import decide_by
from clinic.people.views import local_page

Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Asked:
    """A visit, and who answers for its client: themselves by their link, or somebody of the staff."""

    appointment: Appointment
    known: Programme
    by: Actor
    back: str
    here: str
    history: str
    of_staff: bool = False
    late: bool = False

    @property
    def zone(self) -> str:
        return self.known.location_of(self.appointment).zone

    def is_asked(self, now: datetime) -> bool:
        it = self.appointment
        ends = day_bounds(local(it.starts_at, self.zone).date(), self.zone)[1]
        cancelled = it.cancellation is not None
        return rules.may_check(now, starts_at=it.starts_at, day_ends=ends, cancelled=cancelled, late=self.late)


@bp.get("/appointments/<token>/health-check")
@holder_of("appointment")
def check(subject_id: UUID, token: str) -> Answer:
    return _page(_by_link(subject_id, token))


def _help_now_by_link(subject_id: UUID, token: str) -> str | None:
    return _help_now(_by_link(subject_id, token))


@bp.post("/appointments/<token>/health-check")
@holder_of("appointment")
@with_token(otherwise=_help_now_by_link)
def check_submit(subject_id: UUID, token: str) -> Answer:
    return _answered(_by_link(subject_id, token))


@bp.get("/diary/appointments/<uuid:appointment_id>/health-check")
@staff
def check_aloud(appointment_id: UUID) -> Answer:
    """Read aloud, at the desk, on the phone or in the room."""
    return _page(_by_staff(appointment_id))


@bp.post("/diary/appointments/<uuid:appointment_id>/health-check")
@staff
def check_aloud_submit(appointment_id: UUID) -> Answer:
    return _answered(_by_staff(appointment_id))


def _by_link(appointment_id: UUID, token: str) -> Asked:
    found = appointment_or_404(appointment_id)
    by, back = Actor.by_link(token), url_for("booking.appointment", token=token)
    return Asked(found, programme_or_404(), by, back, url_for("health.check", token=token), f"{back}/health")


def _by_staff(appointment_id: UUID) -> Asked:
    account = access.signed_in()
    found = booking.appointment_of_staff(db.session, appointment_id, account) or abort(404)
    theirs, appointment = account.role == "therapist", url_for("today.appointment", appointment_id=appointment_id)
    back = local_page(request.values.get("back", ""), appointment)
    here = url_for("health.check_aloud", appointment_id=appointment_id, back=back)
    record = url_for("today.client", client_id=found.client_id)
    return Asked(found, programme_or_404(), access.actor(), back, here, record, of_staff=True, late=theirs)


def _page(asked: Asked, form: CheckForm | None = None, status: int = 200) -> Answer:
    if not asked.is_asked(clock.now()):
        return redirect(asked.back, 303)
    here = asked.appointment.id
    _visit, told = queries.told_before(db.session, [here], asked.known.clinic)[here]
    moments = (told.history_at, told.seen_at, told.check_at, asked.appointment.booked_at)
    since = local(max(one for one in moments if one), asked.zone)
    shown = form or CheckForm(asked.known.safety, formdata=None)
    return _render(
        "check_aloud" if asked.of_staff else "check", asked, form=shown, since=since, has_errors=status != 200
    ), status


def _answered(asked: Asked) -> Answer:
    """An emergency is answered at once, and nothing is kept of it."""
    if help_now := _help_now(asked):
        return help_now
    form = CheckForm(asked.known.safety)
    if not form.validate():
        return _page(asked, _blank(asked, form) if asked.of_staff else form, 422)
    if not asked.is_asked(clock.now()):
        return redirect(asked.back, 303)
    told, client = form.check(), asked.appointment.client.person
    operations.keep_check(db.session, asked.appointment, told, now=clock.now(), by=asked.by)
    heeded = [] if told.nothing else heed(db.session, client, now=clock.now(), by=asked.by)
    became = wording.became(heeded)
    db.session.commit()
    return _after(asked, told, became)


def _help_now(asked: Asked) -> str | None:
    """What to do, where what is ticked is an emergency, whatever else is blank or wrong."""
    emergency = _emergency(asked, CheckForm(asked.known.safety).check())
    page = "check_aloud_emergency" if asked.of_staff else "check_emergency"
    return _render(page, asked, emergency=emergency) if emergency else None


def _emergency(asked: Asked, told: rules.Check) -> str | None:
    """E1 or E2, where what is ticked now is one, by itself or with what was told before."""
    on = local(asked.appointment.starts_at, asked.zone).date()
    before = standing(db.session, asked.appointment.client.person.id, on=on).told if told.told else frozenset()
    return decide_by(asked.known.safety, told.told | before, deep=True).emergency


def _after(asked: Asked, told: rules.Check, became: list[str]) -> Answer:
    """What the client is told of it, once; the staff, what to do."""
    if asked.of_staff:
        flash(_("Asked.") if told.nothing else _("Asked, and kept. Ask the therapist before it begins."))
        return redirect(asked.back, 303)
    if told.nothing:
        return redirect(asked.back, 303)
    refer = decide_by(asked.known.safety, told.told, deep=False).refer
    return _render("check_kept", asked, told=told, became=became, refer=refer)


def _blank(asked: Asked, form: CheckForm) -> CheckForm:
    """Anew, with what was wrong: at the desk, what somebody said yes to is not shown a second time."""
    blank = CheckForm(asked.known.safety, formdata=None)
    blank.form_errors = form.form_errors
    return blank


def _render(page: str, asked: Asked, **facts: Any) -> str:
    return render_template(
        f"health/{page}.html",
        asked=asked,
        it=asked.appointment,
        numbers=intake_wording.numbers(asked.known.clinic.country),
        **facts,
    )
