"""How a client is, by the link in the mail that asks. It is answered and never shown again."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import wording
from clinic.aftercare.forms.check_ins import CheckInForm
from clinic.aftercare.models import CheckIn
from clinic.aftercare.operations import answering
from clinic.aftercare.rules.check_ins import EMERGENCY, needs_help
from clinic.aftercare.views.page import bp
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.forms import ONCE_MORE, with_token
from clinic.core.times import local
from clinic.intake.wording import numbers

Answer = str | tuple[str, int] | Response


@bp.get("/check-ins/<token>")
@holder_of("check_in")
def check_in(subject_id: UUID, token: str) -> str:
    row = db.session.get_one(CheckIn, subject_id)
    return _page(row, token, CheckInForm(row.kind, formdata=None))


def _once_more(subject_id: UUID, token: str) -> Answer:
    """For whoever lost their session on the way: what they tell, to be sent by one more press."""
    row = db.session.get_one(CheckIn, subject_id)
    form = CheckInForm(row.kind)
    form.form_errors.append(ONCE_MORE)
    return _page(row, token, form), 400


@bp.post("/check-ins/<token>")
@holder_of("check_in")
@with_token(otherwise=_once_more)
def check_in_submit(subject_id: UUID, token: str) -> Answer:
    """A red flag is heard whatever else is blank or wrong, and leads to what to do now."""
    row = db.session.get_one(CheckIn, subject_id)
    form = CheckInForm(row.kind)
    if not form.is_flagged and not form.validate():
        return _page(row, token, form), 422
    told, by = form.told(), Actor.by_link(token)
    answering.answer(db.session, row.id, told, now=clock.now(), by=by)
    db.session.commit()
    page = "aftercare.check_in_help" if needs_help(told) else "aftercare.check_in_thanks"
    return redirect(url_for(page, token=token), 303)


@bp.get("/check-ins/<token>/help")
@holder_of("check_in")
def check_in_help(subject_id: UUID, token: str) -> str:
    """What to do about a red flag. It does not wait for the therapist."""
    row = db.session.get_one(CheckIn, subject_id)
    return render_template("aftercare/check_in_help.html", token=token, words=wording, **people_of(row))


@bp.get("/check-ins/<token>/thanks")
@holder_of("check_in")
def check_in_thanks(subject_id: UUID, token: str) -> str:
    """And when to call."""
    row = db.session.get_one(CheckIn, subject_id)
    return render_template("aftercare/check_in_kept.html", token=token, stop_if=wording.STOP_IF, **people_of(row))


def people_of(row: CheckIn) -> dict[str, Any]:
    """Whom the answers are for, who may ring whom, and where help is in this country."""
    return {
        "therapist": row.therapist.name.split()[0],
        "can_ring": bool(row.client.person.phone),
        "numbers": numbers(programme_or_404().clinic.country),
    }


def asked_about(row: CheckIn) -> dict[str, Any]:
    """What it asks about, and since when: a visit, or the plan; a word of neither where there was none."""
    at = row.appointment.starts_at if row.appointment else row.issue.issued_at if row.issue else None
    zone = programme_or_404().location.zone
    return {"kind": row.kind if at else "", "since": local(at, zone).date() if at else None, "emergency": EMERGENCY}


def _page(row: CheckIn, token: str, form: CheckInForm) -> str:
    return render_template(
        "aftercare/check_in.html",
        form=form,
        action=url_for("aftercare.check_in", token=token),
        words=wording,
        has_errors=bool(form.errors),
        **asked_about(row),
        **people_of(row),
    )
