"""The shape of something to do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectChoice, SelectField
from wtforms import ValidationError as Wrong
from wtforms.validators import AnyOf, DataRequired, InputRequired

from clinic.booking import wording
from clinic.core.fields import Clock, Day
from clinic.core.forms import Form
from clinic.core.times import instant_of, wall_minute


class TodoForm(Form):
    """What somebody is to do about a client, who, and by when."""

    task = RadioField(_l("What to do?"), [AnyOf(list(wording.TODOS), _l("Choose what to do."))], validate_choice=False)
    owner = SelectField(_l("Who?"), coerce=int, validate_choice=False)
    day = Day(_l("By which day?"), [DataRequired(_l("Enter a day."))])
    time = Clock(_l("and what time?"), [InputRequired(_l("Enter a time."))])

    def __init__(self, *args: Any, owners: Mapping[int, str], zone: str, now: datetime, **kwargs: Any) -> None:
        """`owners` are whoever may be asked, by account."""
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.task.choices = [SelectChoice(code, wording.task(code)) for code in wording.TODOS]
        self.owner.choices = [SelectChoice(key, name) for key, name in owners.items()]
        self.owners = owners

    @property
    def due_at(self) -> datetime:
        return instant_of(wall_minute(self.day.data, self.time.data, self.zone))

    def validate_owner(self, field: Field) -> None:
        if field.data not in self.owners:
            raise Wrong(_("Choose who does it."))

    def validate_time(self, field: Field) -> None:
        if self.day.data and field.data and self.due_at <= self.now:
            raise Wrong(_("Enter a time that is still to come."))
