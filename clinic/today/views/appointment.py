"""An appointment at the desk: how it stands, what was done with it, and moving it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.booking import operations, queries
from clinic.booking.models import Appointment
from clinic.booking.pairs import as_booked
from clinic.booking.programme import Programme
from clinic.booking.rules import WITH_A_REASON
from clinic.booking.views.assessment import following_words
from clinic.booking.views.page import programme_or_404
from clinic.booking.wishes import Desk, Wish
from clinic.booking.wording import saved, staff_sentence
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.times import local
from clinic.people.queries import names_of, therapist_of
from clinic.people.views import local_page
from clinic.today import wording
from clinic.today.forms import ChangeForm
from clinic.today.views.attendance import progress
from clinic.today.views.page import bp

Answer = str | tuple[str, int] | Response


@bp.get("/diary/appointments/<uuid:appointment_id>")
@staff
def appointment(appointment_id: UUID) -> str:
    known, found = programme_or_404(), _load(appointment_id)
    return _page(known, found, ChangeForm.showing(known, found, _zone(known, found)))


@bp.post("/diary/appointments/<uuid:appointment_id>/time")
@staff
def appointment_time(appointment_id: UUID) -> Answer:
    """Move it, change its length or its room; with a reason, against a rule of the clinic."""
    known, found = programme_or_404(), _load(appointment_id)
    form = ChangeForm(known, found)
    if not form.validate():
        return _page(known, found, form, has_errors=True), 422
    if refusals := _change(known, found, form):
        db.session.rollback()
        return _page(programme_or_404(), _load(appointment_id), form, refusals, has_errors=True), 409
    db.session.commit()
    at = local(found.starts_at, _zone(known, found))
    flash(saved(found, at))
    diary = url_for("today.diary", on=at.date())
    return redirect(f"{local_page(form.back.data, diary)}#a-{found.ref}", 303)


def _change(known: Programme, found: Appointment, form: ChangeForm) -> list[Refusal]:
    treatment, therapist = as_booked(known, found), known.therapist_by_id(form.therapist.data)
    if treatment is None or therapist is None:
        return [Refusal("not_offered")]
    me = therapist_of(access.signed_in())
    if me and therapist.id != me.id:
        return [Refusal("not_theirs")]
    seen = int(form.seen.data) if (form.seen.data or "").isdecimal() else None
    wish = Wish(
        treatment,
        form.minutes.data,
        therapist,
        form.starts_at,
        found.client.name,
        found.client.email,
        client=found.client,
        moves=found.id,
        desk=Desk(form.reason.data or "", form.room.data or None, seen),
    )
    return operations.move(db.session, found, wish, now=clock.now(), by=access.actor())


def _load(appointment_id: UUID) -> Appointment:
    return queries.appointment_of_staff(db.session, appointment_id, access.signed_in()) or abort(404)


def _zone(known: Programme, found: Appointment) -> str:
    return known.location_of(found).zone


def _page(
    known: Programme,
    found: Appointment,
    form: ChangeForm,
    refusals: Sequence[Refusal] = (),
    **more: Any,
) -> str:
    zone, overrides = _zone(known, found), queries.overrides_of(db.session, found.id)
    changed = any(refusal.code == "changed_meanwhile" for refusal in refusals)
    if changed:
        form = ChangeForm.showing(known, found, zone)
    ended = [found.cancellation] if found.cancellation else []
    moved, said = [one.by for one in found.moves], [one.by for one in found.steps]
    actors = [found.booked_by, *moved, *said, *(one.by for one in ended), *(one.by for one in overrides)]
    codes = {refusal.code for refusal in refusals}
    return render_template(
        "today/appointment.html",
        it=found,
        at=local(found.starts_at, zone),
        until=local(found.ends_at, zone),
        zone=zone,
        local=local,
        form=form,
        progress=progress(found, zone, clock.now()),
        following=following_words(found),
        ours="ours" in request.args,
        refusals=[staff_sentence(refusal) for refusal in refusals],
        may_override=bool(codes) and codes <= WITH_A_REASON,
        overrides=overrides,
        names=names_of(db.session, actors),
        put_aside=wording.put_aside,
        back=local_page(request.values.get("back", ""), url_for("today.diary", on=local(found.starts_at, zone).date())),
        **more,
    )
