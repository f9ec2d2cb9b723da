"""The exercises as the clinic shows them to everybody, where it does."""

from typing import Any

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from clinic.aftercare import wording
from clinic.aftercare.catalogue import Catalogue, Exercise
from clinic.aftercare.pictures import shown
from clinic.aftercare.versions import current
from clinic.aftercare.views.library import NO_ADVICE, Card, phases
from clinic.aftercare.views.page import bp
from clinic.aftercare.views.photos import photo_answer
from clinic.booking.views.page import programme_or_404
from clinic.core.access import public
from clinic.core.db import db
from clinic.intake.wording import numbers

PAGES = {"calm": ("warm_up", "calm"), "strengthen": ("strengthen",), "stretch": ("stretch",)}


@bp.get("/exercises")
@public
def shown_exercises() -> str:
    """A page for each step of the way, to be light on a phone; `phase` says which."""
    care, asked = _care_or_404(), request.args.get("phase", "")
    page = asked if asked in PAGES else "calm"
    known = current(db.session).exercises.values()
    cards = [
        Card(one, shown(one, only=("hold",)), NO_ADVICE) for one in known if one.offered and one.phase in PAGES[page]
    ]
    return render_template("aftercare/shown_exercises.html", phases=phases(cards), pages=PAGES, page=page, **care)


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


@bp.get("/exercises/<code>/photo")
@public
def shown_photo(code: str) -> Response:
    """Of an exercise that is shown by a photo, as it is now."""
    _care_or_404()
    found = _offered(current(db.session), code) or abort(404)
    return photo_answer(found.id, found.version)


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
