"""Photos that show an exercise: of any version to the staff, and to a client those that their plan was sent with."""

from uuid import UUID

from flask import abort
from werkzeug.wrappers import Response

from clinic.aftercare import queries
from clinic.aftercare.own_exercises import version_numbered
from clinic.aftercare.views.page import bp
from clinic.core.access import holder_of, staff
from clinic.core.db import db

NOTHING_RUNS = "default-src 'none'; sandbox"


@bp.get("/exercises/<code>/<int:number>/photo")
@staff
def exercise_photo(code: str, number: int) -> Response:
    """As a file with a name of ours, which pages show as a picture."""
    return photo_answer(code, number)


@bp.get("/plans/<token>/exercises/<code>/photo")
@holder_of("plan")
def plan_photo(subject_id: UUID, token: str, code: str) -> Response:
    """Of the version that this client's plan was sent with."""
    issue = queries.latest_issue(db.session, subject_id) or abort(404)
    steps = queries.document_of(issue)["steps"]
    number = next((step.get("version", 1) for step in steps if step["exercise"] == code), None)
    return photo_answer(code, number) if number else abort(404)


def photo_answer(code: str, number: int) -> Response:
    """A photo to whoever may see it. 404 where this version has none."""
    found = version_numbered(db.session, code, number)
    photo = (found.photo if found else None) or abort(404)
    headers = {
        "Content-Disposition": "attachment; filename=exercise.jpg",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": "private, max-age=600",
    }
    return Response(photo, content_type="image/jpeg", headers=headers)
