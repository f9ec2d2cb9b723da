"""The day sheet, where the staff lands after signing in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext as _

from clinic.booking import queries as booking
from clinic.booking.models import Appointment, Delay
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.times import day_bounds, day_from_address, local
from clinic.notes import queries as notes_queries
from clinic.people.models import Account, Therapist
from clinic.people.queries import therapist_of
from clinic.today import queries
from clinic.today.views.attendance import Progress, progress
from clinic.today.views.page import bp, to_do
from clinic.today.views.work import work_lines


@dataclass(frozen=True)
class Line:
    """One appointment on the day sheet."""

    appointment: Appointment
    at: datetime
    ends: datetime
    running: bool
    to_do: str
    note: str | None
    progress: Progress


@dataclass(frozen=True)
class Group:
    """A therapist's appointments of the day, and how late they run as it was told last."""

    therapist: Therapist
    delay: Delay | None
    lines: list[Line]


@bp.get("/today")
@staff
def day() -> str:
    """`on` is the day; a therapist sees their own appointments, reception and owners everybody's."""
    account, known, now = access.signed_in(), programme_or_404(), clock.now()
    today = booking.today_at(known, now)
    on = day_from_address(request.args.get("on", "")) or today
    therapist = _whose_day(account)
    first, last = day_bounds(on, known.location.zone)
    whose = therapist.id if therapist else None
    found = booking.day_between(db.session, first, last, therapist_id=whose)
    notes = notes_queries.states(db.session, [one.id for one, _ in found]) if therapist else {}
    return render_template(
        "today/day.html",
        on=on,
        today=today,
        mine=therapist,
        count=len(found),
        groups=_groups(found, known, now, notes),
        work=work_lines(queries.open_work(db.session, now, account=account), known, now),
        unsigned=notes_queries.unsigned(db.session, therapist.id, now) if therapist else [],
        zone=known.location.zone,
        local=local,
        before=on - timedelta(days=1),
        after=on + timedelta(days=1),
        opened=known.treatments and known.therapists and known.rooms,
    )


def _whose_day(account: Account) -> Therapist | None:
    """The therapist whose day alone is shown; None for reception and owners, who see everybody's."""
    therapist = therapist_of(account)
    if account.role == "therapist" and therapist is None:
        abort(403, _("Your account is not tied to a therapist yet. Ask the owner to do that."))
    return therapist


def _groups(
    found: list[tuple[Appointment, Delay | None]], known: Programme, now: datetime, notes: dict[UUID, str]
) -> list[Group]:
    by_name = sorted(found, key=lambda pair: pair[0].therapist.name)
    return [
        Group(therapist, pairs[0][1], [_line(one, known, now, notes) for one, _ in pairs])
        for therapist, of in groupby(by_name, key=lambda pair: pair[0].therapist)
        for pairs in [list(of)]
    ]


def _line(appointment: Appointment, known: Programme, now: datetime, notes: dict[UUID, str]) -> Line:
    zone = known.locations[appointment.room.location_id].zone
    return Line(
        appointment,
        local(appointment.starts_at, zone),
        local(appointment.ends_at, zone),
        running=appointment.starts_at <= now < appointment.ends_at,
        to_do=to_do(appointment),
        note=notes.get(appointment.id),
        progress=progress(appointment, zone, now),
    )
