"""Free practice for everybody, where the clinic shows it: a rest, the clinic's own papers, places elsewhere."""

from flask import abort, render_template
from werkzeug.wrappers import Response

from clinic.aftercare import queries, wording
from clinic.aftercare.models import Handout
from clinic.aftercare.pictures import shown
from clinic.aftercare.versions import current
from clinic.aftercare.views.page import bp
from clinic.aftercare.views.photos import NOTHING_RUNS
from clinic.booking.views.page import programme_or_404
from clinic.consent.forms import NewsReaderForm
from clinic.core.access import public
from clinic.core.db import db
from clinic.intake.wording import numbers

REST = "constructive_rest"


@bp.get("/practice")
@public
def free_practice() -> str:
    """Nobody has to give anything for it. A rest that the clinic hid is not shown."""
    clinic = programme_or_404().clinic
    if not clinic.shows_practice:
        abort(404)
    exercise = current(db.session).exercises[REST]
    return render_template(
        "aftercare/free_practice.html",
        exercise=exercise if exercise.offered else None,
        pictures=shown(exercise),
        easier=None,
        handouts=queries.offered_handouts(db.session),
        links=queries.offered_links(db.session),
        form=NewsReaderForm(formdata=None),
        words=wording,
        numbers=numbers(clinic.country),
    )


@bp.get("/handouts/<int:handout_id>")
@public
def handout(handout_id: int) -> Response:
    """As a file with a name of ours, which no browser shows in a page of the clinic."""
    found = db.session.get(Handout, handout_id)
    if found is None or not found.offered or not programme_or_404().clinic.shows_practice:
        abort(404)
    return handout_answer(found)


def handout_answer(found: Handout) -> Response:
    """The PDF, to whoever may have it."""
    headers = {
        "Content-Disposition": "attachment; filename=handout.pdf",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": "private, max-age=600",
    }
    return Response(found.pdf, content_type="application/pdf", headers=headers)
