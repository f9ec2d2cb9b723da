"""Details, check your answers, booked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import queries, wording
from clinic.booking.forms import BookingForm, DetailsForm
from clinic.booking.operations import Outcome, book
from clinic.booking.operations.shared import not_in_their_way
from clinic.booking.queries import Slot
from clinic.booking.rules import Narrowing
from clinic.booking.views.asked import choice, choice_in_address
from clinic.booking.views.assessment import is_for_whoever_had_it
from clinic.booking.views.choice import Choice
from clinic.booking.views.narrowed import narrowed_in_address
from clinic.booking.views.page import bp
from clinic.booking.views.tiles import Tile, near_tile
from clinic.booking.views.times import times_page
from clinic.booking.views.told import refused, ring_first, safety_first
from clinic.booking.wishes import refusals_of
from clinic.core import access, clock
from clinic.core.access import public
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import ONCE_MORE, with_token
from clinic.core.refusals import Refusal
from clinic.core.times import local, minute_of
from clinic.core.visit import booking_key_is_ours, new_booking_key, note_hold, visit_digest
from clinic.people.models import Client
from clinic.people.operations import change_contact

FIRST = {"screening_needed": "screening", "assessment_first": "assessment"}  # what comes first, and its page
OF_THEIR_OWN = {"client_taken", "client_day_full"}  # their own visits are in the way: nobody took the time
TYPED = ("name", "email", "phone", "area", "side", "word")


@bp.get("/treatments/<slug>/details")
@public
def details(slug: str) -> str | tuple[str, int] | Response:
    chosen = choice_in_address(slug)
    if way := _not_yet(chosen):
        return way
    wish = chosen.wish(name="", email="", told=chosen.told)
    if refusals := refusals_of(db.session, chosen.programme, wish, now=chosen.now, screening=chosen.screening):
        return refused(chosen, refusals)
    data = {"key": new_booking_key(), **chosen.contact}
    return _details_page(chosen, _form(chosen, DetailsForm, formdata=None, data=data))


def _details_once_more(slug: str) -> tuple[str, int] | None:
    return _once_more(choice_in_address(slug))


@bp.post("/treatments/<slug>/details")
@public
@with_token(otherwise=_details_once_more)
def details_submit(slug: str) -> str | tuple[str, int] | Response:
    """Shape checked: on to the check page. "Change" on that page comes back here with everything typed."""
    chosen = choice_in_address(slug)
    if way := _not_yet(chosen):
        return way
    form = _form(chosen, DetailsForm)
    if "change" in request.form:
        return _details_page(chosen, form)
    if not (form.validate() and is_for_whoever_had_it(chosen, form)):
        return _details_page(chosen, form, has_errors=True), 422
    # These details sent again (back, then "send it again") are the same booking: they came with its key.
    key = form.key.data or ""
    return _check_page(chosen, form, key if booking_key_is_ours(key) else new_booking_key())


def _booking_once_more() -> tuple[str, int] | None:
    return _once_more(choice(request.form.get("treatment", ""), request.form))


@bp.post("/appointments")
@reads_first
@public
@with_token(otherwise=_booking_once_more)
def appointments() -> str | tuple[str, int] | Response:
    """Book it. A refusal keeps all that was typed."""
    args = request.form
    chosen = choice(args.get("treatment", ""), args)
    if chosen.slot is None:
        return times_page(chosen, message=_("That time could not be read. Please choose again.")), 409
    if chosen.refused or args.get("minutes") != str(chosen.minutes_of_each[0]):
        message = "" if chosen.refused else _("We do not offer that length. Please choose again.")
        return times_page(chosen, message=message), 409
    form = _form(chosen, BookingForm)
    if not (form.validate() and is_for_whoever_had_it(chosen, form)):
        return _details_page(chosen, form, has_errors=True), 422
    if not booking_key_is_ours(form.key.data):
        abort(400, _("This page was opened in another browser, or is too old. Please begin again."))
    wish, screening = chosen.wish(**_typed(form)), chosen.screening
    db.session.rollback()  # so far it was read without the lock
    with writing():
        wish = replace(wish, client=_themselves(chosen, form))
        outcome = book(db.session, wish, screening=screening, key=form.key.data, now=clock.now(), by=access.actor())
        if outcome.refusals or outcome.link is None:
            return _refused(chosen, form, outcome, wish.client)
        token = outcome.link.token
        db.session.commit()
    note_hold(None)
    return redirect(url_for("booking.appointment", token=token), 303)


def _once_more(chosen: Choice) -> tuple[str, int] | None:
    """For whoever lost their session on the way: everything that was typed, and the time that they still hold."""
    if chosen.slot is None or _not_yet(chosen):
        return None
    if held := queries.held_by(db.session, visit_digest(), chosen.now):
        note_hold(held.expires_at)
    form = _form(chosen, DetailsForm)
    form.form_errors.append(ONCE_MORE)
    return _details_page(chosen, form, has_errors=True), 400


def _not_yet(chosen: Choice) -> str | tuple[str, int] | Response | None:
    """Where to go first: a time to choose, the safety page to answer, its decision to read."""
    if chosen.refused:
        return times_page(chosen), 409
    if chosen.slot is None:
        if not request.args.get("slot"):
            return redirect(chosen.href("times"), 303)
        return times_page(chosen, message=_("That time could not be read. Please choose again.")), 404
    return safety_first(chosen)


def _form(chosen: Choice, kind: type[DetailsForm], **kwargs: Any) -> Any:
    return kind(country=chosen.programme.clinic.country, rings=chosen.told.rings, **kwargs)


def _typed(form: DetailsForm) -> dict[str, str]:
    return {name: form[name].data or "" for name in TYPED}


def _themselves(chosen: Choice, form: DetailsForm) -> Client | None:
    """The client whom we know, where the time is for them and not for another name or address."""
    client = chosen.client
    if client is None or not form.is_for(client):
        return None
    phone = form.phone.data or client.phone  # a therapist may have to ring
    change_contact(db.session, client, name=client.name, phone=phone, now=clock.now(), by=access.actor())
    return client


def _details_page(chosen: Choice, form: DetailsForm, *, has_errors: bool = False) -> str:
    return render_template("booking/details.html", chosen=chosen, form=form, has_errors=has_errors)


def _check_page(chosen: Choice, form: DetailsForm, key: str) -> str:
    asks = chosen.missed_words if chosen.client and form.is_for(chosen.client) else ""
    return render_template(
        "booking/check.html",
        asks=asks,
        chosen=chosen,
        typed=_typed(form),
        key=key,
        area=wording.area(form.area.data),
        side=wording.side(form.side.data),
        address_doubt=wording.address_doubt(form.email.data),
    )


def _refused(chosen: Choice, form: BookingForm, outcome: Outcome, client: Client | None) -> tuple[str, int] | Response:
    codes = {refusal.code for refusal in outcome.refusals}
    if outcome.appointment:
        made = outcome.appointment
        at = local(made.starts_at, chosen.programme.location_of(made).zone)
        way = url_for("booking.appointment", token=outcome.link.token) if outcome.link else None
        return render_template("booking/already_booked.html", at=at, way=way), 409
    db.session.rollback()
    if "ring_first" in codes:
        return ring_first()
    if codes & {"doctor_first", "release_ruled_out", "screening_needed", "assessment_first"}:
        page = next((page for code, page in FIRST.items() if code in codes), "decision")
        return render_template(
            "booking/not_this.html",
            chosen=chosen,
            message=wording.sentence(outcome.refusals[0]),
            way=chosen.href(page),
        ), 409
    return not_then(chosen, outcome.refusals, client, typed=_typed(form), key=form.key.data or "")


def not_then(
    chosen: Choice, refusals: Sequence[Refusal], client: Client | None, *, typed: dict[str, str], key: str
) -> tuple[str, int]:
    """Why it is not booked then, and the nearest times at which one tap books it with all that was typed."""
    is_theirs = all(refusal.code in OF_THEIR_OWN for refusal in refusals)
    return render_template(
        "booking/taken.html",
        chosen=chosen,
        typed=typed,
        key=key,
        heading=_("That time does not fit") if is_theirs else _("That time has gone"),
        message=wording.sentence(refusals[0]),
        tiles=_nearest(chosen, client),
        action=chosen.book_href,
    ), 409


def _nearest(chosen: Choice, client: Client | None) -> list[Tile]:
    """The three times closest to the one that was lost that this client, where known, may have: as they narrowed them;
    else with whom; else any.
    """
    assert chosen.starts_at is not None
    asked = narrowed_in_address(chosen).narrowing
    for narrowing in (asked, replace(asked, weekdays=(), parts=()), chosen.narrowing):
        if slots := _around(chosen, narrowing, client):
            return [near_tile(slot, chosen) for slot in queries.nearest(slots, minute_of(chosen.starts_at))]
    return []


def _around(chosen: Choice, narrowing: Narrowing, client: Client | None) -> list[Slot]:
    """The free times of the weeks around the one that was lost; where those are few, all."""
    assert chosen.starts_at is not None
    today, minutes = chosen.today, chosen.length.minutes
    around = max(today, chosen.starts_at.date() - timedelta(days=10))
    for first, days in ((around, 21), (today, chosen.treatment.horizon_days + 1)):
        look = queries.search(db.session, chosen.programme, first=first, days=days, now=chosen.now, own=chosen.own)
        found = look.slots(chosen.treatment, minutes, narrowing=narrowing)
        slots = not_in_their_way(db.session, chosen.programme, client, found, minutes, None, chosen.now)
        if len(slots) >= 3:
            break
    return slots
