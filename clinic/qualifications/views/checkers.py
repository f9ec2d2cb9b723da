"""Who is asked from outside to check a therapist's papers: invited, and taken back."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.times import local
from clinic.people.models import Therapist
from clinic.qualifications import operations, queries, wording
from clinic.qualifications.forms.check import CheckerForm
from clinic.qualifications.models import OutsideChecker
from clinic.qualifications.rules import Person
from clinic.qualifications.views.page import bp
from clinic.qualifications.views.register import therapist_or_404


@bp.get("/qualifications/<slug>/checkers")
@owner
def checkers(slug: str) -> str:
    """Everybody asked so far, and the form to ask somebody."""
    return _page(therapist_or_404(slug), CheckerForm(formdata=None))


@bp.post("/qualifications/<slug>/checkers")
@owner
def checkers_submit(slug: str) -> str | tuple[str, int] | Response:
    """The link goes to them by mail."""
    therapist, form, account = therapist_or_404(slug), CheckerForm(), access.signed_in()
    if not form.validate():
        return _page(therapist, form, has_errors=True), 422
    invited, now, by = Person(form.name.data, form.email.data), clock.now(), access.actor()
    relation = form.relation.data
    if refusals := operations.invite_checker(db.session, therapist, invited, relation, account, now=now, by=by):
        form.email.errors = [wording.checking_sentence(refusals[0])]
        return _page(therapist, form, has_errors=True), 422
    db.session.commit()
    flash(_("%(name)s is asked. The mail is on its way.", name=invited.name))
    return _to(slug)


@bp.post("/qualifications/<slug>/checkers/<uuid:checker_id>/withdrawal")
@owner
def checker_withdrawal(slug: str, checker_id: UUID) -> Response:
    """Their link opens nothing any more. What they checked stays."""
    therapist, checker = therapist_or_404(slug), db.session.get(OutsideChecker, checker_id)
    if checker is None or checker.therapist_id != therapist.id:
        abort(404)
    operations.revoke_checker(db.session, checker, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("The link opens nothing any more. What they checked stays."))
    return _to(slug)


def _page(therapist: Therapist, form: CheckerForm, *, has_errors: bool = False) -> str:
    zone = queries.zone_of_clinic(db.session)
    asked = [
        (one, wording.on(local(until, zone).date()) if until else "")
        for one, until in queries.checkers_of(db.session, therapist.id, clock.now())
    ]
    return render_template(
        "qualifications/checkers.html",
        therapist=therapist,
        form=form,
        asked=asked,
        wording=wording,
        has_errors=has_errors,
    )


def _to(slug: str) -> Response:
    return redirect(url_for("qualifications.checkers", slug=slug), 303)
