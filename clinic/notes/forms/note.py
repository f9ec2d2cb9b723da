"""All of a note on one page, put together from its parts."""

import secrets
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from wtforms import HiddenField, TextAreaField
from wtforms.widgets import HiddenInput

from clinic.core.fields import Whole
from clinic.notes.catalogue.formats import Format
from clinic.notes.forms import chart, episode, events, measures, results, words
from clinic.notes.operations import Page
from clinic.notes.rules import Content

PARTS = (words, episode, chart, results, measures, events)


class NoteForm(
    words.WordsPart, episode.EpisodePart, chart.ChartPart, results.ResultsPart, measures.MeasuresPart, events.EventsPart
):
    """Each part has its own fields, and two functions: `said` gives what they say as fields of Content, `kept` what
    they show of it. `key`, `revision` and `changes` say which page it was, what it was made from and how far it was.
    """

    key = HiddenField()
    revision = Whole(widget=HiddenInput(), default=0)
    changes = Whole(widget=HiddenInput(), default=0)

    @classmethod
    def showing(cls, content: Content, revision: int) -> "NoteForm":
        """A new page of this note."""
        kept = {name: value for part in PARTS for name, value in part.kept(content).items()}
        return cls(formdata=None, data={**kept, "key": secrets.token_urlsafe(12), "revision": revision})

    @property
    def problems(self) -> list[str]:
        """What is wrong with it, a sentence each; to be asked once it was validated."""
        return list(_sentences(self.errors))

    @property
    def is_too_long(self) -> bool:
        """Whether some text is longer than any that is kept: it would have to be cut, and no word of a note is."""
        return any(field.errors for field in self if isinstance(field, TextAreaField))

    def content(self) -> Content:
        return Content(**{name: value for part in PARTS for name, value in part.said(self).items()})

    def page(self) -> Page:
        return Page((self.key.data or "")[:40], self.revision.data or 0, self.changes.data or 0)


def _sentences(errors: Any) -> Iterator[str]:
    """Those of fields within fields too."""
    if isinstance(errors, dict):
        errors = list(errors.values())
    if isinstance(errors, list | tuple):
        for one in errors:
            yield from _sentences(one)
    else:
        yield str(errors)


@lru_cache(maxsize=100)
def note_form(note_format: Format) -> type[NoteForm]:
    """The form of a note that is written in this format."""
    return type("NoteForm", (NoteForm,), {**words.texts_of(note_format), "note_format": note_format})
