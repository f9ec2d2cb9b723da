"""A signed note: read, amended and co-signed beside. For its therapist, and for the supervisor it was asked of."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.notes import operations, queries
from clinic.notes.forms import AmendmentForm, CoSignatureForm
from clinic.notes.queries import SignedNote, co_signing
from clinic.notes.views.chart import to_look_at
from clinic.notes.views.page import bp, heading, readable_or_404
from clinic.people.queries import therapist_of

Answer = str | tuple[str, int] | Response


@bp.post("/notes/<uuid:note_id>/amendments")
@therapist
def amendments(note_id: UUID) -> Answer:
    """Sign something beside the note."""
    appointment, form = readable_or_404(note_id), AmendmentForm()
    refused: list[Refusal] = []
    if form.validate():
        account = access.signed_in()
        said = {"why": form.why.data, "signer": therapist_of(account), "now": clock.now(), "by": access.actor()}
        refused = operations.amend(db.session, appointment, form.text.data, **said)
        db.session.commit()
        if not refused:
            return _to(note_id)
    return _again(note_id, beside=form)


@bp.post("/notes/<uuid:note_id>/co-signature")
@therapist
def co_signature(note_id: UUID) -> Answer:
    """The supervisor signs as well. Twice is once."""
    appointment, form = readable_or_404(note_id), CoSignatureForm()
    if not form.validate():
        return _again(note_id, word=form)
    signer = therapist_of(access.signed_in())
    if signer:
        word, by = (form.word.data or "").strip(), access.actor()
        operations.co_sign(db.session, appointment, word, signer=signer, now=clock.now(), by=by)
        db.session.commit()
    return _to(note_id)


def signed_page(
    appointment: Appointment,
    signed: SignedNote,
    beside: AmendmentForm | None = None,
    word: CoSignatureForm | None = None,
    after: Mapping[str, Any] | None = None,
) -> str:
    """The note as it was signed, with all that stands beside it, and what this person may add. `after`: what is left to
    do after the visit, in words of aftercare.
    """
    waits_for = co_signing.waits_for(db.session, appointment.id) if signed.awaits_co_signature else None
    form = beside or AmendmentForm(formdata=None)
    return render_template(
        "notes/signed.html",
        form=form,
        word=word or CoSignatureForm(formdata=None),
        has_errors=bool(form.errors or form.form_errors or (word and word.errors)),
        note=signed,
        own=appointment.therapist.account_id == access.signed_in().id,
        waits_for=waits_for,
        after=after,
        chart=to_look_at(signed.content),
        **heading(appointment, programme_or_404()),
    )


def _to(note_id: UUID) -> Response:
    return redirect(url_for("notes.note", note_id=note_id), 303)


def _again(note_id: UUID, beside: AmendmentForm | None = None, word: CoSignatureForm | None = None) -> Answer:
    """The page once more, with what is wrong; where nothing is signed yet, the note itself."""
    appointment = readable_or_404(note_id)
    access.reading(f"client:{appointment.client_id}")
    signed = queries.signed_among(queries.signed_notes(db.session, appointment.client_id), note_id)
    return (signed_page(readable_or_404(note_id), signed, beside, word), 422) if signed else _to(note_id)
