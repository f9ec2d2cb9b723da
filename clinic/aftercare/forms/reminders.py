"""When a client means to practise."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice
from wtforms.validators import InputRequired

from clinic.booking.wording import weekday
from clinic.core.fields import Clock
from clinic.core.forms import Form, Ticks


class ReminderForm(Form):
    """Days of the week, a time of day, and whether a mail is wanted then."""

    weekdays = Ticks(
        _l("On which days?"),
        [InputRequired(_l("Choose a day, at least one."))],
        coerce=int,
        description=_l("A day of rest in between does good."),
    )
    at = Clock(_l("At what time?"), [InputRequired(_l("Enter a time, such as 08:00."))])
    by_mail = BooleanField(_l("Send me a mail then"), description=_l("None on a day that you have told us of already."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekdays.choices = [SelectChoice(day, weekday(day)) for day in range(7)]
