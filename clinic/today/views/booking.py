"""Booking for somebody on the phone or at the counter: one page, on which only what is missing is asked."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import history, operations, wording
from clinic.booking.models import Appointment
from clinic.booking.operations import Outcome
from clinic.booking.rules import PARTS, WITH_A_REASON
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db, reads_first, writing
from clinic.core.templating import clock_words, day_words
from clinic.core.times import local
from clinic.core.visit import booking_key_is_ours
from clinic.intake import rules as intake
from clinic.intake import wording as safety_words
from clinic.intake.forms import ScreeningForm
from clinic.intake.operations import screening_of
from clinic.people.operations import change_contact
from clinic.today.forms import NewClientForm
from clinic.today.views.enquiry import Enquiry, enquiry
from clinic.today.views.known import found, likely_same, missed_lines
from clinic.today.views.page import bp
from clinic.today.views.safety import Safety, forget, is_answered, keep, safety_of, without_ticks
from clinic.today.views.soonest import soonest

Answer = str | tuple[str, int] | Response


@bp.get("/diary/booking")
@staff
def booking() -> str:
    """`client`, `treatment`, `minutes`, `therapist`, `at` fill it in; `q` looks for somebody, `new` is new."""
    asked = enquiry(request.args, access.signed_in())
    typed = request.args.get("new", "")
    kind = "email" if "@" in typed else "phone" if any(map(str.isdigit, typed)) else "name"
    form = NewClientForm(formdata=None, data={kind: typed}, country=_country(asked)) if typed else None
    return _page(asked, form)


@bp.post("/diary/booking")
@reads_first
@staff
def booking_submit() -> str:
    """The same page for what is asked by now. Nothing is booked."""
    asked = enquiry(request.form, access.signed_in())
    return _page(asked, _typed(asked, safety_of(asked)))


@bp.post("/diary/bookings")
@reads_first
@staff
def bookings() -> Answer:
    """Book it with one press where nothing is missing; else the same page asks what is, all that was typed kept."""
    asked = enquiry(request.form, access.signed_in())
    if not booking_key_is_ours(request.form.get("key", "")):
        abort(400, _("This page was opened in another browser, or is too old. Please begin again."))
    form = _typed(asked, safety_of(asked))
    if not history.is_booked(db.session, asked.key):
        for missing in (_emergency, _whom, _when, _safety):
            if page := missing(asked, form):
                return page
    outcome = _book(asked, form)
    if outcome.refusals or outcome.appointment is None:
        return _refused(asked, form, outcome)
    return _booked(asked, outcome.appointment)


def _booked(asked: Enquiry, made: Appointment) -> Response:
    """Back to the diary, with the reference to read out."""
    at = local(made.starts_at, asked.chosen.zone)
    day, time, who = day_words(at), clock_words(at), made.therapist.name
    told = {"day": day, "time": time, "who": who, "ref": made.ref}
    by_mail = _("The details go out by mail.") if made.client.email else _("They have no mail address: read it out.")
    flash(_("Booked: %(day)s, %(time)s with %(who)s. Reference %(ref)s.", **told) + " " + by_mail)
    return redirect(url_for("today.diary", on=at.date(), location=made.room.location_id, _anchor=f"a-{made.ref}"), 303)


def _typed(asked: Enquiry, safety: Safety) -> NewClientForm | None:
    """What was typed of a new client; of a known one a phone number alone, where a therapist rings and has none."""
    if asked.client is None:
        return NewClientForm(country=_country(asked), rings=safety.rings) if "name" in request.form else None
    if asked.client.phone or not safety.rings:
        return None
    form = NewClientForm(country=_country(asked), rings=True)
    form.name.data, form.email.data = asked.client.name, asked.client.email
    return form


def _emergency(asked: Enquiry, form: NewClientForm | None) -> Answer | None:
    """Answered at once, whatever else is blank or wrong; nothing of it is kept."""
    listed = asked.chosen.programme.safety
    urgent = intake.decide_by(listed, ScreeningForm(rules=listed).ticks(), deep=True).emergency
    if urgent is None:
        return None
    forget(asked)
    return _page(asked, form, emergency=urgent), 409


def _whom(asked: Enquiry, form: NewClientForm | None) -> Answer | None:
    if form is None:
        message = _("Who is it for? Look for them above, or take down somebody new.")
        return None if asked.client else (_page(asked, None, messages=[message]), 422)
    if not form.validate():
        return _page(asked, form, has_errors=True), 422
    seen = request.form.get("seen", "").split()
    if asked.client or all(str(match.client.id) in seen for match in likely_same(form)):
        return None
    message = _("Somebody like this is known already. Is it one of them? If not, book once more.")
    return _page(asked, form, messages=[message]), 422


def _when(asked: Enquiry, form: NewClientForm | None) -> Answer | None:
    if asked.chosen.slot:
        return None
    nobody = asked.chosen.starts_at and not asked.chosen.therapist
    message = _("Nobody is free then. Say with whom, and you see why.") if nobody else _("Choose a day and a time.")
    return _page(asked, form, messages=[message]), 422


def _safety(asked: Enquiry, form: NewClientForm | None) -> Answer | None:
    """Ask the list; then only what it decided."""
    safety, ticked = safety_of(asked), ScreeningForm(rules=asked.chosen.programme.safety)
    unchanged = "unchanged" in request.form and safety.asked == intake.CONFIRM
    if safety.asked == intake.NOTHING:
        return None
    if request.form.get("read_aloud") != asked.chosen.slot and not (unchanged or is_answered(request.form)):
        return _page(asked, form)  # the time has just been chosen
    if not unchanged and not ticked.validate():
        return _page(asked, form, ticked=without_ticks(asked, ticked), has_errors=True), 422
    decided = keep(asked, safety, ticked, unchanged=unchanged)
    if decided.refer or (asked.chosen.treatment.is_release and not decided.release_allowed):
        instead = asked if decided.refer else asked.instead()
        return _page(instead, _typed(asked, Safety(intake.NOTHING, decided))), 409
    return None


def _book(asked: Enquiry, form: NewClientForm | None) -> Outcome:
    wish, now, by = asked.wish(**_contact(asked, form)), clock.now(), access.actor()
    db.session.rollback()  # so far it was read without the lock
    with writing():
        if asked.client and form and form.phone.data:
            name, phone = asked.client.name, form.phone.data
            change_contact(db.session, asked.client, name=name, phone=phone, now=now, by=by)
        screening = screening_of(db.session, asked.visit, now=now)
        outcome = operations.book(db.session, wish, screening=screening, key=asked.key, now=now, by=by)
        if outcome.refusals:
            db.session.rollback()
        else:
            db.session.commit()
    return outcome


def _contact(asked: Enquiry, form: NewClientForm | None) -> dict[str, str]:
    typed: dict[str, str | None] = form.data if form else {}
    return {name: getattr(asked.client, name, None) or typed.get(name) or "" for name in ("name", "email", "phone")}


def _refused(asked: Enquiry, form: NewClientForm | None, outcome: Outcome) -> Answer:
    """Why, in words; the three nearest times; and where a rule alone is in the way, room for a reason."""
    if outcome.appointment:
        ref = outcome.appointment.ref
        again = _("This page has booked already, under %(ref)s. Begin another booking for another time.", ref=ref)
        return _page(asked, form, messages=[again]), 409
    rules_alone = all(one.code in WITH_A_REASON for one in outcome.refusals)
    sentences = [wording.staff_sentence(one) for one in outcome.refusals]
    return _page(asked, form, messages=sentences, refused=True, may_insist=rules_alone), 409


def _page(asked: Enquiry, form: NewClientForm | None, **told: Any) -> str:
    look_for, refused = request.args.get("q", ""), bool(told.get("refused"))
    listed = asked.chosen.programme.safety
    blank = {"messages": [], "refused": False, "may_insist": False, "has_errors": False, "emergency": None}
    return render_template(
        "today/booking.html",
        asked=asked,
        chosen=asked.chosen,
        form=form,
        missed=missed_lines(asked.client, asked.chosen.programme.clinic) if asked.client else [],
        q=look_for,
        found=found(look_for),
        same=likely_same(form) if form and not asked.client else [],
        times=soonest(asked, refused=refused),
        safety=safety_of(asked),
        therapists=asked.chosen.programme.therapists,
        treatments=asked.chosen.programme.treatments,
        parts={part: wording.parts([part]) for part in PARTS},
        questions=safety_words.questions(listed),
        numbers=safety_words.numbers(_country(asked)),
        typed=request.form,
        local=local,
        **{**blank, "ticked": ScreeningForm(formdata=None, rules=listed), **told},
    )


def _country(asked: Enquiry) -> str:
    return asked.chosen.programme.clinic.country
