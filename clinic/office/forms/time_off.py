"""The shape of time off."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField
from wtforms import ValidationError as Wrong
from wtforms.validators import InputRequired, Optional

from clinic.booking.operations import Off
from clinic.booking.queries import Blockable
from clinic.core.fields import Clock, Day
from clinic.core.forms import Form
from clinic.core.templating import clock_words, day_words
from clinic.core.times import instant_of, is_skipped, wall_minute

MOST_DAYS = 366


class TimeOffForm(Form):
    """Who is away, from when until when, on the clock of where they work. Without times it is whole days."""

    whose = SelectField(_l("Who?"), coerce=int, validate_choice=False)
    first_day = Day(_l("First day"), [InputRequired(_l("Enter the first day."))])
    first_time = Clock(_l("from"), [Optional()])
    last_day = Day(_l("Last day"), [InputRequired(_l("Enter the last day."))])
    last_time = Clock(_l("until"), [Optional()])
    seen = HiddenField()

    def __init__(self, *args: Any, whose: Sequence[Blockable], **kwargs: Any) -> None:
        """`whose` are the therapists whose time off this person may set."""
        super().__init__(*args, **kwargs)
        self.known = {one.therapist_id: one for one in whose}
        self.whose.choices = [(one.therapist_id, one.name) for one in whose]

    @property
    def zone(self) -> str:
        return self.known[self.whose.data].zone

    @property
    def several_clocks(self) -> bool:
        return len({one.zone for one in self.known.values()}) > 1

    def off(self) -> Off:
        return Off(self.whose.data, *self._span())

    def validate_whose(self, field: Field) -> None:
        if field.data not in self.known:
            raise Wrong(_("Choose who is away."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then all together."""
        return bool(super().validate(extra_validators)) and self._is_sound()

    def _is_sound(self) -> bool:
        """Puts a sentence where it is not."""
        for day, wall in ((self.first_day, self.first_time), (self.last_day, self.last_time)):
            if wall.data and is_skipped(day.data, wall.data, self.zone):
                words = {"day": day_words(day.data), "time": clock_words(wall.data)}
                return self._wrong(wall, _("The clocks go forward on %(day)s: there is no %(time)s then.", **words))
        starts_at, ends_at = self._span()
        if starts_at >= ends_at:
            wrong = self.last_day if self.last_day.data < self.first_day.data else self.last_time
            return self._wrong(wrong, _("Enter an end after the beginning."))
        if ends_at - starts_at > timedelta(days=MOST_DAYS + 1):
            return self._wrong(self.last_day, _("Enter a year at most. For whoever leaves, end their hours."))
        return True

    def _span(self) -> tuple[datetime, datetime]:
        first = wall_minute(self.first_day.data, self.first_time.data or time(), self.zone)
        after = self.last_day.data if self.last_time.data else self.last_day.data + timedelta(days=1)
        return instant_of(first), instant_of(wall_minute(after, self.last_time.data or time(), self.zone))

    def _wrong(self, field: Field, sentence: str) -> bool:
        field.errors = [*field.errors, sentence]
        return False
