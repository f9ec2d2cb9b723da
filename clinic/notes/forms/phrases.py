"""The shape of a phrase: words that are typed often."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Regexp, ValidationError

from clinic.core.forms import Form, at_most
from clinic.notes import rules
from clinic.notes.catalogue.formats import Formats
from clinic.notes.models import Phrase
from clinic.notes.operations.phrases import Said

LONGEST_PHRASE = 500


class PhraseForm(Form):
    """`taken`: the short forms of the others beside it."""

    words = TextAreaField(_l("Words"), [DataRequired(_l("Write the words.")), at_most(LONGEST_PHRASE)])
    shortcut = StringField(
        _l("Short form"),
        [at_most(20), Regexp(r"[\w-]*$", message=_l("Use letters, figures and hyphens only."))],
        filters=[lambda typed: (typed or "").strip().removeprefix(".").lower()],
        description=_l("Type it with a dot before it, then a space: .hf"),
    )
    part = SelectField(
        _l("A chip under"),
        invalid_choice_message=_l("Choose one of these."),
        description=_l("One tap adds the words there, a second takes them out."),
    )

    def __init__(self, *args: Any, formats: Formats, taken: Collection[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.taken = taken
        self.part.choices = [SelectChoice("", _l("No chip: by its short form alone")), *_parts(formats, self.part.data)]

    @classmethod
    def showing(cls, phrase: Phrase, formats: Formats) -> "PhraseForm":
        kept = {"words": phrase.words, "shortcut": phrase.shortcut, "part": phrase.part}
        return cls(formdata=None, data=kept, formats=formats)

    def said(self) -> Said:
        return Said(self.words.data or "", self.shortcut.data or "", self.part.data or "")

    def validate_shortcut(self, field: StringField) -> None:
        if field.data and field.data in self.taken:
            raise ValidationError(_("Another phrase has this short form."))
        if not field.data and not self.part.data:
            raise ValidationError(_("Give it a short form, or choose where it is a chip."))


def _parts(formats: Formats, chosen: str | None) -> list[SelectChoice]:
    """Every part of what is offered, with the formats that have it; and where this one stands now."""
    there = rules.offered(formats)
    labels = {part.id: part.label for one in [*rules.latest(formats), *there] for part in one.parts}
    names = {id_: [one.name for one in there if id_ in {part.id for part in one.parts}] for id_ in labels}
    return [
        SelectChoice(id_, f"{label} ({', '.join(names[id_])})" if names[id_] else label)
        for id_, label in labels.items()
        if names[id_] or id_ == chosen
    ]
