"""The tablet in the waiting room: handed over for one appointment's health questions, and taken back."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from clinic.booking.operations import link_of
from clinic.booking.queries import appointment_of_staff
from clinic.core import access, audit, clock, tablet
from clinic.core.access import handed_over, staff
from clinic.core.db import db
from clinic.health.views.page import bp
from clinic.people.forms import PasswordForm
from clinic.people.views import begin_session, proven_again

FORMS = {
    "health": _l("Your health"),
    "health-check": _l("What has changed since last time"),
    "consent": _l("Your consent"),
}
BELONGING = ("news",)  # asked for once a consent is signed


@bp.post("/diary/appointments/<uuid:appointment_id>/tablet")
@staff
def hand_over(appointment_id: UUID) -> Response:
    """From here on this browser is nobody's, and shows what the client fills in for this appointment alone."""
    found = appointment_of_staff(db.session, appointment_id, access.signed_in()) or abort(404)
    link = link_of(db.session, found.id)
    if found.cancellation or link is None or link.expires_at <= clock.now():
        abort(409, _("This appointment is over or cancelled, so there is nothing to fill in."))
    subject = f"appointment:{found.id}"
    audit.record(db.session, "tablet.handed_over", subject, by=access.actor(), now=clock.now())
    db.session.commit()
    by_link = url_for("booking.appointment", token=link.token)
    pages = [*(f"{by_link}/{page}" for page in (*FORMS, *BELONGING)), url_for("front.privacy")]
    access.hand_over(access.signed_in(), pages, url_for("today.appointment", appointment_id=appointment_id))
    return redirect(pages[0], 303)


@bp.get("/tablet")
@handed_over
def tablet_back() -> str:
    return _page(PasswordForm(formdata=None))


@bp.post("/tablet")
@handed_over
def tablet_back_submit() -> tuple[str, int] | Response:
    """Signed in again as whoever handed it over, by their password; their second factor was asked on this browser."""
    form, account, lock = PasswordForm(), access.handed_over_by(), tablet.lock()
    status = proven_again(form, account)
    if status != 200 or lock is None:
        return _page(form, has_errors=True), status
    begin_session(account, by="tablet")
    return redirect(lock.back, 303)


def _page(form: PasswordForm, **more: bool) -> str:
    lock = tablet.lock()
    forms = list(zip(lock.pages, FORMS.values(), strict=False)) if lock else []
    return render_template("health/tablet.html", form=form, forms=forms, **more)
