"""What shows an exercise, as files: photos of any version to the staff; to a client, what their plan was sent with."""

from uuid import UUID

from flask import abort
from werkzeug.wrappers import Response

from clinic.aftercare import queries
from clinic.aftercare.own_exercises import version_numbered
from clinic.aftercare.pictures import shown_as_sent
from clinic.aftercare.views.page import bp, may_be_kept
from clinic.core.access import holder_of, staff
from clinic.core.db import db

NOTHING_RUNS = "default-src 'none'; sandbox"
KEPT_A_WHILE = "private, max-age=600"


@bp.get("/exercises/<code>/<int:number>/photo")
@staff
def exercise_photo(code: str, number: int) -> Response:
    """As a file with a name of ours, which pages show as a picture."""
    return photo_answer(code, number)


@bp.get("/plans/<token>/exercises/<code>/photo")
@holder_of("plan")
@may_be_kept
def plan_photo(subject_id: UUID, token: str, code: str) -> Response:
    """Of the version that this client's plan was sent with."""
    issue = queries.latest_issue(db.session, subject_id) or abort(404)
    steps = queries.document_of(issue)["steps"]
    number = next((step.get("version", 1) for step in steps if step["exercise"] == code), None)
    return photo_answer(code, number) if number else abort(404)


@bp.get("/plans/<token>/exercises/<code>/pictures/<name>")
@holder_of("plan")
@may_be_kept
def plan_picture(subject_id: UUID, token: str, code: str, name: str) -> Response:
    """A drawing of the plan as it was sent, as a file that comes when somebody scrolls to it: so the page is light.
    `hold_left` is `hold` for the left side.
    """
    issue, mirrored = queries.latest_issue(db.session, subject_id) or abort(404), name.endswith("_left")
    steps = [step for step in queries.document_of(issue)["steps"] if step["exercise"] == code]
    shown = [one for step in steps for one in shown_as_sent(step, mirrored=mirrored)]
    drawn = [one for one in shown if one.name == name.removesuffix("_left")] or abort(404)
    headers = {"Content-Security-Policy": NOTHING_RUNS, "Cache-Control": KEPT_A_WHILE}
    return Response(drawn[0].markup, content_type="image/svg+xml; charset=utf-8", headers=headers)


def photo_answer(code: str, number: int) -> Response:
    """A photo to whoever may see it. 404 where this version has none."""
    found = version_numbered(db.session, code, number)
    photo = (found.photo if found else None) or abort(404)
    headers = {
        "Content-Disposition": "attachment; filename=exercise.jpg",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": KEPT_A_WHILE,
    }
    return Response(photo, content_type="image/jpeg", headers=headers)
