"""Days, times, numbers and addresses as the browser's own fields send them, or why they cannot be read."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, FieldList, IntegerField, StringField, TimeField, ValidationError
from wtforms.validators import StopValidation

from clinic.core.times import YEARS

LARGEST = 2**31 - 1


class Readable:
    """What cannot be read is told once, and nothing more is asked of it: checks of a form may count on a value."""

    process_errors: Sequence[str]
    raw_data: Sequence[str] | None

    def pre_validate(self, form: Any) -> None:
        if self.process_errors and "".join(self.raw_data or ()).strip():
            raise StopValidation


class Day(Readable, DateField):  # type: ignore[misc]  # wtforms has no types
    """A day as the browser's own field sends it, 2026-03-12, or why it cannot be read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter a day, such as 2026-03-12.")) from error
        if self.data and self.data.year not in YEARS:
            raise ValueError(_("Enter a day, such as 2026-03-12."))


class Clock(Readable, TimeField):  # type: ignore[misc]  # wtforms has no types
    """A time on the clock on the wall, 14:30."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter a time, such as 14:30.")) from error


class Whole(Readable, IntegerField):  # type: ignore[misc]  # wtforms has no types
    """A whole number, as typed. One too large for any column counts as the largest: it is out of every range."""

    data: Any
    unreadable = _l("Enter a whole number.")

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self.unreadable) from error
        if self.data is not None:
            self.data = max(-LARGEST, min(self.data, LARGEST))


class Minutes(Whole):
    """A length in whole minutes."""

    unreadable = _l("Enter how many minutes.")


class Rows(FieldList):  # type: ignore[misc]  # wtforms has no types
    """Rows of one kind of form, sent as `name-0-field`. Its errors are the sentences of all its rows."""

    @property
    def shown(self) -> list[Any]:
        """The rows as a page shows them: with an empty one to type into, while there is room."""
        full = len(self.entries) == self.max_entries
        if not full and not (self.entries and _is_empty(self.entries[-1])):
            self.append_entry()
        return list(self.entries)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        super().validate(form, extra_validators)
        self.errors = [sentence for row in self.entries for field in row for sentence in field.errors]
        return not self.errors

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """Of names that a page of ours sends."""
        for name in formdata:
            if found := re.match(rf"{re.escape(prefix)}-([0-9]{{1,4}})-", name):
                yield int(found[1])


def _is_empty(row: Any) -> bool:
    return not any(row.data.values())


def persons_name(_form: Any, field: StringField) -> None:
    """What somebody is called. Our mails greet them by it, wherever they ask us to send them: it carries no advert."""
    field.data = " ".join(field.data.split())
    if any(sign in field.data.lower() for sign in ("://", "www.", "@")):
        raise ValidationError(_l("Enter a name, without a web or mail address."))


def mail_address(_form: Any, field: StringField) -> None:
    """A mail address, written as mail servers write it."""
    try:
        # .test addresses never resolve; the demo is full of them. Letters like å before the @ few mail servers take.
        checked = validate_email(field.data, check_deliverability=False, test_environment=True, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValidationError(_l("Enter an email address like name@example.com.")) from error
    field.data = checked.normalized
