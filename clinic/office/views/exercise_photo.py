"""The photo of an exercise: sent, drawn anew by us, put in the place of a drawing, taken away."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.aftercare.own_exercises import keep_photo
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import takes_a_file
from clinic.core.pictures import MOST_SENT, UnfitPictureError, redrawn_light
from clinic.core.redrawing import MOST_BYTES
from clinic.office.forms.exercise_photo import ExercisePhotoForm
from clinic.office.views.exercises import exercise_page, load
from clinic.office.views.page import bp

MOST_KEPT = 160 * 1024  # it is part of a page that clients open on their way
SIDES = (1000, 800, 640)  # pixels


@bp.post("/exercises/<code>/photo")
@takes_a_file(MOST_SENT)
@reads_first
@owner
def exercise_photo(code: str) -> Response | tuple[str, int]:
    """Drawn anew, before others have to wait for it. Where it was taken nothing of is left: place, camera, words."""
    load(code)
    form, file = ExercisePhotoForm(), request.files.get("photo")
    trouble, jpeg = "", b""
    try:
        jpeg = redrawn_light(file.read(MOST_BYTES + 1) if file else b"", sides=SIDES, most_bytes=MOST_KEPT, kind="JPEG")
    except UnfitPictureError as unfit:
        trouble = str(unfit.sentence)
    if not form.validate() or trouble:
        return exercise_page(code, photo_form=form, photo_trouble=trouble, has_errors=True), 422
    _keep(code, jpeg, form.photo_words.data or "")
    flash(_("It is shown by this photo from now on. Plans that were sent stay as they are."))
    return redirect(url_for("office.exercise", code=code, _anchor="pictures"), 303)


@bp.post("/exercises/<code>/photo/removal")
@reads_first
@owner
def exercise_photo_removal(code: str) -> Response:
    load(code)
    _keep(code, None, "")
    flash(_("The photo is taken away. Plans that were sent keep it."))
    return redirect(url_for("office.exercise", code=code, _anchor="pictures"), 303)


def _keep(code: str, jpeg: bytes | None, words: str) -> None:
    account_id, by, now = access.signed_in().id, access.actor(), clock.now()
    db.session.rollback()
    with writing():
        keep_photo(db.session, code, jpeg, words, account_id=account_id, by=by, now=now)
        db.session.commit()
