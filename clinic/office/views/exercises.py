"""The exercises of take-home plans, those of the product and the clinic's own: seen, worded anew, added."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from clinic.aftercare import own_exercises as operations
from clinic.aftercare import wording
from clinic.aftercare.catalogue import PHASES, Exercise, catalogue, digest, read_exercise
from clinic.aftercare.own_exercises import Typed
from clinic.aftercare.pictures import shown
from clinic.aftercare.queries import approval_of, approvals_of
from clinic.aftercare.rules import faults
from clinic.aftercare.versions import current
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.times import local
from clinic.drawings.figure.pose_texts import MOST_CHARACTERS, example
from clinic.office.forms.exercise_photo import ExercisePhotoForm
from clinic.office.forms.exercises import ExerciseForm
from clinic.office.views.page import bp

Answer = str | Response | tuple[str, int]


@bp.get("/exercises")
@owner
def exercises() -> str:
    """All of them by phase, with what the clinic made of each."""
    known = current(db.session).exercises.values()
    zone, approvals = programme_or_404().location.zone, approvals_of(db.session, known)
    return render_template(
        "office/exercises.html",
        phases=[(wording.PHASES[phase], [one for one in known if one.phase == phase]) for phase in PHASES],
        approved={one.id: wording.approved(approvals.get(one.id), zone) for one in known},
        pictures={one.id: shown(one, only=("hold",)) for one in known},
        is_shipped=operations.is_shipped,
    )


@bp.get("/exercises/new")
@owner
def exercise_new() -> str:
    return _page(ExerciseForm.showing(_others(""), None))


@bp.post("/exercises")
@owner
def exercise_making() -> Answer:
    return _kept(_typed(""), None)


@bp.get("/exercises/<code>")
@owner
def exercise(code: str) -> str:
    """As it is now; or, with ?version=2, as it was then, to be saved again."""
    return exercise_page(code)


@bp.post("/exercises/<code>")
@owner
def exercise_change(code: str) -> Answer:
    found = load(code)
    return _kept(_typed(code), found)


@bp.post("/exercises/preview")
@bp.post("/exercises/<code>/preview")
@owner
def exercise_preview(code: str | None = None) -> Answer:
    """As a client would read it, with what was typed. Nothing is saved."""
    found, form = load(code) if code else None, _typed(code or "")
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    made = read_exercise(code or "preview", form.content())
    if wrong := faults(made, catalogue().exercises.get(code or "")):
        return _refused(form, found, wrong, 422)
    return _page(form, found, preview=_seen(_in_its_place(made, form.pose.data or "", found)))


def exercise_page(code: str, **more: Any) -> str:
    """The page as it is opened, with what more is to be told on it."""
    found = load(code)
    versions = operations.versions_of(db.session, code)
    then = next((one for one in versions if str(one.number) == request.args.get("version")), None)
    pose = then.pose if then else versions[0].pose if versions else ""
    words = _words_of(code, then.content) if then else found
    form = ExerciseForm.showing(_others(code), words, pose, operations.number_now(db.session, code))
    return _page(form, found, then=then, **more)


def load(code: str) -> Exercise:
    """The exercise as it is now, offered or not; 404 for any other."""
    return current(db.session).exercises.get(code) or abort(404)


def _kept(form: ExerciseForm, found: Exercise | None) -> Answer:
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    code = found.id if found else operations.next_code()
    typed = Typed(form.content(), form.pose.data or "", (form.seen.data or 0) if found else 0)
    who = {"account_id": access.signed_in().id, "by": access.actor()}
    if refused := operations.keep_exercise(db.session, code, typed, now=clock.now(), **who):
        return _refused(form, found, refused, 409 if refused[0].code == "exercise_changed_meanwhile" else 422)
    db.session.commit()
    flash(_("Saved. Plans that were sent stay as they are."))
    return redirect(url_for("office.exercise", code=code), 303)


def _typed(code: str) -> ExerciseForm:
    """What was typed, with what a file of poses says in its place."""
    form, sent = ExerciseForm(_others(code)), request.files.get("pose_file")
    if sent and sent.filename:
        text = sent.read(4 * MOST_CHARACTERS).decode("utf-8", "replace")
        form.pose.process(MultiDict({form.pose.name: text}))
    return form


def _words_of(code: str, content: dict[str, Any]) -> Exercise:
    return read_exercise(code, content) if content else catalogue().exercises[code]


def _others(code: str) -> dict[str, str]:
    """The exercises that this one can lead to: those offered, and what it leads to already."""
    known = current(db.session).exercises
    led_to = {known[code].easier_id, known[code].harder_id, *known[code].instead.values()} if code in known else set()
    return {one.id: one.name for one in known.values() if one.id != code and (one.offered or one.id in led_to)}


def _refused(form: ExerciseForm, found: Exercise | None, refused: list[Refusal], status: int) -> Answer:
    """Each at its field, where there is one."""
    fields = {"stretch_without_muscle": "targets", "stretch_hold": "hold_s", "no_dose": "reps"}
    fields |= {"phase_as_shipped": "phase", "stretch_elsewhere": "phase"}
    for one in refused:
        of_field = form[fields[one.code]] if one.code in fields else None
        told = form.form_errors if of_field is None else of_field.errors
        told.append(wording.sentence(one))
    return _page(form, found, has_errors=True), status


def _in_its_place(made: Exercise, pose: str, found: Exercise | None) -> Exercise:
    """What was typed, with the picture it would have: this drawing, else the photo of the exercise as it is."""
    if pose or not found:
        return replace(made, pose=pose)
    return replace(made, version=found.version, has_photo=found.has_photo, photo_words=found.photo_words)


def _seen(one: Exercise) -> dict[str, Any]:
    """What a client sees of it: words as a plan freezes them, and pictures."""
    return {"exercise": one, "dose": wording.usual_dose(one), "pictures": shown(one)}


def _kept_so_far(found: Exercise) -> dict[str, Any]:
    """All that the clinic made of it, by its own clock, and who stands by the words it has now."""
    zone = programme_or_404().location.zone
    return {
        "versions": [(one, local(one.made_at, zone)) for one in operations.versions_of(db.session, found.id)],
        "approved": wording.approved(approval_of(db.session, found), zone),
        "digest": digest(found),
        "shown": _seen(found),
    }


def _page(form: ExerciseForm, found: Exercise | None = None, **more: Any) -> str:
    code = found.id if found else ""
    return render_template(
        "office/exercise.html",
        form=form,
        photo_form=more.pop("photo_form", None) or ExercisePhotoForm.showing(found),
        exercise=found,
        is_shipped=operations.is_shipped(code),
        example=example(code),
        **(_kept_so_far(found) if found else {}),
        **{"preview": None, "then": None, "photo_trouble": "", "has_errors": False, **more},
    )
