"""All of a note on one page, put together from its parts."""

import secrets

from wtforms import HiddenField
from wtforms.widgets import HiddenInput

from clinic.core.fields import Whole
from clinic.notes.forms import chart, episode, events, measures, results, words
from clinic.notes.operations import Page
from clinic.notes.rules import Content

PARTS = (words, episode, chart, results, measures, events)


class NoteForm(
    words.WordsPart, episode.EpisodePart, chart.ChartPart, results.ResultsPart, measures.MeasuresPart, events.EventsPart
):
    """Each part has its own fields, and two functions: `said` gives what they say as fields of Content, `kept` what
    they show of it. `key` and `revision` say which page it was and what it was made from.
    """

    key = HiddenField()
    revision = Whole(widget=HiddenInput(), default=0)

    @classmethod
    def showing(cls, content: Content, revision: int) -> "NoteForm":
        """A new page of this note."""
        kept = {name: value for part in PARTS for name, value in part.kept(content).items()}
        return cls(formdata=None, data={**kept, "key": secrets.token_urlsafe(12), "revision": revision})

    def content(self) -> Content:
        return Content(**{name: value for part in PARTS for name, value in part.said(self).items()})

    def page(self) -> Page:
        return Page((self.key.data or "")[:40], self.revision.data or 0)
