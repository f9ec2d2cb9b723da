"""The phrases of the clinic, which every therapist can use."""

from uuid import UUID

from werkzeug.wrappers import Response

from clinic.core.access import owner
from clinic.notes.views.shelf import Answer, Shelf
from clinic.office.views.page import bp

CLINICS = Shelf(None, "office")


@bp.get("/phrases")
@owner
def phrases() -> str:
    """For their notes, beside what each has of their own."""
    return CLINICS.page()


@bp.post("/phrases")
@owner
def phrase_making() -> Answer:
    return CLINICS.keep()


@bp.get("/phrases/<uuid:phrase_id>")
@owner
def phrase(phrase_id: UUID) -> str:
    return CLINICS.one(phrase_id)


@bp.post("/phrases/<uuid:phrase_id>")
@owner
def phrase_change(phrase_id: UUID) -> Answer:
    return CLINICS.keep(phrase_id)


@bp.post("/phrases/<uuid:phrase_id>/removal")
@owner
def phrase_removal(phrase_id: UUID) -> Response:
    return CLINICS.remove(phrase_id)
