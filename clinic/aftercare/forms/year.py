"""The year somebody was born in: as the therapist sets it, and as the client types it."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import TextInput

from clinic.core.fields import Whole
from clinic.core.forms import Form

FIRST, YOUNGEST = 1900, 5  # the first year, and how old somebody is at least
LIKE = _l("Enter a year with four digits, such as 1980.")


class Year(Whole):
    """Four digits, typed as text."""

    widget = TextInput()
    unreadable = LIKE


class YearForm(Form):
    """A year in which somebody who has a plan can have been born."""

    year = Year(_l("Year of birth"), [InputRequired(LIKE)])

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.year.validators = [InputRequired(LIKE), NumberRange(FIRST, today.year - YOUNGEST, LIKE)]
