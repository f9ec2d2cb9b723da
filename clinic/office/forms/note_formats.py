"""The shape of a format of notes: what it is called, and its parts in order."""

from secrets import token_hex
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, StringField
from wtforms.validators import DataRequired, ValidationError

from clinic.core.forms import Form, at_most
from clinic.core.setting import NEEDED
from clinic.notes.catalogue.formats import Format, Part

MOST_PARTS = 8


class PartForm(Form):
    """One text of a note. `known` is its id, once it has one."""

    known = HiddenField()
    called = StringField(_l("Part"), [at_most(60)])
    hint = StringField(_l("Hint"), [at_most(120)])


class FormatForm(Form):
    """A row without a name is no part, so clearing it takes the part out; one empty row is always there."""

    name = StringField(_l("Name"), [DataRequired(NEEDED), at_most(60)])
    parts = FieldList(FormField(PartForm), max_entries=MOST_PARTS)

    @classmethod
    def showing(cls, of: Format | None) -> "FormatForm":
        rows = [{"known": part.id, "called": part.label, "hint": part.hint} for part in of.parts] if of else []
        return cls(formdata=None, data={"name": of.name if of else "", "parts": rows}).with_room()

    def with_room(self) -> "FormatForm":
        """With an empty row for one more part, while there may be more."""
        if len(self.parts) < MOST_PARTS and all(row.called.data for row in self.parts):
            self.parts.append_entry()
        return self

    def said(self, known: frozenset[str] = frozenset()) -> list[Part]:
        """The parts in order. Only an id among the `known` ones is kept: a new part is given one that no other
        field of a note has.
        """
        return [
            Part(
                row.known.data if row.known.data in known else f"part_{token_hex(4)}",
                row.called.data,
                row.hint.data or "",
            )
            for row in self.parts
            if row.called.data
        ]

    def validate_parts(self, field: Any) -> None:
        """What is wrong is said at the name of the part it is about."""
        named = [row for row in self.with_room().parts if row.called.data]
        if not named:
            raise _at(field[0], _("Name at least one part."))
        for place, row in enumerate(named):
            if any(_is_same(row, other) for other in named[:place]):
                raise _at(row, _("Two parts have the same name."))


def _is_same(row: Any, other: Any) -> bool:
    same_name = row.called.data.casefold() == other.called.data.casefold()
    return same_name or bool(row.known.data and row.known.data == other.known.data)


def _at(row: Any, words: str) -> ValidationError:
    row.called.errors = [words]
    return ValidationError(words)
