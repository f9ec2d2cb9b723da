"""The waiting list, from the page of times: who waits tells what suits, and leaves by the link in their mail."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.booking import operations, queries, wording
from clinic.booking.forms import WaitingForm
from clinic.booking.models import Offer, WaitingListEntry
from clinic.booking.operations import Waits
from clinic.booking.programme import Programme
from clinic.booking.queries import waiting
from clinic.booking.views.asked import choice_in_address
from clinic.booking.views.assessment import assessment_first, is_for_whoever_had_it
from clinic.booking.views.choice import Choice
from clinic.booking.views.narrowed import Narrowed, narrowed_in_address
from clinic.booking.views.page import bp, programme_or_404
from clinic.booking.views.told import safety_first, told_before
from clinic.core import access, clock
from clinic.core.access import holder_of, public
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.forms import ONCE_MORE, with_token
from clinic.core.times import local
from clinic.core.visit import wish_digest


@bp.get("/treatments/<slug>/waiting-list")
@public
def waiting_list(slug: str) -> str | tuple[str, int] | Response:
    """What the page of times was narrowed to is ticked already. One treatment is waited for at a time."""
    chosen = choice_in_address(slug).alone
    if way := _not_yet(chosen):
        return way
    narrowed = narrowed_in_address(chosen)
    asked = narrowed.narrowing
    ticked = {
        "therapists": list(asked.therapist_ids),
        "weekdays": list(asked.weekdays),
        "parts": list(asked.parts),
        "gender": asked.gender or "",
    }
    return _page(chosen, _form(narrowed, formdata=None, data={**ticked, **chosen.contact}))


def _once_more(slug: str) -> tuple[str, int] | None:
    """For whoever lost their session on the way: everything that was typed."""
    chosen = choice_in_address(slug).alone
    if _not_yet(chosen):
        return None
    form = _form(narrowed_in_address(chosen))
    form.form_errors.append(ONCE_MORE)
    return _page(chosen, form, has_errors=True), 400


@bp.post("/treatments/<slug>/waiting-list")
@public
@with_token(otherwise=_once_more)
def waiting_list_submit(slug: str) -> str | tuple[str, int] | Response:
    """Sent twice it is once: for a release, the first time took the answers to the safety page along."""
    chosen = choice_in_address(slug).alone
    form = _form(narrowed_in_address(chosen))
    waits = _waits(chosen, form) if form.validate() else None
    is_new = not _waits_already(chosen, waits)
    if is_new and (way := _not_yet(chosen)):
        return way
    if waits is None or (is_new and not is_for_whoever_had_it(chosen, form)):
        return _page(chosen, form, has_errors=True), 422
    link = operations.join(db.session, waits, screening=chosen.screening, now=chosen.now, by=access.actor())
    token = link.token
    db.session.commit()
    return redirect(url_for("booking.waiting_entry", token=token), 303)


@bp.get("/waiting-list/<token>")
@holder_of("waiting")
def waiting_entry(subject_id: UUID, token: str) -> str:
    """What they wait for, and the way off the list."""
    entry = _load(subject_id)
    known = programme_or_404()
    names = [one.name for one in known.therapists if one.id in entry.therapist_ids]
    return render_template(
        "booking/waiting.html",
        entry=entry,
        token=token,
        address_doubt=wording.address_doubt(entry.email),
        whom=wording.whom(names, entry.gender),
        suits=[wording.weekdays(entry.weekdays), wording.parts(entry.parts)],
        over=entry.until_on < queries.today_at(known, clock.now()),
        offers=[_offered(known, offer) for offer in waiting.open_offers(db.session, entry.id)],
    )


@bp.post("/waiting-list/<token>/departure")
@holder_of("waiting")
def waiting_departure(subject_id: UUID, token: str) -> Response:
    operations.leave(db.session, _load(subject_id), now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("booking.waiting_entry", token=token), 303)


def _offered(known: Programme, offer: Offer) -> tuple[datetime, str]:
    """When and where, on the clock there."""
    location = known.location_at(offer.therapist_id, offer.starts_at)
    return local(offer.starts_at, location.zone), wording.where(location, known.locations)


def _load(entry_id: UUID) -> WaitingListEntry:
    return waiting.entry(db.session, entry_id) or abort(404)


def _not_yet(chosen: Choice) -> tuple[str, int] | Response | None:
    """Nobody waits for what they cannot have: an assessment, the safety page, a doctor or a call come first."""
    if way := assessment_first(chosen, chosen.assessment_refusals) or safety_first(chosen):
        return way
    return told_before(chosen, chosen.told.refusals(is_release=chosen.treatment.is_release))


def _waits_already(chosen: Choice, waits: Waits | None) -> bool:
    """Whether they are on the list with just this, and have told nothing new since."""
    if waits is None or waits.digest is None or chosen.screening:
        return False
    return waiting.wished(db.session, waits.digest) is not None


def _form(narrowed: Narrowed, **kwargs: Any) -> WaitingForm:
    chosen = narrowed.chosen
    return WaitingForm(
        country=chosen.programme.clinic.country,
        rings=chosen.told.rings,
        therapists=narrowed.therapists,
        weekdays=[int(day) for day in narrowed.all_weekdays],
        genders=narrowed.genders,
        **kwargs,
    )


def _waits(chosen: Choice, form: WaitingForm) -> Waits:
    waits = Waits(
        chosen.treatment,
        chosen.length.minutes,
        form.name.data,
        form.email.data,
        chosen.last_day,
        phone=form.phone.data or "",
        therapist_ids=form.therapists.data or [],
        weekdays=form.weekdays.data or [],
        parts=form.parts.data or [],
        gender=form.gender.data or None,
        client=chosen.client if chosen.client and form.is_for(chosen.client) else None,
    )
    return replace(waits, digest=wish_digest(*waits.words))


def _page(chosen: Choice, form: WaitingForm, *, has_errors: bool = False) -> str:
    return render_template("booking/waiting_list.html", chosen=chosen, form=form, has_errors=has_errors)
