"""How a client is getting on, asked before a visit by their own link. It is answered and never shown again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.models import Appointment
from clinic.booking.programme import Programme
from clinic.booking.views.page import appointment_or_404, programme_or_404
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.intake import wording as intake_wording
from clinic.notes import wording
from clinic.notes.forms.told import ToldForm
from clinic.notes.operations.telling import keep_told
from clinic.notes.queries.told import have_told
from clinic.notes.rules.asking import NOT_YET, OPEN, asking
from clinic.notes.views.page import bp

Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Asked:
    """A visit whose client is asked, and the link by which they answer."""

    appointment: Appointment
    known: Programme
    token: str

    @property
    def state(self) -> str:
        if not self.known.clinic.asks_measures:
            return NOT_YET
        cancelled = self.appointment.cancellation is not None
        return asking(clock.now(), starts_at=self.appointment.starts_at, cancelled=cancelled)


@bp.get("/appointments/<token>/measures")
@holder_of("appointment")
def measures(subject_id: UUID, token: str) -> Answer:
    return _page(_asked(subject_id, token))


@bp.post("/appointments/<token>/measures")
@holder_of("appointment")
def measures_submit(subject_id: UUID, token: str) -> Answer:
    asked, form = _asked(subject_id, token), ToldForm()
    if asked.state != OPEN or not form.validate():
        return _page(asked, form, 422)
    by = Actor.by_link(token)
    if refused := keep_told(db.session, asked.appointment, form.answers(), now=clock.now(), by=by):
        db.session.rollback()
        return render_template("notes/told_late.html", token=token, words=wording.sentence(refused[0])), 409
    db.session.commit()
    return render_template("notes/told_kept.html", token=token, it=asked.appointment)


@bp.app_template_global("measures_asked")
def measures_asked(appointment: Appointment) -> list[tuple[str, Any]]:
    """For the page of a visit and its mails: the last part of the address where its client is asked, and what it is.
    Nothing where they are not, or have told.
    """
    is_asked = still_asked([appointment] if appointment.client_id else [], programme_or_404())
    return [("measures", _("How are you getting on? 1 minute"))] if is_asked else []


def still_asked(appointments: Sequence[Appointment], known: Programme) -> set[UUID]:
    """Those of these visits before which their client is asked and has not told. One statement at most."""
    asked = {one.id for one in appointments if Asked(one, known, "").state == OPEN}
    return asked - have_told(db.session, asked) if asked else set()


def _asked(appointment_id: UUID, token: str) -> Asked:
    found = appointment_or_404(appointment_id)
    return Asked(found, programme_or_404(), token)


def _page(asked: Asked, form: ToldForm | None = None, status: int = 200) -> Answer:
    if asked.state == NOT_YET:
        return redirect(url_for("booking.appointment", token=asked.token), 303)
    if asked.state != OPEN:
        late = wording.SENTENCES["measures_too_late"]
        return render_template("notes/told_late.html", token=asked.token, words=late), 200 if form is None else 409
    shown = form or ToldForm(formdata=None)
    numbers = intake_wording.numbers(asked.known.clinic.country)
    return render_template(
        "notes/told.html",
        token=asked.token,
        it=asked.appointment,
        form=shown,
        numbers=numbers,
        has_errors=status != 200,
    ), status
