"""The shape of an activity of continuing education."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms import ValidationError as Wrong
from wtforms.validators import DataRequired, InputRequired, Optional

from clinic.core.fields import Day, Whole
from clinic.core.forms import Form, at_most
from clinic.qualifications.education_words import CATEGORIES
from clinic.qualifications.operations.education import Learned
from clinic.qualifications.wording import DISCIPLINES

MOST_HOURS = 1000
LONGEST = 4000


class LearnedForm(Form):
    """What was done, when, with whom and for how long; and what the therapist takes from it."""

    title = StringField(_l("What was it?"), [DataRequired(_l("Enter what it was.")), at_most(160)])
    done_on = Day(
        _l("Day"), [InputRequired(_l("Enter the day."))], description=_l("The last one, if it went over several.")
    )
    hours = Whole(_l("Hours"), [Optional()])
    minutes = Whole(_l("Minutes"), [Optional()])
    category = RadioField(
        _l("What does it count for?"),
        [InputRequired(_l("Choose what it counts for."))],
        choices=[SelectChoice(code, name) for code, name in CATEGORIES.items()],
        validate_choice=False,
    )
    discipline = SelectField(
        _l("In which discipline?"),
        [Optional()],
        choices=[SelectChoice("", _l("None in particular")), *map(SelectChoice, DISCIPLINES, DISCIPLINES.values())],
        validate_choice=False,
        default="",
    )
    provider = StringField(_l("Who gave it?"), [Optional(), at_most(160)])
    provider_no = StringField(_l("Their provider number"), [Optional(), at_most(40)])
    reflection = TextAreaField(
        _l("What do you take from it?"),
        [Optional(), at_most(LONGEST)],
        description=_l("For yourself, and for the paper of an audit. Nobody else at the clinic reads it."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @classmethod
    def showing(cls, learned: Learned, today: date) -> "LearnedForm":
        """What stands in the log, to be put right."""
        hours, minutes = divmod(learned.minutes, 60)
        return cls(formdata=None, data={**vars(learned), "hours": hours, "minutes": minutes}, today=today)

    def learned(self) -> Learned:
        return Learned(
            done_on=self.done_on.data,
            title=self.title.data,
            minutes=self._length(),
            category=self.category.data,
            discipline=self.discipline.data or "",
            provider=self.provider.data or "",
            provider_no=self.provider_no.data or "",
            reflection=self.reflection.data or "",
        )

    def validate_done_on(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise Wrong(_("Enter it once it is done: this day is still to come."))

    def validate_category(self, field: Field) -> None:
        if field.data not in CATEGORIES:
            raise Wrong(_("Choose what it counts for."))

    def validate_discipline(self, field: Field) -> None:
        if field.data and field.data not in DISCIPLINES:
            raise Wrong(_("Choose one of these disciplines."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then hours and minutes together."""
        sound = bool(super().validate(extra_validators))
        if self.hours.errors or self.minutes.errors:
            return False
        wrong = self._wrong_length()
        if wrong:
            self.hours.errors = [*self.hours.errors, wrong]
        return sound and not wrong

    def _length(self) -> int:
        return (self.hours.data or 0) * 60 + (self.minutes.data or 0)

    def _wrong_length(self) -> str:
        if (self.hours.data or 0) < 0 or not 0 <= (self.minutes.data or 0) < 60:
            return str(_("Enter hours, and minutes from 0 to 59."))
        if self._length() == 0:
            return str(_("Enter how long it took."))
        if self._length() > MOST_HOURS * 60:
            return str(_("Enter %(hours)d hours at most.", hours=MOST_HOURS))
        return ""
