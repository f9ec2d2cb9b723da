"""Closures: whole days on which a location, or the clinic, is closed; public holidays among them."""

from datetime import date
from uuid import UUID

from babel import Locale
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from clinic.booking import operations, queries
from clinic.booking.models import Closure
from clinic.booking.operations import Shut
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import desk
from clinic.core.db import db
from clinic.core.templating import day_words, language
from clinic.office import wording as words
from clinic.office.forms.closures import ClosureForm, HolidaysForm
from clinic.office.views.in_the_way import in_the_way
from clinic.office.views.page import bp
from clinic.places.holidays import parts_of, public_holidays

Answer = str | tuple[str, int] | Response


@bp.get("/closures")
@desk
def closures() -> str:
    """Closed days that are not over, and a form for more."""
    known = programme_or_404()
    return _list_page(known, ClosureForm(formdata=None, locations=known.locations))


@bp.post("/closures")
@desk
def closures_making() -> Answer:
    """From now on nothing is offered there then. The page that follows shows what is booked."""
    known = programme_or_404()
    form = ClosureForm(locations=known.locations)
    if not form.validate():
        return _list_page(known, form, has_errors=True), 422
    closure_id = _close(known, [form.shut()])[0].id
    db.session.commit()
    flash(_("Saved. Nothing is offered on these days."))
    return redirect(url_for("office.closure", closure_id=closure_id), 303)


@bp.get("/closures/<uuid:closure_id>")
@desk
def closure(closure_id: UUID) -> str:
    """What is closed and when, and what is booked in it."""
    known, found, now = programme_or_404(), _load(closure_id), clock.now()
    return render_template(
        "office/closure.html",
        one=found,
        when=words.days(found.first_on, found.last_on),
        where=_where(known, found),
        ways=in_the_way(known, queries.in_closure(db.session, known, found, now=now), now),
    )


@bp.post("/closures/<uuid:closure_id>/removal")
@desk
def closure_removal(closure_id: UUID) -> Response:
    """It is open on those days after all."""
    operations.open_again(db.session, _load(closure_id), now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("Removed. Times are offered again."))
    return redirect(url_for("office.closures"), 303)


@bp.get("/closures/holidays")
@desk
def holidays() -> str:
    """The public holidays of the clinic's country: `year`, and `part` of the country where it has any."""
    known = programme_or_404()
    return _holidays_page(known, HolidaysForm(formdata=None, locations=known.locations, holidays=_holidays(known)))


@bp.post("/closures/holidays")
@desk
def holidays_closing() -> Answer:
    """Close on the days that are ticked."""
    known = programme_or_404()
    form = HolidaysForm(locations=known.locations, holidays=_holidays(known))
    if not form.validate() or not form.shut():
        return _holidays_page(known, form, has_errors=True), 422
    made = _close(known, form.shut())
    found = {it.id for one in made for it in queries.in_closure(db.session, known, one, now=clock.now())}
    db.session.commit()
    flash(ngettext("Closed on %(num)d day.", "Closed on %(num)d days.", len(made)))
    if found:
        flash(ngettext("%(num)d appointment has to be moved.", "%(num)d appointments have to be moved.", len(found)))
    return redirect(url_for("office.closures"), 303)


def _close(known: Programme, wanted: list[Shut]) -> list[Closure]:
    return operations.close(db.session, known, wanted, now=clock.now(), by=access.actor())


def _load(closure_id: UUID) -> Closure:
    return db.session.get(Closure, closure_id) or abort(404)


def _where(known: Programme, one: Closure) -> str:
    return known.locations[one.location_id].name if one.location_id else _("everywhere")


def _list_page(known: Programme, form: ClosureForm, *, has_errors: bool = False) -> str:
    found = queries.closures(db.session, queries.today_at(known, clock.now()))
    shown = [(one, words.days(one.first_on, one.last_on), _where(known, one)) for one in found]
    several = len(known.locations) > 1
    return render_template("office/closures.html", found=shown, form=form, several=several, has_errors=has_errors)


def _year(known: Programme) -> int:
    today = queries.today_at(known, clock.now())
    asked = request.args.get("year", today.year, type=int)
    return min(max(asked, today.year), today.year + 5)


def _holidays(known: Programme) -> list[tuple[date, str]]:
    """Those of the year and part that the address names, as far as they are to come."""
    today, part = queries.today_at(known, clock.now()), request.args.get("part", "")
    found = public_holidays(known.clinic.country, part, _year(known), language())
    return [(day, name) for day, name in found if day >= today]


def _holidays_page(known: Programme, form: HolidaysForm, *, has_errors: bool = False) -> str:
    closed = {one.first_on.isoformat() for one in queries.closures(db.session, queries.today_at(known, clock.now()))}
    year, country = _year(known), known.clinic.country
    today = queries.today_at(known, clock.now())
    return render_template(
        "office/holidays.html",
        form=form,
        days=[(one, day_words(day), name, one in closed) for one, (day, name) in form.names.items()],
        year=year,
        years=range(today.year, today.year + 3),
        part=request.args.get("part", ""),
        parts=parts_of(country),
        country=Locale.parse(language()).territories.get(country, country),
        several=len(known.locations) > 1,
        has_errors=has_errors,
    )
