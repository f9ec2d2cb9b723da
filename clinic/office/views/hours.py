"""Working hours: everybody's week, and setting one from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import operations, queries, rules, wording
from clinic.booking.models import Appointment, WorkingHours
from clinic.booking.operations import is_one_day, seen_of_hours
from clinic.booking.programme import Programme
from clinic.booking.queries import Blockable
from clinic.booking.rules import Window, Worked
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import desk, staff
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.core.templating import clock_words
from clinic.core.times import day_bounds, day_from_address, local, minute_of
from clinic.office import wording as words
from clinic.office.forms.hours import Stretches, WeekForm
from clinic.office.history import lines_of
from clinic.office.views.page import bp
from clinic.people.operations import lock_therapist

Answer = str | tuple[str, int] | Response
WEEK = range(7)
TRAIL = 5


@dataclass(frozen=True)
class Whose:
    """A therapist whose hours are set: all of their rows, and today where they work."""

    who: Blockable
    rows: Sequence[WorkingHours]
    today: date

    @property
    def id(self) -> int:
        return self.who.therapist_id or 0

    def week_on(self, day: date) -> list[Worked]:
        """The week that stands on this day, days that are different left out."""
        return [
            worked(row)
            for row in self.rows
            if not is_one_day(row) and row.from_on <= day and (row.until_on is None or day <= row.until_on)
        ]

    @property
    def changes(self) -> list[date]:
        """The days to come from which on another week stands."""
        ends = {row.until_on + timedelta(days=1) for row in self.rows if row.until_on and not is_one_day(row)}
        starts = {row.from_on for row in self.rows if not is_one_day(row)}
        return sorted(day for day in starts | ends if day > self.today)

    @property
    def different(self) -> dict[date, list[Worked]]:
        """The days to come that are different."""
        found: dict[date, list[Worked]] = {}
        for row in sorted(self.rows, key=lambda row: (row.from_on, row.starts)):
            if is_one_day(row) and row.from_on >= self.today:
                found.setdefault(row.from_on, []).append(worked(row))
        return found


def worked(row: WorkingHours) -> Worked:
    return Worked(row.weekday, row.starts, row.ends, row.location_id)


@bp.get("/hours")
@staff
def hours() -> str:
    """Everybody's week as it stands today, and what is planned; to a therapist their own."""
    known, account = programme_or_404(), access.signed_in()
    everybody = [one for one in queries.blockable(db.session, known) if one.therapist]
    shown = [
        whose_hours(known, one) for one in everybody if account.role != "therapist" or one.account_id == account.id
    ]
    weeks = [(one, words.week(one.week_on(one.today), known.locations)) for one in shown]
    return render_template("office/hours.html", weeks=weeks, say=_say(known), may_change=account.role != "therapist")


@bp.get("/hours/<int:therapist_id>")
@desk
def week(therapist_id: int) -> str:
    """The week that stands on the day `from`, to change."""
    known = programme_or_404()
    whose = load(known, therapist_id)
    on = max(day_from_address(request.args.get("from", "")) or whose.today, whose.today)
    stretches = Stretches.showing(whose.week_on(on), WEEK, known.locations)
    form = WeekForm(formdata=None, data={"from_on": on, "seen": seen_of_hours(whose.rows)}, today=whose.today)
    return _page(known, whose, form, stretches)


@bp.post("/hours/<int:therapist_id>")
@desk
def week_setting(therapist_id: int) -> Answer:
    """Set it; where appointments no longer fit, only once all of them were shown: `sure`."""
    known = programme_or_404()
    whose = load(known, therapist_id)
    form, stretches = WeekForm(today=whose.today), Stretches.typed(request.form, WEEK, known.locations)
    valid = form.validate()
    typed = stretches.hours(form.from_on.data or whose.today)
    if not valid or typed is None:
        return _page(known, whose, form, stretches, has_errors=True), 422
    from_on, seen = form.from_on.data, form.seen.data or ""
    last = rules.stands_until(((row.from_on, row.until_on) for row in whose.rows if not is_one_day(row)), from_on)
    lock_therapist(db.session, whose.id)  # what is booked meanwhile is looked at too
    unfit = _unfit_week(known, whose, typed, from_on, last)
    if unfit and request.form.get("sure") != seen_of_unfit(unfit):
        return _page(known, whose, form, stretches, unfit=unfit)
    now, by = clock.now(), access.actor()
    refusals = operations.set_week(db.session, whose.id, typed, from_on, seen=seen, now=now, by=by)
    if refusals:
        db.session.rollback()
        form.seen.data = seen_of_hours(load(known, therapist_id).rows)
        return _page(known, whose, form, stretches, message=wording.staff_sentence(refusals[0])), 409
    db.session.commit()
    flash(_("Saved. %(name)s works so from %(day)s on.", name=whose.who.name, day=words.days(from_on, from_on)))
    return redirect(url_for("office.hours"), 303)


