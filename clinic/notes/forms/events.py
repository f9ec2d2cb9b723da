"""What happened during a visit: that they agreed aloud, and what made the therapist stop.

Both are one tap on a big button. Without a script the button saves the draft, and `heed_buttons` does what it says.
"""

from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, StringField, ValidationError

from clinic.core.forms import Form
from clinic.notes.rules import Content, Stop
from clinic.notes.rules.events import MOST_STOPS, STOPS, wall_time

LONGEST = 300


class StopForm(Form):
    """One row: what it was, when, and what was done about it."""

    kind = HiddenField()
    at = StringField()
    done = StringField()


class EventsPart(Form):
    asked_again = BooleanField(_l("They said yes, asked aloud"))
    asked_again_at = HiddenField()
    stops = FieldList(FormField(StopForm), max_entries=MOST_STOPS)
    agreed = StringField()
    stop = StringField()
    stop_away = StringField()

    def heed_buttons(self, at: str, name: str) -> None:
        """Do what a big button says. `at`: the time on the wall, 14:05; `name`: of the therapist, who asked."""
        if self.agreed.data:
            self.asked_again.data = self.agreed.data == "yes"
            self.asked_again_at.data = f"{at}, {name}" if self.asked_again.data else ""
        if self.stop.data in STOPS and len(self.stops) < MOST_STOPS:
            self.stops.append_entry({"kind": self.stop.data, "at": at, "done": ""})
        for index in [number for number, row in enumerate(self.stops) if row.name == self.stop_away.data]:
            self.stops.pop_entry(index)

    def validate_stops(self, field: FieldList) -> None:
        """What is wrong with a row, said of all of them: the rows around it are kept."""
        for row in field:
            if row.kind.data not in STOPS:
                raise ValidationError(_l("Say what made you stop."))
            if row.at.data and wall_time(row.at.data) is None:
                raise ValidationError(_l("Enter when you stopped as a time, such as 14:05."))
            if len(row.done.data or "") > LONGEST:
                raise ValidationError(_l("Shorten what you did when you stopped to 300 characters."))


def said(form: Any) -> dict[str, Any]:
    asked = bool(form.asked_again.data)
    return {
        "asked_again": asked,
        "asked_again_at": (form.asked_again_at.data or "")[:60] if asked else "",
        "stops": tuple(_stop(row) for row in form.stops if row.kind.data in STOPS),
    }


def _stop(row: Any) -> Stop:
    return Stop(row.kind.data, wall_time(row.at.data or "") or "", row.done.data or "")


def kept(content: Content) -> dict[str, Any]:
    return {
        "asked_again": content.asked_again,
        "asked_again_at": content.asked_again_at,
        "stops": [asdict(stop) for stop in content.stops],
    }
