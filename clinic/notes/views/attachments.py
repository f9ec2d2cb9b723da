"""Photos and papers of a visit: sent, handed out as files of ours, and taken away while the note is not signed."""

import base64
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import queries as booking
from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import takes_a_file
from clinic.core.pictures import MOST_SENT, UnfitPictureError, redrawn_paper
from clinic.core.redrawing import MOST_BYTES
from clinic.core.times import local
from clinic.notes import queries, wording
from clinic.notes.forms.attachment import AttachmentForm
from clinic.notes.models import Attachment
from clinic.notes.operations.attachments import attach, detach
from clinic.notes.queries.attachments import attachment_and_client, attachments_of
from clinic.notes.queries.co_signing import supervised_client
from clinic.notes.views.page import bp, own_or_404

NOTHING_RUNS = "default-src 'none'; sandbox"
Refused = tuple[str, int]


@bp.get("/notes/<uuid:note_id>/attachments")
@therapist
def attachments(note_id: UUID) -> str:
    """The same as beside the note, on a page of its own."""
    return _page(own_or_404(note_id), AttachmentForm(formdata=None))


@bp.post("/notes/<uuid:note_id>/attachments")
@takes_a_file(MOST_SENT)
@reads_first
@therapist
def attaching(note_id: UUID) -> Refused | Response:
    """Draw what was sent anew before anybody has to wait for it, then seal it."""
    appointment, form = own_or_404(note_id), AttachmentForm()
    if not form.validate():
        return _page(appointment, form), 422
    file = request.files.get("paper")
    try:
        paper = redrawn_paper(file.read(MOST_BYTES + 1) if file else b"")
    except UnfitPictureError as unfit:
        return _page(appointment, form, trouble=str(unfit.sentence)), 422
    by_id, by, now = access.signed_in().id, access.actor(), clock.now()
    db.session.rollback()
    with writing():
        refusals = attach(db.session, note_id, paper, form.about.data or "", account_id=by_id, now=now, by=by)
        db.session.commit()
    if refusals:
        return _page(own_or_404(note_id), form, trouble=wording.sentence(refusals[0])), 409
    flash(_("Kept with the visit."))
    return redirect(url_for("notes.note", note_id=note_id, _anchor="attachments"), 303)


@bp.get("/attachments/<uuid:attachment_id>")
@therapist
def attachment(attachment_id: UUID) -> Response:
    """As a file with a name of ours, which no browser shows in a page of the clinic."""
    found, client_id = attachment_and_client(db.session, attachment_id) or abort(404)
    account = access.signed_in()
    booking.visible_client(db.session, client_id, account) or supervised_client(
        db.session, client_id, account
    ) or abort(404)
    content, media_type, name = base64.b64decode(found.paper or ""), found.media_type, found.file_name
    access.reading(f"client:{client_id}", action="attachment.taken")
    headers = {
        "Content-Disposition": f"attachment; filename={name}",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": "no-store",
    }
    return Response(content, content_type=media_type, headers=headers)


@bp.post("/attachments/<uuid:attachment_id>/removal")
@therapist
def attachment_removal(attachment_id: UUID) -> Response:
    """By whoever writes the note; what was signed with it stays."""
    found = db.session.get(Attachment, attachment_id) or abort(404)
    note_id = own_or_404(found.appointment_id).id
    refusals = detach(db.session, found, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(wording.sentence(refusals[0]) if refusals else _("It is gone."))
    return redirect(url_for("notes.note", note_id=note_id, _anchor="attachments"), 303)


def _page(appointment: Appointment, form: AttachmentForm, *, trouble: str = "") -> str:
    access.reading(f"client:{appointment.client_id}")
    zone = programme_or_404().location_of(appointment).zone
    return render_template(
        "notes/attachments.html",
        appointment=appointment,
        at=local(appointment.starts_at, zone),
        attached=attachments_of(db.session, appointment.id),
        is_signed=queries.note_signature(db.session, appointment.id) is not None,
        about=form.about,
        trouble=trouble,
        has_errors=bool(trouble or form.errors),
        local=local,
        zone=zone,
    )
