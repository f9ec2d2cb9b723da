"""Certificates of continuing education. They are handed out and taken away like any paper: see `views.evidence`."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import takes_a_file
from clinic.core.pictures import MOST_SENT, UnfitPictureError
from clinic.qualifications import operations
from clinic.qualifications.views.education import activity_page, own_activity_or_404
from clinic.qualifications.views.evidence import paper_sent, too_many_papers
from clinic.qualifications.views.page import bp


@bp.post("/continuing-education/<uuid:activity_id>/certificates")
@takes_a_file(MOST_SENT)
@reads_first
@therapist
def certificate_adding(activity_id: UUID) -> Response | tuple[str, int]:
    """Drawn anew before anybody has to wait for it, then sealed."""
    row = own_activity_or_404(activity_id)
    db.session.rollback()
    try:
        paper = paper_sent()
    except UnfitPictureError as unfit:
        return activity_page(row, str(unfit.sentence)), 422
    with writing():
        kept = operations.keep_evidence(db.session, row, paper, now=clock.now(), by=access.actor())
        db.session.commit()
    if kept is None:
        return activity_page(row, too_many_papers()), 422
    flash(_("The certificate is kept."))
    return redirect(url_for("qualifications.activity", activity_id=activity_id), 303)
