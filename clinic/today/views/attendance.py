"""How far a visit has come, said with one tap; calling it off; and taking either back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from clinic.booking import operations, rules, wording
from clinic.booking import queries as booking
from clinic.booking.models import Appointment
from clinic.booking.queries import Reached
from clinic.booking.views.assessment import following_words
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.audit import by_staff
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.templating import language
from clinic.core.times import local
from clinic.people.views import next_page
from clinic.today.views.names import client_name
from clinic.today.views.page import bp

ONWARD = ("arrived", "started", "finished")


@dataclass(frozen=True)
class Progress:
    """How far a visit has come, since when on the location's clock, and what may be said of it now: the next step
    first.
    """

    state: str
    at: datetime
    steps: list[str]
    may_undo: bool
    may_cancel: bool

    @property
    def next(self) -> str:
        """The step that most likely comes now, for a button of its own; empty where none is likelier."""
        return self.steps[0] if self.steps and self.steps[0] in ONWARD else ""

    @property
    def others(self) -> list[str]:
        return [step for step in self.steps if step != self.next]


@dataclass(frozen=True)
class Said:
    """What was just done, or why it was not; `undo` is the step that may be taken back."""

    words: str
    appointment_id: UUID | None = None
    undo: str = ""


def progress(appointment: Appointment, zone: str, now: datetime) -> Progress:
    """For pages that show a visit's state and the buttons to change it."""
    return progress_of(booking.reached(appointment), appointment.starts_at, zone, now)


def progress_of(reached: Reached, starts_at: datetime, zone: str, now: datetime) -> Progress:
    """The same, where its state is known already."""
    cancelled = reached.state == "cancelled"
    return Progress(
        reached.state,
        local(reached.at, zone),
        rules.open_steps(reached.state, starts_at=starts_at, now=now),
        may_undo=by_staff(reached.by) if cancelled else reached.state != "booked",
        may_cancel=not cancelled and starts_at > now,
    )


@bp.post("/diary/appointments/<uuid:appointment_id>/attendance")
@staff
def attendance(appointment_id: UUID) -> Response:
    """`step` is how far they have come."""
    found, step = _theirs(appointment_id), _step(rules.STEPS)
    return _answer(found, step, operations.attend(db.session, found, step, now=clock.now(), by=access.actor()))


@bp.post("/diary/appointments/<uuid:appointment_id>/attendance/undoing")
@staff
def attendance_undoing(appointment_id: UUID) -> Response:
    """`step` is what is taken back: the last that was said, or the cancellation."""
    found, step = _theirs(appointment_id), _step((*rules.STEPS, "cancelled"))
    return _answer(found, "undone", operations.undo(db.session, found, step, now=clock.now(), by=access.actor()))


@bp.post("/diary/appointments/<uuid:appointment_id>/cancellation")
@staff
def cancellation(appointment_id: UUID) -> Response:
    """`ours`: the clinic calls it off, and not the client. `following`: what was booked because of it too; its own page
    tells of that, and comes first for whoever was not `told`.
    """
    found, asked = _theirs(appointment_id), request.form
    if "told" not in asked and following_words(found):
        ours = "yes" if "ours" in asked else None
        return redirect(url_for("today.appointment", appointment_id=found.id, ours=ours), 303)
    chosen = {"ours": "ours" in asked, "following": "following" in asked}
    return _answer(
        found, "cancelled", operations.cancel(db.session, found, now=clock.now(), by=access.actor(), **chosen)
    )


@bp.app_template_global()
def said() -> Said | None:
    """What this browser did last, shown once."""
    appointment_id, what = browser.pop("said", ("", ""))
    if not appointment_id:
        return Said(wording.staff_sentence(Refusal(what))) if what else None
    found = booking.appointment(db.session, UUID(appointment_id))
    if found is None:
        return None
    return Said(wording.done(what, client_name(found.client)), found.id, what if what != "undone" else "")


def keep_said(appointment_id: UUID | None, what: str) -> None:
    """For the next page: what was done with this appointment, or the code of why something was not. No name."""
    browser["said"] = (appointment_id.hex if appointment_id else "", what)


def _answer(found: Appointment, what: str, refusals: list[Refusal]) -> Response:
    """Back to the page it was said on, which then shows how it stands."""
    if refusals:
        db.session.rollback()
        keep_said(None, refusals[0].code)
    else:
        db.session.commit()
        keep_said(found.id, what)
    return redirect(next_page(url_for("today.day")), 303)


def _theirs(appointment_id: UUID) -> Appointment:
    return booking.appointment_of_staff(db.session, appointment_id, access.signed_in()) or abort(404)


def _step(known: tuple[str, ...]) -> str:
    step = request.form.get("step", "")
    return step if step in known else abort(400)


@bp.app_template_global()
def step_words(step: str) -> str:
    return _words(wording.step, step, language())


@bp.app_template_global()
def state_words(state: str) -> str:
    return _words(wording.state, state, language())


@lru_cache(maxsize=100)
def _words(of: Callable[[str], str], code: str, language: str) -> str:
    """Remembered: a day sheet says the same few hundreds of times."""
    return of(code)
