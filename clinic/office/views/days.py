"""A day that is different: other hours than its week's."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from clinic.booking import operations, wording
from clinic.booking.operations import seen_of_hours
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import desk
from clinic.core.db import db
from clinic.core.times import day_from_address, local
from clinic.office import wording as words
from clinic.office.forms.hours import DifferentDayForm, Stretches
from clinic.office.views.hours import Answer, Whose, load, seen_of_unfit, unfit, windows_of
from clinic.office.views.page import bp
from clinic.people.operations import lock_therapist


@bp.get("/hours/<int:therapist_id>/days")
@desk
def different_day(therapist_id: int) -> str:
    """The hours of the day `on`, to make it different."""
    known = programme_or_404()
    whose = load(known, therapist_id)
    on = max(day_from_address(request.args.get("on", "")) or whose.today, whose.today)
    hours = whose.different.get(on) or whose.week_on(on)
    stretches = Stretches.showing(hours, [on.weekday()], known.locations)
    form = DifferentDayForm(formdata=None, data={"from_on": on, "seen": seen_of_hours(whose.rows)}, today=whose.today)
    return _page(whose, form, stretches)


@bp.post("/hours/<int:therapist_id>/days")
@desk
def different_day_setting(therapist_id: int) -> Answer:
    """Set it; where appointments no longer fit, only once all were shown: `sure`. With `usual`, as its week says."""
    known = programme_or_404()
    whose = load(known, therapist_id)
    form = DifferentDayForm(today=whose.today)
    on = form.from_on.data or whose.today
    shown = request.form.get("weekday", on.weekday(), type=int)  # of the day the page was opened for
    stretches = Stretches.typed(request.form, [shown], known.locations).on(on.weekday())
    usual, valid = "usual" in request.form, form.validate()
    typed = [] if usual else stretches.hours(on)
    if not valid or typed is None:
        return _page(whose, form, stretches, has_errors=True), 422
    if not typed and not usual:
        stretches.rows[0].error = _("Enter when they work. For a day without work, enter time off.")
        return _page(whose, form, stretches, has_errors=True), 422
    holds = typed or whose.week_on(on)
    lock_therapist(db.session, whose.id)  # what is booked meanwhile is looked at too
    left = unfit(known, whose, on, on, lambda day: windows_of(holds, day, known))
    if left and request.form.get("sure") != seen_of_unfit(left):
        return _page(whose, form, stretches, unfit=left, usual=usual)
    now, by, seen = clock.now(), access.actor(), form.seen.data or ""
    refusals = operations.set_day(db.session, whose.id, on, typed, seen=seen, now=now, by=by)
    if refusals:
        db.session.rollback()
        return _page(load(known, therapist_id), form, stretches, message=wording.staff_sentence(refusals[0])), 409
    db.session.commit()
    flash(_("Saved for %(day)s.", day=words.days(on, on)))
    return redirect(url_for("office.hours"), 303)


def _page(whose: Whose, form: DifferentDayForm, stretches: Stretches, **more: Any) -> str:
    on = form.from_on.data or whose.today
    return render_template(
        "office/different_day.html",
        whose=whose,
        form=form,
        stretches=stretches,
        on=on,
        is_different=on in whose.different,
        several=len(stretches.locations) > 1,
        weekday=wording.weekday,
        local=local,
        seen_of_unfit=seen_of_unfit,
        **{"has_errors": False, "unfit": (), "message": "", "usual": False, **more},
    )
