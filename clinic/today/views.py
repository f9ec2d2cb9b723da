"""The day sheet, where the staff lands after signing in; a client's record; work done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import queries as booking
from clinic.booking import wording
from clinic.booking.models import Appointment
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, audit, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.times import day_bounds, day_from_address, local
from clinic.intake import wording as intake_wording
from clinic.people.models import Account, Therapist
from clinic.people.queries import therapist_of
from clinic.today import queries

bp = Blueprint("today", __name__)


@dataclass(frozen=True)
class Line:
    """One appointment on the day sheet."""

    appointment: Appointment
    at: datetime
    ends: datetime
    running: bool
    to_do: str


@bp.get("/today")
@staff
def day() -> str:
    """`on` is the day; a therapist sees their own appointments, reception and owners everybody's."""
    account, known, now = access.signed_in(), programme_or_404(), clock.now()
    today = booking.today_at(known, now)
    on = day_from_address(request.args.get("on", "")) or today
    therapist = _whose_day(account)
    first, last = day_bounds(on, known.location.zone)
    found = booking.appointments_between(
        db.session,
        first,
        last,
        therapist_id=therapist.id if therapist else None,
    )
    lines = sorted((_line(one, known, now) for one in found), key=lambda line: line.appointment.therapist.name)
    return render_template(
        "today/day.html",
        on=on,
        today=today,
        mine=therapist,
        count=len(found),
        groups=[(name, list(of)) for name, of in groupby(lines, key=lambda line: line.appointment.therapist.name)],
        calls=queries.open_calls(db.session, now, account=account),
        zone=known.location.zone,
        local=local,
        before=on - timedelta(days=1),
        after=on + timedelta(days=1),
    )


@bp.get("/clients/<uuid:client_id>")
@staff
def client(client_id: UUID) -> str:
    """A client's record. What the safety page decided and what was told is for their therapist alone."""
    account, known, now = access.signed_in(), programme_or_404(), clock.now()
    found = booking.visible_client(db.session, client_id, account) or abort(404)
    clinical = account.role == "therapist"
    if clinical:
        access.reading(f"client:{client_id}")
    visits = [_visit(one, now, told=clinical) for one in booking.appointments_of(db.session, client_id)]
    return render_template(
        "today/client.html",
        client=found,
        clinical=clinical,
        zone=known.location.zone,
        local=local,
        to_come=[visit for visit in reversed(visits) if visit.to_come],
        past=[visit for visit in visits if not visit.to_come],
    )


@bp.post("/work/<int:item_id>/completion")
@staff
def completion(item_id: int) -> Response:
    """A call was made. Only whoever was to make it can say so; twice is once."""
    account, now = access.signed_in(), clock.now()
    item = queries.open_call(db.session, item_id, account) or abort(404)
    if item.done_at is None:
        item.done_at, item.done_by_id = now, account.id
        audit.record(db.session, "work.done", f"work_item:{item.id}", by=access.actor(), now=now)
    db.session.commit()
    return redirect(url_for("today.day"), 303)


def _whose_day(account: Account) -> Therapist | None:
    """The therapist whose day alone is shown; None for reception and owners, who see everybody's."""
    therapist = therapist_of(db.session, account)
    if account.role == "therapist" and therapist is None:
        abort(403, _("Your account is not tied to a therapist yet. Ask the owner to do that."))
    return therapist


def _line(appointment: Appointment, known: Programme, now: datetime) -> Line:
    zone = known.locations[appointment.room.location_id].zone
    return Line(
        appointment,
        local(appointment.starts_at, zone),
        local(appointment.ends_at, zone),
        running=appointment.starts_at <= now < appointment.ends_at,
        to_do=_to_do(appointment),
    )


def _to_do(appointment: Appointment) -> str:
    call = appointment.call
    return wording.task(call.task) if call and not call.done_at else ""


@dataclass(frozen=True)
class Visit:
    """One appointment on a client's record; what was told with it stays empty for all but their therapist."""

    appointment: Appointment
    to_come: bool
    to_do: str
    where: str = ""
    word: str = ""
    decision: str = ""
    reasons: tuple[str, ...] = ()


def _visit(appointment: Appointment, now: datetime, *, told: bool) -> Visit:
    to_come = not appointment.cancellation and appointment.ends_at > now
    to_do = _to_do(appointment) if to_come else ""
    if not told:
        return Visit(appointment, to_come, to_do)
    where = " · ".join(filter(None, (wording.area(appointment.area), wording.side(appointment.side))))
    decided = appointment.screening.decision if appointment.screening else None
    return Visit(
        appointment,
        to_come,
        to_do,
        where,
        appointment.word or "",
        str(intake_wording.decision(decided)) if decided else "",
        tuple(str(intake_wording.short(code)) for code in decided.reasons) if decided else (),
    )
