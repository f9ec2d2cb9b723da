"""The day sheet, where the staff lands after signing in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import Row

from clinic.booking import queries as booking
from clinic.booking import rules, wording
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.forms import csrf_field
from clinic.core.parts import kept_part
from clinic.core.times import day_bounds, day_from_address, local
from clinic.health.queries import missing_before
from clinic.health.wording import missing_for_staff
from clinic.notes import queries as notes_queries
from clinic.people.models import Account, Therapist
from clinic.people.queries import therapist_of
from clinic.today import queries
from clinic.today.views.attendance import Progress, progress_of
from clinic.today.views.names import names_hidden, shown
from clinic.today.views.page import bp
from clinic.today.views.work import work_lines


@dataclass(frozen=True)
class Sheet:
    """What all visits of one day sheet share."""

    known: Programme
    now: datetime
    on: date
    notes: Mapping[UUID, str]
    missing: Mapping[UUID, tuple[str, ...]]
    mine: bool

    @property
    def today(self) -> bool:
        return self.on == booking.today_at(self.known, self.now)

    def zone(self, visit: Row[Any]) -> str:
        return self.known.locations[visit.location_id].zone


@dataclass(frozen=True)
class Line:
    """One appointment on the day sheet."""

    visit: Row[Any]
    name: str
    treatments: str
    at: datetime
    ends: datetime
    running: bool
    to_do: str
    note: str | None
    missing: list[str]
    progress: Progress


@bp.get("/today")
@staff
def day() -> str:
    """`on` is the day; a therapist sees their own appointments, reception and owners everybody's."""
    account, known, now = access.signed_in(), programme_or_404(), clock.now()
    today = booking.today_at(known, now)
    on = day_from_address(request.args.get("on", "")) or today
    therapist = _whose_day(account)
    first, last = day_bounds(on, known.location.zone)
    found = booking.sheet_between(db.session, first, last, therapist_id=therapist.id if therapist else None)
    ids = {visit.id for visit in found}
    notes = notes_queries.states(db.session, ids) if therapist else {}
    missing = missing_before(db.session, ids, known.clinic, now=now) if now < last else {}
    return render_template(
        "today/day.html",
        on=on,
        today=today,
        mine=therapist,
        count=len(ids),
        groups=_groups(found, Sheet(known, now, on, notes, missing, mine=therapist is not None)),
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


def _groups(found: Sequence[Row[Any]], sheet: Sheet) -> list[Markup]:
    """Each therapist's visits, by the therapists' names."""
    by_therapist = attrgetter("therapist", "therapist_id")
    return [_group(list(rows), sheet) for _who, rows in groupby(sorted(found, key=by_therapist), key=by_therapist)]


def _group(rows: list[Row[Any]], sheet: Sheet) -> Markup:
    """One therapist's visits, kept as they stand for whoever looks again while nothing of them has changed."""

    def values() -> Mapping[str, object]:
        lines = [_line(list(of), sheet) for _id, of in groupby(rows, key=attrgetter("id"))]
        shared = {"clinic": sheet.known.clinic, "zone": sheet.known.location.zone, "local": local}
        return {"lines": lines, "who": rows[0], "sheet": sheet, "csrf_field": csrf_field, **shared}

    visits = tuple((*row, _moment(row, sheet)) for row in rows)
    page = request.full_path, csrf_field(), names_hidden(), sheet.mine, sheet.today
    return kept_part("today/_visits.html", (visits, *page, sheet.known.clinic.tells_of_delays), values)


def _moment(visit: Row[Any], sheet: Sheet) -> tuple[object, ...]:
    """What else a line is made of than its own row."""
    zone, note = sheet.zone(visit), sheet.notes.get(visit.id)
    return zone, note, sheet.missing.get(visit.id), rules.phase(visit.starts_at, visit.ends_at, sheet.now)


def _line(rows: list[Row[Any]], sheet: Sheet) -> Line:
    visit, zone, now = rows[0], sheet.zone(rows[0]), sheet.now
    task = visit.to_approve or visit.to_ring
    return Line(
        visit,
        shown(visit.client),
        wording.in_a_row([visit.treatment, *([visit.second] if visit.second else [])]),
        local(visit.starts_at, zone),
        local(visit.ends_at, zone),
        running=visit.starts_at <= now < visit.ends_at,
        to_do=wording.task(task) if task else "",
        note=sheet.notes.get(visit.id),
        missing=missing_for_staff(sheet.missing.get(visit.id, ())) if now < visit.ends_at else [],
        progress=progress_of(booking.reached_of(rows), visit.starts_at, zone, now),
    )
