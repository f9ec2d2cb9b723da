"""Somebody from outside checks one therapist's credentials, by their link, and can do nothing else."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.qualifications import queries, wording
from clinic.qualifications.forms.check import CheckForm
from clinic.qualifications.models import Evidence, OutsideChecker
from clinic.qualifications.queries import Entry, is_own
from clinic.qualifications.views.check import entry_or_404, form_for, keep, said_of, shown
from clinic.qualifications.views.evidence import download_of
from clinic.qualifications.views.page import bp

Answer = str | tuple[str, int] | Response
GONE = _l("This link has run out, or was taken back. If you would still look, ask whoever invited you for another.")
OWN = _l("You are signed in, and these are your own papers. Somebody else has to look at them.")


@bp.get("/checking/<token>")
@holder_of("checking", otherwise=GONE)
def checking(subject_id: UUID, token: str) -> str:
    """Whose papers they are, what waits and what was checked."""
    checker = _checker(subject_id)
    entries = queries.register_of(db.session, checker.therapist_id, clock.now())
    entered = [one for one in entries if one.state != "put_away"]
    return render_template(
        "qualifications/checking.html", checker=checker, entries=entered, token=token, wording=wording
    )


@bp.get("/checking/<token>/credentials/<int:credential_id>")
@holder_of("checking", otherwise=GONE)
def outside_check(subject_id: UUID, token: str, credential_id: int) -> str:
    """One of them, with the same questions as inside."""
    checker = _checker(subject_id)
    entry = _theirs(checker, credential_id)
    return _page(checker, entry, form_for(entry), token)


@bp.post("/checking/<token>/credentials/<int:credential_id>")
@holder_of("checking", otherwise=GONE)
def outside_check_submit(subject_id: UUID, token: str, credential_id: int) -> Answer:
    checker = _checker(subject_id)
    entry = _theirs(checker, credential_id)
    form = CheckForm(today=entry.today)
    if not form.validate():
        return _page(checker, entry, form, token, has_errors=True), 422
    if refusals := keep(entry, form, checker, by=_by(checker)):
        entry = _theirs(checker, credential_id)
        return _page(checker, entry, form_for(entry), token, message=wording.checking_sentence(refusals[0])), 409
    flash(said_of(form))
    return redirect(url_for("qualifications.checking", token=token), 303)


@bp.get("/checking/<token>/credentials/<int:credential_id>/evidence/<uuid:evidence_id>")
@holder_of("checking", otherwise=GONE)
def outside_paper(subject_id: UUID, token: str, credential_id: int, evidence_id: UUID) -> Response:
    """A paper of it, as a file; on record as read by them."""
    checker = _checker(subject_id)
    entry = _theirs(checker, credential_id)
    found = queries.evidence_of(db.session, entry.row.id, evidence_id) or abort(404)
    return download_of(found, by=_by(checker))


def _by(checker: OutsideChecker) -> Actor:
    """As the trail names them."""
    return Actor("checker", str(checker.id))


def _checker(checker_id: UUID) -> OutsideChecker:
    """Whoever the link was sent to; never, as far as can be told, the therapist themself."""
    checker = db.session.get(OutsideChecker, checker_id) or abort(404, GONE)
    account = access.signed_in()
    if account and is_own(checker.therapist, account):
        abort(403, OWN)
    return checker


def _theirs(checker: OutsideChecker, credential_id: int) -> Entry:
    """A credential of the therapist they were invited for."""
    entry = entry_or_404(credential_id)
    return entry if entry.row.therapist_id == checker.therapist_id else abort(404)


def _page(checker: OutsideChecker, entry: Entry, form: CheckForm, token: str, **more: object) -> str:
    def address(paper: Evidence) -> str:
        return url_for("qualifications.outside_paper", token=token, credential_id=entry.row.id, evidence_id=paper.id)

    told = {"checker": checker, "entry": entry, "form": form, "token": token, **shown(entry, address)}
    return render_template("qualifications/outside_check.html", **told, **more)
