"""The shape of a change of an appointment."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, ValidationError

from clinic.booking.models import Appointment
from clinic.booking.offered import FittedRoom
from clinic.booking.programme import Programme
from clinic.booking.rules import length_is_sound
from clinic.core.fields import Clock, Day, Minutes
from clinic.core.forms import Form, at_most
from clinic.core.times import instant_of, is_skipped, local, wall_minute


class ChangeForm(Form):
    """When, how long, with whom and where an appointment is to be."""

    therapist = SelectField(_l("Therapist"), coerce=int)
    room = SelectField(_l("Room"), coerce=int)
    on = Day(_l("Day"), [InputRequired(_l("Enter a day."))])
    at = Clock(_l("Starts at"), [InputRequired(_l("Enter from when."))])
    minutes = Minutes(_l("Minutes"), [InputRequired(_l("Enter how many minutes."))])
    reason = StringField(
        _l("Why it is done even so"), [at_most(200)], description=_l("Kept with the appointment. No health, please.")
    )
    seen = HiddenField()
    back = HiddenField()

    def __init__(self, known: Programme, appointment: Appointment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = known.location_of(appointment).zone
        self.therapist.choices = [(one.id, one.name) for one in known.therapists]
        rooms = [room for room in known.rooms if room.offered or room.id == appointment.room_id]
        named = [(room.id, _named(room, known)) for room in rooms]
        self.room.choices = [(0, _l("The same, or any that is free")), *named]

    @classmethod
    def showing(cls, known: Programme, appointment: Appointment, zone: str) -> "ChangeForm":
        """As it stands."""
        at = local(appointment.starts_at, zone)
        data = {
            "therapist": appointment.therapist_id,
            "room": 0,
            "on": at.date(),
            "at": at.time(),
            "minutes": appointment.minutes,
            "seen": appointment.version,
        }
        return cls(known, appointment, formdata=None, data=data)

    def validate_at(self, field: TimeField) -> None:
        if self.on.data and field.data and is_skipped(self.on.data, field.data, self.zone):
            raise ValidationError(_l("The clocks go forward over that time. Choose an hour later."))

    def validate_minutes(self, field: IntegerField) -> None:
        if not length_is_sound(field.data):
            raise ValidationError(_l("Enter 10 to 240 minutes, in steps of five."))

    @property
    def starts_at(self) -> datetime:
        return instant_of(wall_minute(self.on.data, self.at.data, self.zone))


def _named(room: FittedRoom, known: Programme) -> str:
    """With its place, where there are several."""
    return room.name if len(known.locations) == 1 else f"{room.name}, {known.locations[room.location_id].name}"