def load(known: Programme, therapist_id: int) -> Whose:
    everybody = queries.blockable(db.session, known)
    return whose_hours(known, next((one for one in everybody if one.therapist_id == therapist_id), None) or abort(404))


def whose_hours(known: Programme, one: Blockable) -> Whose:
    return Whose(one, known.hours.get(one.therapist_id or 0, ()), local(clock.now(), one.zone).date())


def unfit(known: Programme, whose: Whose, first: date, last: date | None, windows: Any) -> list[Appointment]:
    """The appointments to come from one local day to another that none of these hours hold: `windows` of a day."""
    begin = max(day_bounds(first, whose.who.zone)[0], clock.now())
    end = day_bounds(last, whose.who.zone)[1] if last else begin + timedelta(days=730)
    found = queries.appointments_between(db.session, begin, end, therapist_id=whose.id)
    return [one for one in found if _lies_outside(one, known, windows)]


def seen_of_unfit(found: Sequence[Appointment]) -> str:
    """What a page says it showed of these, so that nobody agrees to what was booked meanwhile."""
    return sha256(" ".join(f"{one.id} {one.version}" for one in found).encode()).hexdigest()[:16]


def _lies_outside(one: Appointment, known: Programme, windows: Any) -> bool:
    span = minute_of(one.starts_at), minute_of(one.ends_at)
    day = local(one.starts_at, known.location_of(one).zone).date()
    return rules.lies_outside(span, windows(day))


def _unfit_week(
    known: Programme, whose: Whose, typed: Sequence[Worked], first: date, last: date | None
) -> list[Appointment]:
    different = whose.different
    return unfit(known, whose, first, last, lambda day: windows_of(different.get(day, typed), day, known))


def windows_of(hours: Sequence[Worked], day: date, known: Programme) -> list[Window]:
    """These hours on one day."""
    spans = [
        (one.span(day, known.locations[one.location_id].zone), one) for one in hours if one.weekday == day.weekday()
    ]
    return [Window(starts, ends, starts, day, one.location_id) for (starts, ends), one in spans]


def _trail(therapist_id: int, zone: str) -> list[tuple[str, str, str]]:
    """The last changes of somebody's hours: when, by whom, and from which day on or for which day."""
    lines = lines_of(db.session, f"hours:{therapist_id}", TRAIL)
    return [(_when(line, zone), who, _what(line)) for line, who in lines]


def _when(line: AuditLine, zone: str) -> str:
    at = local(line.at, zone)
    return f"{words.days(at.date(), at.date())}, {clock_words(at)}"


def _what(line: AuditLine) -> str:
    on = date.fromisoformat(line.detail["from_on"])
    first = words.days(on, on)
    return str(_("for %(day)s", day=first) if line.action == "hours.day" else _("from %(day)s on", day=first))


def _say(known: Programme) -> Any:
    return lambda hours: words.stretches(hours, known.locations)


def _page(known: Programme, whose: Whose, form: WeekForm, stretches: Stretches, **more: Any) -> str:
    return render_template(
        "office/week.html",
        whose=whose,
        form=form,
        stretches=stretches,
        several=len(known.locations) > 1,
        weekday=wording.weekday,
        day_of=words.days,
        say=_say(known),
        zones=[(one.name, wording.zone(one.zone)) for one in known.locations.values()],
        local=local,
        trail=_trail(whose.id, whose.who.zone),
        seen_of_unfit=seen_of_unfit,
        **{"has_errors": False, "unfit": (), "message": "", **more},
    )
