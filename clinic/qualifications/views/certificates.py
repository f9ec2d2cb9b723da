"""Certificates of continuing education. They are handed out and taken away like any paper: see `views.evidence`."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core.access import therapist
from clinic.core.db import reads_first
from clinic.core.forms import takes_a_file
from clinic.core.pictures import MOST_SENT
from clinic.qualifications.views.education import activity_page, own_activity_or_404
from clinic.qualifications.views.evidence import keep_paper_sent
from clinic.qualifications.views.page import bp


@bp.post("/continuing-education/<uuid:activity_id>/certificates")
@takes_a_file(MOST_SENT)
@reads_first
@therapist
def certificate_adding(activity_id: UUID) -> Response | tuple[str, int]:
    row = own_activity_or_404(activity_id)
    if trouble := keep_paper_sent(row):
        return activity_page(row, trouble), 422
    flash(_("The certificate is kept."))
    return redirect(url_for("qualifications.activity", activity_id=activity_id), 303)
