"""Treatments that begin with an assessment: what is booked first, and what may follow it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from flask import abort, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import queries, wording
from clinic.booking.forms import ContactForm
from clinic.booking.models import Appointment
from clinic.booking.offered import OfferedTreatment
from clinic.booking.programme import Programme
from clinic.booking.queries import PAGE_DAYS
from clinic.booking.views.asked import choice, choice_in_address
from clinic.booking.views.choice import Choice
from clinic.booking.views.page import appointment_or_404, bp, programme_or_404
from clinic.booking.views.tiles import Tile, tile
from clinic.core import clock
from clinic.core.access import holder_of, public
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.templating import clock_words, day_words
from clinic.core.times import local
from clinic.core.visit import begin, note_client

SHOWN = 3
KNOWN_FOR = timedelta(hours=1)


@bp.get("/treatments/<slug>/assessment")
@public
def assessment(slug: str) -> Response:
    """For whoever has not been assessed, or too long ago: the assessment, and its next times."""
    chosen = choice_in_address(slug)
    if chosen.treatment.assessment_id is None:
        return redirect(chosen.href("times"), 303)
    first = chosen.programme.treatment_by_id(chosen.treatment.assessment_id)
    instead = Choice(chosen.programme, first, first.usual, chaperone=chosen.chaperone) if first else None
    tiles = _next_times(instead) if instead else []
    return begin(render_template("booking/assessment.html", chosen=chosen, instead=instead, tiles=tiles))


@bp.post("/appointments/<token>/following")
@holder_of("appointment")
def following(subject_id: UUID, token: str) -> Response:
    """On to the treatment that an assessment opens. Their link proves who they are, for the rest of an hour."""
    found = appointment_or_404(subject_id)
    chosen = choice(request.form.get("treatment", ""), {})
    if chosen.treatment not in opened_by(found, chosen.programme):
        abort(404)
    note_client(found.client_id, clock.now() + KNOWN_FOR)
    day_after = local(found.ends_at, chosen.zone).date() + timedelta(days=1)
    return redirect(chosen.times_href(**{"from": max(day_after, chosen.today).isoformat()}), 303)


def opened_by(found: Appointment, known: Programme) -> list[OfferedTreatment]:
    """The treatments that ask for this one first."""
    if found.cancellation:
        return []
    had = {found.treatment_id, found.second_treatment_id} - {None}
    return [treatment for treatment in known.treatments if treatment.assessment_id in had]


def following_words(found: Appointment, *, before: datetime | None = None) -> list[str]:
    """The visits that were booked because of this one and need it, as they are named before it is cancelled; or those
    that begin `before` it would end, as they are named before it is moved.
    """
    known = programme_or_404()
    visits = [] if found.cancellation else queries.following(db.session, known, found)
    return [
        _visit_words(one, known.location_of(one).zone) for one in visits if before is None or one.starts_at < before
    ]


def _visit_words(visit: Appointment, zone: str) -> str:
    at, what = local(visit.starts_at, zone), wording.treatments(visit)
    return str(_("%(what)s on %(day)s, %(time)s", what=what, day=day_words(at), time=clock_words(at)))


def assessment_first(chosen: Choice, refusals: Iterable[Refusal]) -> Response | None:
    """On to the assessment, where that is among the refusals. Who came by the link of a visit of theirs stays known."""
    if "assessment_first" not in {refusal.code for refusal in refusals}:
        return None
    if chosen.again and chosen.again.proves:
        note_client(chosen.again.appointment.client_id, chosen.now + KNOWN_FOR)
    return redirect(chosen.href("assessment", slot=None), 303)


def is_for_whoever_had_it(chosen: Choice, form: ContactForm) -> bool:
    """Whether what comes after an assessment is for whoever had it, in the name and with the address that the page
    filled in; else these say so.
    """
    client = chosen.client
    if client is None or chosen.treatment.assessment_id is None or form.is_for(client):
        return True
    if form.name.data != client.name:
        for_them = _("The assessment was for %(name)s, so this is too.", name=client.name)
        form.name.errors = [f"{for_them} {_('Is the name misspelt? Tell us when you come.')}"]
    else:
        as_it_was = _("Use the address of your assessment, %(email)s.", email=client.email)
        form.email.errors = [f"{as_it_was} {_('Have you a new one? Tell us when you come.')}"]
    return False


def _next_times(chosen: Choice) -> list[Tile]:
    for days in (PAGE_DAYS, chosen.treatment.horizon_days + 1):
        look = queries.search(db.session, chosen.programme, first=chosen.today, days=days, now=chosen.now)
        if len(slots := look.slots(chosen.treatment, chosen.length.minutes, narrowing=chosen.narrowing)) >= SHOWN:
            break
    return [tile(slot, chosen, on_day=False) for slot in slots[:SHOWN]]
