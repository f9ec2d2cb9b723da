"""What every form of a set-up page is."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from clinic.core.forms import Form

NEEDED = _l("This cannot be empty.")


class SettingForm(Form):
    """Fields are named as the columns they set, and nothing else can be set by sending it."""

    def values(self) -> dict[str, Any]:
        """What to put into the row."""
        return {field.name: _value(field) for field in self}

    def wrong(self, field: Any, sentence: str) -> bool:
        """Puts a sentence at a field, once all are known; False, for a `validate` to return."""
        field.errors = [*field.errors, sentence]
        return False


class Whole(IntegerField):  # type: ignore[misc]  # wtforms has no types
    """A whole number, as typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter a whole number.")) from error


class Chosen(SelectField):  # type: ignore[misc]  # wtforms has no types
    """One of several, or nothing: what is chosen must be among them, and the empty one is None."""

    def __init__(self, label: Any, coerce: type = str, **more: Any) -> None:
        super().__init__(label, coerce=lambda given: _coerced(given, coerce), **more)

    def pre_validate(self, form: Any) -> None:
        if self.data not in [_coerced(value, lambda one: one) for value, *_rest in self.choices]:
            raise ValueError(_("Choose one of these."))


def _coerced(given: Any, coerce: Any) -> Any:
    return None if given in {None, "", "None"} else coerce(given)


def between(least: int, most: int, *, empty: bool = False) -> list[Any]:
    """The checks of a whole number; `empty`: it may be left out."""
    sentence = _l("Enter %(least)d to %(most)d.", least=least, most=most)
    return [Optional() if empty else InputRequired(NEEDED), NumberRange(least, most, sentence)]


def _value(field: Any) -> Any:
    return "" if field.data is None and isinstance(field, StringField) else field.data
