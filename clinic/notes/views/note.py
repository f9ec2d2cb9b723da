"""A treatment note in the making, and signing it. For the therapist of the appointment alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clinic.booking import wording as booking_wording
from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.consent.queries import release_consent
from clinic.consent.wording import to_therapist
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.templating import clock_words
from clinic.core.times import local
from clinic.health.views.card import card_of
from clinic.notes import operations, queries, wording
from clinic.notes.course import course_of
from clinic.notes.forms import AmendmentForm, NoteForm
from clinic.notes.forms.words import labelled
from clinic.notes.queries import SignedNote
from clinic.notes.queries.told import told_before
from clinic.notes.views import words
from clinic.notes.views.chart import to_mark
from clinic.notes.views.comes_for import comes_for
from clinic.notes.views.measuring import beginning, measuring, told_themself
from clinic.notes.views.page import bp, heading, own_or_404, readable_or_404
from clinic.notes.views.results import last_time
from clinic.notes.views.signed import signed_page

Answer = str | AnyResponse | tuple[str, int] | tuple[Response, int]


@bp.get("/notes/<uuid:note_id>")
@therapist
def note(note_id: UUID) -> str:
    """The draft to write on; once signed, the note as it was signed."""
    appointment = readable_or_404(note_id)
    access.reading(f"client:{appointment.client_id}")
    notes = queries.signed_notes(db.session, appointment.client_id)
    if signed := queries.signed_among(notes, note_id):
        return signed_page(appointment, signed)
    draft, told = queries.draft_of(db.session, note_id), told_before(db.session, note_id)
    zone = programme_or_404().location_of(appointment).zone
    content = beginning(appointment, draft, notes, told, zone)
    form = words.showing(appointment, draft, content)
    return _page(appointment, form, notes, saved_at=draft.saved_at if draft else None, **told_themself(told, zone))


@bp.post("/notes/<uuid:note_id>/draft")
@therapist
def draft(note_id: UUID) -> Answer:
    """Keep what is typed, but for what cannot be read, which is told. A script that saves while somebody types asks for
    JSON, a form for the page.
    """
    appointment, form = own_or_404(note_id), words.typed()
    by, now = access.actor(), clock.now()
    form.heed_buttons(_on_the_wall(appointment, now), appointment.therapist.name.split()[0])
    if not form.validate() and form.is_too_long:
        return _wrong(appointment, form)
    content = words.after_button(form, appointment)
    refused = operations.save_draft(db.session, appointment, content, form.page(), now=now, by=by)
    if form.turn.data and not refused:
        operations.prefer_format(appointment.therapist, content)
    db.session.commit()
    if refused:
        return _refused(own_or_404(note_id), form, refused)
    if _wants_json():
        at = clock_words(local(now, programme_or_404().location.zone))
        return jsonify(saved=wording.saved(at, form.problems))
    if form.problems:
        return _wrong(own_or_404(note_id), form)
    return redirect(url_for("notes.note", note_id=note_id), 303)


@bp.post("/notes/<uuid:note_id>/signature")
@therapist
def signature(note_id: UUID) -> Answer:
    """Sign what this page says. While something on it cannot be read, the rest is kept as a draft."""
    appointment, form = own_or_404(note_id), words.typed()
    if not form.validate() and form.is_too_long:
        return _wrong(appointment, form)
    by, now = access.actor(), clock.now()
    keep = operations.save_draft if form.problems else operations.sign
    refused = keep(db.session, appointment, form.content(), form.page(), now=now, by=by)
    db.session.commit()  # what cannot be signed is kept as a draft
    if form.problems and not refused:
        return _wrong(own_or_404(note_id), form)
    if refused:
        return _refused(own_or_404(note_id), form, refused)
    return redirect(url_for("aftercare.afterwards", note_id=note_id), 303)


def _on_the_wall(appointment: Appointment, now: datetime) -> str:
    zone = programme_or_404().location_of(appointment).zone
    return f"{local(now, zone):%H:%M}"


def _wants_json() -> bool:
    return bool(request.accept_mimetypes.best == "application/json")


def _wrong(appointment: Appointment, form: NoteForm) -> Answer:
    """Something cannot be read: it is told at its field, and everything typed is there still."""
    if _wants_json():
        return jsonify(message=_("Not saved: a part is too long.")), 422
    access.reading(f"client:{appointment.client_id}")
    return _page(appointment, form, queries.signed_notes(db.session, appointment.client_id)), 422


def _refused(appointment: Appointment, form: NoteForm, refused: list[Refusal]) -> Answer:
    if _wants_json():
        typed_over = bool(refused[0].values.get("typed_over"))
        return jsonify(message=wording.while_typing(refused[0]), typed_over=typed_over), 409
    access.reading(f"client:{appointment.client_id}")
    message = wording.sentence(refused[0])
    notes = queries.signed_notes(db.session, appointment.client_id)
    if signed := queries.signed_among(notes, appointment.id):
        return _signed_meanwhile(appointment, signed, form, message)
    draft = queries.draft_of(db.session, appointment.id)
    form.form_errors.extend(wording.signing.linked(one, wording.sentence(one)) for one in refused)
    form.revision.process_data(draft.revision if draft else 0)
    form.revision.raw_data = None  # what is there now has been seen, so the next save may go over it
    kept = queries.content_of(draft) if refused[0].code == "note_changed_meanwhile" else None
    return _page(appointment, form, notes, kept=kept), 409


def _signed_meanwhile(appointment: Appointment, signed: SignedNote, form: NoteForm, message: str) -> Answer:
    """A second tap on Sign finds the note signed. Other words go into an amendment, so that none is lost."""
    if form.content() == signed.content:
        return redirect(url_for("notes.note", note_id=appointment.id), 303)
    said = form.content()
    text = "\n".join([labelled(form.note_format, said.words), *wording.chart.lines(said)])
    beside = AmendmentForm(formdata=None, data={"text": text})
    beside.form_errors.append(message)
    return signed_page(appointment, signed, beside), 409


def _page(appointment: Appointment, form: NoteForm, notes: list[SignedNote], **more: Any) -> str:
    known = programme_or_404()
    earlier = [one for one in notes if one.starts_at < appointment.starts_at]
    last, card = earlier[0] if earlier else None, card_of(appointment, known)
    return render_template(
        "notes/note.html",
        form=form,
        has_errors=bool(form.errors),
        card=card,
        told=booking_wording.told(appointment, known.safety),
        consent=release_consent(db.session, appointment) if appointment.is_release else "",
        consent_words=to_therapist,
        last_time=last_time(form.results.shown, earlier, known.location.zone),
        chart=to_mark(form.content(), last.content if last else None, card.marks),
        **comes_for(form, appointment, earlier),
        last=last,
        course=course_of(earlier, known.location.zone),
        **measuring(form.content(), earlier, {one.id for one in card.actions}),
        **words.offered(appointment, form, notes, known.location.zone),
        **heading(appointment, known),
        **more,
    )
