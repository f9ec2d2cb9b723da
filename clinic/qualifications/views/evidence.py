"""Papers of a credential: sent, listed, handed out as files of ours, and taken away."""

import base64
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import therapist_or_owner
from clinic.core.audit import Actor
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import takes_a_file
from clinic.core.pictures import MOST_SENT, UnfitPictureError, redrawn_paper
from clinic.core.redrawing import MOST_BYTES
from clinic.core.times import local
from clinic.qualifications import operations, queries, wording
from clinic.qualifications.models import ContinuingEducation, Credential, Evidence
from clinic.qualifications.operations import MOST_PAPERS
from clinic.qualifications.views.credentials import credential_or_404
from clinic.qualifications.views.page import bp
from clinic.qualifications.views.register import is_own, may_see

NOTHING_RUNS = "default-src 'none'; sandbox"


@bp.get("/credentials/<int:credential_id>/evidence")
@therapist_or_owner
def evidence(credential_id: int) -> str:
    return _page(_credential_or_404(credential_id))


@bp.post("/credentials/<int:credential_id>/evidence")
@takes_a_file(MOST_SENT)
@reads_first
@therapist_or_owner
def evidence_adding(credential_id: int) -> Response | tuple[str, int]:
    credential = _credential_or_404(credential_id, to_change=True)
    if trouble := keep_paper_sent(credential):
        return _page(credential, trouble), 422
    flash(_("The paper is kept. The entry waits to be checked again."))
    return redirect(_papers_page(credential), 303)


@bp.get("/evidence/<uuid:evidence_id>")
@therapist_or_owner
def paper(evidence_id: UUID) -> Response:
    return download_of(_paper_or_404(evidence_id)[0])


@bp.get("/evidence/<uuid:evidence_id>/removal")
@therapist_or_owner
def paper_removal(evidence_id: UUID) -> str:
    """Asked once more, for it cannot be brought back."""
    found, of = _paper_or_404(evidence_id, to_change=True)
    more = {"own": is_own(of.therapist), "back": _papers_page(of)}
    return render_template("qualifications/evidence_removal.html", paper=found, of=of, **more)


@bp.post("/evidence/<uuid:evidence_id>/removal")
@therapist_or_owner
def paper_removing(evidence_id: UUID) -> Response:
    found, of = _paper_or_404(evidence_id, to_change=True)
    operations.remove_evidence(db.session, of, found, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("The paper is gone."))
    return redirect(_papers_page(of), 303)


def keep_paper_sent(of: Credential | ContinuingEducation) -> str:
    """Seal the file of the form at hand, drawn anew before anybody has to wait for it; empty, or why it is not kept.
    Its name and what it was said to be are not looked at. Commits.
    """
    db.session.rollback()
    file = request.files.get("paper")
    try:
        paper = redrawn_paper(file.read(MOST_BYTES + 1) if file else b"")
    except UnfitPictureError as unfit:
        return str(unfit.sentence)
    with writing():
        kept = operations.keep_evidence(db.session, of, paper, now=clock.now(), by=access.actor())
        db.session.commit()
    if kept:
        return ""
    return str(_("There are %(n)d papers already. Take one away before you add another.", n=MOST_PAPERS))


def download_of(found: Evidence, *, by: Actor | None = None) -> Response:
    """The paper as a file with a name of ours, which no browser shows in a page of the clinic. It is on record who took
    it; who may is for the view to ask before.
    """
    content = base64.b64decode(found.content or "")
    access.reading(operations.subject_of_paper(found), action="evidence.viewed", by=by)
    headers = {
        "Content-Disposition": f"attachment; filename={found.file_name}",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": "no-store",
    }
    return Response(content, content_type=found.media_type, headers=headers)


def _page(credential: Credential, trouble: str = "") -> str:
    zone = queries.zone_of_clinic(db.session)
    papers = [
        (one, wording.on(local(one.added_at, zone).date()))
        for one in queries.papers_of(db.session, [credential.id])[credential.id]
    ]
    more: dict[str, Any] = {"papers": papers, "most": MOST_PAPERS, "own": is_own(credential.therapist)}
    return render_template("qualifications/evidence.html", credential=credential, trouble=trouble, **more)


def _credential_or_404(credential_id: int, *, to_change: bool = False) -> Credential:
    credential = credential_or_404(credential_id)
    if to_change and credential.put_away_at:
        abort(404, _("This entry was put away. Take it back out of there before you change its papers."))
    return credential


def _paper_or_404(evidence_id: UUID, *, to_change: bool = False) -> tuple[Evidence, Credential | ContinuingEducation]:
    found = db.session.get(Evidence, evidence_id) or abort(404)
    if found.credential_id:
        return found, _credential_or_404(found.credential_id, to_change=to_change)
    of = queries.paper_belongs_to(db.session, found)
    if not (is_own if to_change else may_see)(of.therapist):
        abort(404)
    return found, of


def _papers_page(of: Credential | ContinuingEducation) -> str:
    if isinstance(of, Credential):
        return url_for("qualifications.evidence", credential_id=of.id)
    return url_for("qualifications.activity", activity_id=of.id)
