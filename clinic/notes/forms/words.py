"""The words of a note: a text for each part of its format, and remarks for whoever writes."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from clinic.core.forms import Form, at_most
from clinic.notes import rules
from clinic.notes.catalogue.formats import Format, Formats, Part
from clinic.notes.rules import Content

LONGEST = 6000
LONGEST_NOTE = 4 * LONGEST  # so that the words of four parts fit into one


class WordsPart(Form):
    """`note_format` is what the page was made in, and gives the form its texts: see `texts_of`. The marks in `copied`
    say what stood in a part when it was copied. `turn` and `copy` are buttons: another format, a part of the last note.
    """

    note_format: Format
    formats: Formats

    private = TextAreaField(_l("Remarks for yourself"), [Optional(), at_most(LONGEST)])
    copied = SelectMultipleField(choices=[], validate_choice=False)
    format_wanted = SelectField(_l("Format"), validate_choice=False)
    turn = StringField()
    copy = StringField()

    def offer(self, formats: Formats) -> None:
        """The formats to choose from: those that are offered, and the note's own."""
        self.formats = formats
        there = {one.key: one for one in [*rules.offered(formats), self.note_format]}
        self.format_wanted.choices = [SelectChoice(key, one.name) for key, one in there.items()]
        if not self.format_wanted.data:
            self.format_wanted.process_data(self.note_format.key)

    def turned(self, content: Content) -> Content:
        """What was typed, in the format that was asked for; as it is where a text would become too long for it."""
        then = rules.format_named(self.formats, self.format_wanted.data or "") or self.note_format
        turned = rules.turned_to(content, self.note_format, then)
        if all(len(words) <= most_in(then) for words in turned.words.values()):
            return turned
        self.format_wanted.errors = [_("What is written does not fit into this format. Shorten it first.")]
        return content


def texts_of(note_format: Format) -> dict[str, Field]:
    """A text for each of its parts, by their ids."""
    return {part.id: _text(part, most_in(note_format)) for part in note_format.parts}


def most_in(note_format: Format) -> int:
    """How many characters one part of it may hold."""
    return max(LONGEST, LONGEST_NOTE // len(note_format.parts))


def said(form: Any) -> dict[str, Any]:
    words = {part.id: form[part.id].data for part in form.note_format.parts if form[part.id].data}
    return {
        "words": words,
        "format": form.note_format.code,
        "format_number": form.note_format.number,
        "copied": rules.still_copied(words.items(), form.copied.data or ()),
        "private": form.private.data or "",
    }


def kept(content: Content) -> dict[str, Any]:
    marks = [rules.copy_mark(part, content.words.get(part, "")) for part in content.copied]
    return {**content.words, "copied": marks, "private": content.private}


def labelled(note_format: Format, words: Mapping[str, str]) -> str:
    """All that was typed, a part a line, with its label in front."""
    parts = (f"{part.label}: {words[part.id]}" for part in note_format.parts if words.get(part.id))
    return "\n".join(parts)


def _text(part: Part, most: int) -> Field:
    return TextAreaField(part.label, [Optional(), at_most(most)], description=part.hint)
