"""Time off: a therapist's own, or anybody's for reception and owners; and what is booked in it."""

from datetime import time
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import operations, queries, wording
from clinic.booking.models import TimeOff
from clinic.booking.programme import Programme
from clinic.booking.queries import Blockable
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.times import day_from_address, local
from clinic.office import wording as words
from clinic.office.forms.time_off import TimeOffForm
from clinic.office.views.in_the_way import in_the_way
from clinic.office.views.page import bp

Answer = str | tuple[str, int] | Response


@bp.get("/time-off")
@staff
def time_off() -> str:
    """Whoever is or will be away."""
    account, known = access.signed_in(), programme_or_404()
    found = queries.times_off(db.session, clock.now(), account.id if account.role == "therapist" else None)
    shown = [(one, words.span(one.starts_at, one.ends_at, queries.zone_of(known, one.therapist_id))) for one in found]
    return render_template("office/time_off_list.html", found=shown)


@bp.get("/time-off/new")
@staff
def time_off_new() -> str:
    """`therapist` and `on` say what the form begins with."""
    whose = _whose(programme_or_404())
    asked = request.args.get("therapist")
    chosen = next((one for one in whose if one.therapist == asked), whose[0])
    on = day_from_address(request.args.get("on", "")) or local(clock.now(), chosen.zone).date()
    told = {"whose": chosen.therapist_id, "first_day": on, "last_day": on}
    return _new_page(TimeOffForm(formdata=None, data=told, whose=whose))


@bp.post("/time-off")
@staff
def time_off_making() -> Answer:
    """From now on nothing is offered of them then. The page that follows shows what is booked in it."""
    form = TimeOffForm(whose=_whose(programme_or_404()))
    if not form.validate():
        return _new_page(form, has_errors=True), 422
    made = operations.take_off(db.session, form.off(), now=clock.now(), by=access.actor())
    time_off_id = made.id
    db.session.commit()
    flash(_("Saved. Nothing is offered in this time."))
    return redirect(url_for("office.time_off_one", time_off_id=time_off_id), 303)


@bp.get("/time-off/<uuid:time_off_id>")
@staff
def time_off_one(time_off_id: UUID) -> str:
    """When it is, what is booked in it, and changing it."""
    known, found, whose = _load(time_off_id)
    return _page(known, found, _filled(found, whose))


@bp.post("/time-off/<uuid:time_off_id>")
@staff
def time_off_change(time_off_id: UUID) -> Answer:
    known, found, whose = _load(time_off_id)
    form = TimeOffForm(whose=whose)
    if not form.validate():
        return _page(known, found, form, has_errors=True), 422
    seen, now = form.seen.data or "", clock.now()
    refusals = operations.change_time_off(db.session, found, form.off(), seen=seen, now=now, by=access.actor())
    if refusals:
        db.session.rollback()
        known, found, whose = _load(time_off_id)
        return _page(known, found, _filled(found, whose), message=wording.staff_sentence(refusals[0])), 409
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("office.time_off_one", time_off_id=time_off_id), 303)


@bp.post("/time-off/<uuid:time_off_id>/removal")
@staff
def time_off_removal(time_off_id: UUID) -> Response:
    """They are there after all."""
    _known, found, _others = _load(time_off_id)
    operations.end_time_off(db.session, found, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("Removed. Their hours are offered again."))
    return redirect(url_for("office.time_off"), 303)


def _whose(known: Programme) -> list[Blockable]:
    """The therapists whose time off this person sets: a therapist their own."""
    account = access.signed_in()
    everybody = [one for one in queries.blockable(db.session, known) if one.therapist]
    own = [one for one in everybody if account.role != "therapist" or one.account_id == account.id]
    return own or abort(404, _("There are no therapists yet."))


def _load(time_off_id: UUID) -> tuple[Programme, TimeOff, list[Blockable]]:
    known = programme_or_404()
    whose, found = _whose(known), queries.time_off(db.session, time_off_id)
    if found is None or found.therapist_id not in {one.therapist_id for one in whose}:
        abort(404)
    return known, found, whose


def _filled(found: TimeOff, whose: list[Blockable]) -> TimeOffForm:
    """The form as it stands; whole days without times."""
    chosen = next(one for one in whose if one.therapist_id == found.therapist_id)
    first, last = (local(at, chosen.zone) for at in (found.starts_at, found.ends_at))
    whole = words.last_day(last)
    told = {
        "whose": chosen.therapist_id,
        "first_day": first.date(),
        "first_time": first.time() if first.time() != time() else None,
        "last_day": whole,
        "last_time": last.time() if last.time() != time() else None,
        "seen": operations.seen_of_time_off(found),
    }
    return TimeOffForm(formdata=None, data=told, whose=whose)


def _new_page(form: TimeOffForm, *, has_errors: bool = False) -> str:
    return render_template("office/time_off_new.html", form=form, has_errors=has_errors)


def _page(known: Programme, found: TimeOff, form: TimeOffForm, **more: Any) -> str:
    now, zone = clock.now(), queries.zone_of(known, found.therapist_id)
    return render_template(
        "office/time_off.html",
        one=found,
        form=form,
        when=words.span(found.starts_at, found.ends_at, zone),
        ways=in_the_way(known, queries.in_time_off(db.session, found, now=now), now),
        **more,
    )
