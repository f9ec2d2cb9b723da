"""The shapes of a location and of a room."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired

from clinic.core.forms import Ticks, at_most
from clinic.core.setting import NEEDED, SettingForm
from clinic.places.models import Location

KINDS = {  # what a room may be fit for, and a treatment may need
    "table": _l("A treatment table"),
    "two_tables": _l("Two tables, side by side"),
    "step_free": _l("Step-free from the street"),
}
CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
ZONES = sorted(zone for zone in available_timezones() if zone.partition("/")[0] in CONTINENTS)
NO_ZONE = _l("Choose a time zone from the list.")


class LocationForm(SettingForm):
    name = StringField(
        _l("Name"), [DataRequired(NEEDED), at_most(120)], description=_l("The town or street people know it by.")
    )
    address = TextAreaField(
        _l("Address"), [at_most(300)], description=_l("On the home page, in mails and in calendar entries.")
    )
    directions = TextAreaField(
        _l("How to find it"), [at_most(500)], description=_l("The bell, the stairs, the bus, where to park.")
    )
    zone = SelectField(
        _l("Time zone"),
        [AnyOf(ZONES, NO_ZONE)],
        choices=ZONES,
        validate_choice=False,
        description=_l("Working hours are read by the clock on the wall there."),
    )


class RoomForm(SettingForm):
    name = StringField(_l("Name"), [DataRequired(NEEDED), at_most(80)], description=_l("As it stands on its door."))
    location_id = SelectField(_l("Where?"), coerce=int)
    kinds = Ticks(
        _l("What is it fit for?"),
        choices=[SelectChoice(*kind) for kind in KINDS.items()],
        description=_l("A treatment that needs one of these is given only in rooms that have it."),
    )
    offered = BooleanField(_l("Used for new appointments"), description=_l("Untick to take the room out of use."))

    def __init__(self, *args: Any, locations: Sequence[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.location_id.choices = [SelectChoice(one.id, one.name) for one in locations]

    def values(self) -> dict[str, Any]:
        """Where two tables stand, there is a table."""
        chosen = {*(self.kinds.data or []), *(["table"] if "two_tables" in (self.kinds.data or []) else [])}
        return {**super().values(), "kinds": [kind for kind in KINDS if kind in chosen]}
