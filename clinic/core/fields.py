"""Days, times and lengths as the browser's own fields send them, or why they cannot be read."""

from flask_babel import gettext as _
from wtforms import DateField, IntegerField, TimeField

from clinic.core.times import YEARS


class Day(DateField):  # type: ignore[misc]  # wtforms has no types
    """A day as the browser's own field sends it, 2026-03-12, or why it cannot be read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter a day, such as 2026-03-12.")) from error
        if self.data and self.data.year not in YEARS:
            raise ValueError(_("Enter a day, such as 2026-03-12."))


class Clock(TimeField):  # type: ignore[misc]  # wtforms has no types
    """A time on the clock on the wall, 14:30."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter a time, such as 14:30.")) from error


class Minutes(IntegerField):  # type: ignore[misc]  # wtforms has no types
    """A length in whole minutes."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter how many minutes.")) from error
