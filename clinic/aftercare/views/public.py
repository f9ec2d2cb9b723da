"""The exercises as the clinic shows them to everybody, where it does."""

from typing import Any

from flask import abort, render_template
from werkzeug.wrappers import Response

from clinic.aftercare import wording
from clinic.aftercare.catalogue import Catalogue, Exercise
from clinic.aftercare.pictures import shown
from clinic.aftercare.versions import current
from clinic.aftercare.views.free_practice import REST
from clinic.aftercare.views.library import NO_ADVICE, Card, phases
from clinic.aftercare.views.page import bp
from clinic.aftercare.views.photos import NOTHING_RUNS, photo_answer
from clinic.booking.views.page import programme_or_404
from clinic.core.access import public
from clinic.core.db import db
from clinic.intake.wording import numbers

A_DAY = "public, max-age=86400"


@bp.get("/exercises")
@public
def shown_exercises() -> str:
    """All of them; each picture comes when somebody scrolls to it, so that the page is light on a phone."""
    care = _care_or_404()
    offered = [one for one in current(db.session).exercises.values() if one.offered]
    cards = [Card(one, shown(one, only=("hold",)), NO_ADVICE) for one in offered]
    return render_template("aftercare/shown_exercises.html", phases=phases(cards), **care)


@bp.get("/exercises/<code>")
@public
def shown_exercise(code: str) -> str:
    care, known = _care_or_404(), current(db.session)
    found = _offered(known, code) or abort(404)
    return render_template(
        "aftercare/shown_exercise.html",
        exercise=found,
        pictures=shown(found),
        easier=_offered(known, found.easier_id),
        **care,
    )


@bp.get("/exercises/<code>/picture")
@public
def shown_picture(code: str) -> Response:
    """What shows an exercise in a list, as a file: a drawing, or the clinic's photo."""
    if not (code == REST and programme_or_404().clinic.shows_practice):
        _care_or_404()
    found = _offered(current(db.session), code) or abort(404)
    drawn = shown(found, only=("hold",))
    if not drawn:
        return photo_answer(found.id, found.version)
    headers = {"Content-Security-Policy": NOTHING_RUNS, "Cache-Control": A_DAY}
    return Response(drawn[0].markup, content_type="image/svg+xml; charset=utf-8", headers=headers)


def _offered(known: Catalogue, code: str) -> Exercise | None:
    """What the clinic does not offer it shows to nobody."""
    found = known.exercises.get(code)
    return found if found and found.offered else None


def _care_or_404() -> dict[str, Any]:
    """When to stop, and where help is in this country. No page where the clinic shows none."""
    clinic = programme_or_404().clinic
    if not clinic.shows_exercises:
        abort(404)
    return {"words": wording, "numbers": numbers(clinic.country)}
