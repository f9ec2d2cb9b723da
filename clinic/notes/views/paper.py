"""A signed note on paper: a tagged PDF that says what its page says, word for word."""

from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

from flask import Response, abort, render_template
from flask_babel import gettext as _

from clinic.booking.views.page import programme_or_404
from clinic.core import access
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.papers import printed
from clinic.core.templating import clock_words, day_words
from clinic.notes import queries
from clinic.notes.views.page import bp, heading, readable_or_404

FORM = Path(__file__).parent.parent / "note.typ"
NOTHING_RUNS = "default-src 'none'; sandbox"
HEADS, BLOCKS, CELLS = {"h1", "h2", "h3", "h4", "caption"}, {"p", "li", "tr"}, {"th", "td"}


@bp.get("/notes/<uuid:note_id>/paper")
@therapist
def paper(note_id: UUID) -> Response:
    """With all that was signed beside it. A note that is not signed has no paper."""
    appointment = readable_or_404(note_id)
    access.reading(f"client:{appointment.client_id}", action="note.taken")
    signed = queries.signed_among(queries.signed_notes(db.session, appointment.client_id), note_id) or abort(404)
    known, document = programme_or_404(), signed.document
    named = heading(appointment, known)
    own = appointment.therapist.account_id == access.signed_in().id
    about, day = document["appointment"], f"{day_words(named['at'])} {named['at'].year}, {clock_words(named['at'])}"
    said = {
        "lang": "en",
        "region": "GB",
        "title": _("Treatment note: %(name)s", name=document["client"]["name"]),
        "author": document["therapist"]["name"],
        "about": [f"{day} · {about['treatment']} · {about['ref']}", known.clinic.name],
        "parts": parts_in(render_template("notes/paper.html", note=signed, own=own, **named)),
        "foot": about["ref"],
        "page": _("Page"),
    }
    headers = {
        "Content-Disposition": "attachment; filename=note.pdf",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": "no-store",
    }
    return Response(printed(FORM, said), content_type="application/pdf", headers=headers)


def parts_in(html: str) -> list[tuple[str, list[str]]]:
    """What stands on a page, block by block: heads and texts, each line by line. Pictures are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [(kind, lines) for kind, words in reader.parts if (lines := _lines(words))]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag == "svg"
        if tag in HEADS | BLOCKS:
            self.parts.append(("head" if tag in HEADS else "text", ""))
        elif tag in CELLS | {"br"}:
            self._add("\n" if tag == "br" else " ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag == "svg"

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, words: str) -> None:
        if self.parts and not self._unseen:
            kind, before = self.parts[-1]
            self.parts[-1] = (kind, before + words)


def _lines(words: str) -> list[str]:
    return [line for one in words.splitlines() if (line := " ".join(one.split()))]
