"""What every form of a set-up page is, and the fields it is made of."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from clinic.core.forms import Form

NEEDED = _l("This cannot be empty.")
CHOOSE = _l("Choose one of these.")


class SettingForm(Form):
    """Fields are named as the columns they set, and nothing else can be set by sending it."""

    shows_before = False  # whether it shows what was, to be saved again

    def values(self) -> dict[str, Any]:
        """What to put into the row."""
        return {field.name: _value(field) for field in self}

    def show_before(self, values: Mapping[str, Any]) -> None:
        """What these columns were, in their fields; the others as they are."""
        for name in values.keys() & {field.name for field in self}:
            self[name].process(None, values[name])
        self.shows_before = True

    def can_show(self, name: str) -> bool:
        """Whether a column has its field here."""
        return name in self

    def label_of(self, name: str) -> str:
        """What a column is called; nothing for one that is not told."""
        return str(self[name].label.text) if name in self else ""

    def in_words(self, name: str, value: Any) -> str:
        """A column's value as its field shows it."""
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, list):
            return ", ".join(self.in_words(name, one) for one in value) or str(_("nothing"))
        if value in {None, ""}:
            return str(_("nothing"))
        choices = getattr(self[name], "choices", None) or ()
        names = {one.value: one.label for one in choices if isinstance(one, SelectChoice)}
        return f"“{names.get(value, value)}”"

    def wrong(self, field: Any, sentence: str) -> bool:
        """Puts a sentence at a field, once all are known; False, for a `validate` to return."""
        field.errors = [*field.errors, sentence]
        return False


class Chosen(SelectField):  # type: ignore[misc]  # wtforms has no types
    """One of several, or none of them: None."""

    def __init__(self, label: Any, coerce: Callable[[Any], Any] = str, **more: Any) -> None:
        super().__init__(
            label,
            coerce=lambda given: coerce(given) if given else None,
            invalid_value_message=CHOOSE,
            invalid_choice_message=CHOOSE,
            **more,
        )

    def offer(self, choices: Iterable[tuple[Any, Any]], none: Any) -> None:
        """What can be chosen; `none` is what choosing none of them is called."""
        self.choices = [SelectChoice("", none), *(SelectChoice(*one) for one in choices)]


def between(least: int, most: int, *, empty: bool = False) -> list[Any]:
    """The checks of a whole number; `empty`: it may be left out."""
    sentence = _l("Enter %(least)d to %(most)d.", least=least, most=most)
    return [Optional() if empty else InputRequired(NEEDED), NumberRange(least, most, sentence)]


def _value(field: Any) -> Any:
    return "" if field.data is None and isinstance(field, StringField) else field.data
