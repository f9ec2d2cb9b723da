"""The shape of a closure, and of the public holidays to close on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField
from wtforms import ValidationError as Wrong
from wtforms.validators import InputRequired, Optional

from clinic.booking.operations import Shut
from clinic.core.fields import Day
from clinic.core.forms import Form, Ticks, at_most
from clinic.places.models import Location

EVERYWHERE = 0
MOST_DAYS = 366


class PlaceForm(Form):
    """One location, or all of them."""

    where = SelectField(_l("Where?"), coerce=int, default=EVERYWHERE)

    def __init__(self, *args: Any, locations: Mapping[int, Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.where.choices = [(EVERYWHERE, _l("Everywhere")), *((one.id, one.name) for one in locations.values())]
        self.where.validate_choice = False

    @property
    def location_id(self) -> int | None:
        return self.where.data or None

    def validate_where(self, field: Field) -> None:
        if field.data not in {value for value, _words in field.choices}:
            raise Wrong(_("Choose where."))


class ClosureForm(PlaceForm):
    """Whole days, the last one too."""

    first_day = Day(_l("First day"), [InputRequired(_l("Enter the first day."))])
    last_day = Day(_l("Last day"), [Optional()], description=_l("Empty for a single day."))
    words = StringField(_l("What for?"), [Optional(), at_most(80)], description=_l("Such as: Christmas."))

    def validate_last_day(self, field: Field) -> None:
        if not (field.data and self.first_day.data):
            return
        if field.data < self.first_day.data:
            raise Wrong(_("Enter a last day that is not before the first."))
        if (field.data - self.first_day.data).days > MOST_DAYS:
            raise Wrong(_("Enter a year at most."))

    def shut(self) -> Shut:
        first = self.first_day.data
        return Shut(self.location_id, first, self.last_day.data or first, self.words.data or "")


class HolidaysForm(PlaceForm):
    """Which of the holidays that are shown to close on."""

    days = Ticks(_l("Close on"), [InputRequired(_l("Choose at least one day."))], validate_choice=False)

    def __init__(self, *args: Any, holidays: Iterable[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {day.isoformat(): (day, name) for day, name in holidays}
        self.days.choices = list(self.names)

    def shut(self) -> list[Shut]:
        chosen = [found for one in self.days.data if (found := self.names.get(one))]
        return [Shut(self.location_id, day, day, name[:80]) for day, name in chosen]
