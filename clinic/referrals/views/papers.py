"""A letter on paper: a tagged PDF, marked as a draft until it is released."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Response
from flask_babel import gettext as _

from clinic.booking.views.page import programme_or_404
from clinic.core import access
from clinic.core.access import therapist
from clinic.core.papers import printed
from clinic.referrals import queries, wording
from clinic.referrals.models import Letter
from clinic.referrals.rules import Words
from clinic.referrals.views.page import bp, letter_or_404, today_here

FORM = Path(__file__).parent.parent / "letter.typ"
NOTHING_RUNS = "default-src 'none'; sandbox"


@bp.get("/letters/<uuid:letter_id>/paper")
@therapist
def letter_paper(letter_id: UUID) -> Response:
    """The paper as it was filed, once it may leave the clinic. Before that one that says it may not."""
    found = letter_or_404(letter_id)
    released = found.released_at is not None
    access.reading(f"client:{found.client_id}", action="letter.taken" if released else "letter.previewed")
    content = base64.b64decode(found.paper or "") if released else _draft(found)
    name = f"{'letter' if released else 'draft'}-{str(letter_id)[:8]}.pdf"
    headers = {
        "Content-Disposition": f"attachment; filename={name}",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": "no-store",
    }
    return Response(content, content_type="application/pdf", headers=headers)


def print_letter(letter: Letter, words: Words) -> tuple[bytes, Mapping[str, Any]]:
    """The paper of these words, and what stands on it."""
    said = _said(letter, words)
    return printed(FORM, {**said, **_unmarked(), **_logo()}), said


def _draft(letter: Letter) -> bytes:
    """With a mark that nobody can overlook; of a filed letter with what was filed."""
    kept = queries.written(letter)
    marked = {"mark": _("DRAFT: not released, not to be given to anybody"), "mark_word": _("DRAFT")}
    return printed(FORM, {**(kept.printed or _said(letter, kept.words)), **marked, **_logo()})


def _unmarked() -> dict[str, str]:
    return {"mark": "", "mark_word": ""}


def _said(letter: Letter, words: Words) -> Mapping[str, Any]:
    known = programme_or_404()
    clinic, place = known.clinic, known.location
    heads = [clinic.name, *place.address.splitlines(), clinic.phone, clinic.email]
    return wording.paper(
        words,
        client=letter.client.name,
        contact=letter.contact,
        sender=[letter.therapist.name, clinic.name],
        clinic=list(filter(None, heads)),
        on=today_here(),
    )


def _logo() -> dict[str, list[int]]:
    logo = programme_or_404().logo
    return {"logo": list(logo.png)} if logo else {}
