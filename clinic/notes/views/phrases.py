"""A therapist's own phrases."""

from uuid import UUID

from flask import abort
from werkzeug.wrappers import Response

from clinic.core import access
from clinic.core.access import therapist
from clinic.notes.views.page import bp
from clinic.notes.views.shelf import Answer, Shelf


@bp.get("/notes/phrases")
@therapist
def phrases() -> str:
    """Theirs to change, the clinic's to read."""
    return _own().page()


@bp.post("/notes/phrases")
@therapist
def phrase_making() -> Answer:
    return _own().keep()


@bp.get("/notes/phrases/<uuid:phrase_id>")
@therapist
def phrase(phrase_id: UUID) -> str:
    return _own().one(phrase_id)


@bp.post("/notes/phrases/<uuid:phrase_id>")
@therapist
def phrase_change(phrase_id: UUID) -> Answer:
    return _own().keep(phrase_id)


@bp.post("/notes/phrases/<uuid:phrase_id>/removal")
@therapist
def phrase_removal(phrase_id: UUID) -> Response:
    return _own().remove(phrase_id)


def _own() -> Shelf:
    own = access.signed_in().therapist or abort(404)
    return Shelf(own.id, "notes")
