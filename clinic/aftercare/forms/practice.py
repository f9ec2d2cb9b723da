"""What a client tells about a day."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    RadioField,
    SelectChoice,
    StringField,
    ValidationError,
)
from wtforms.validators import AnyOf, Optional

from clinic.aftercare import wording
from clinic.aftercare.operations import Told
from clinic.core.forms import Form

PAINS = tuple(str(pain) for pain in range(11))
SETTLED = {"yes": True, "no": False}


def _pain(label: str, description: str) -> RadioField:
    choices = [SelectChoice(pain, pain) for pain in PAINS]
    return RadioField(label, [Optional()], choices=choices, validate_choice=False, description=description)


class PracticeForm(Form):
    """How it went today. All but the button that was pressed may stay open."""

    pain = _pain(_l("Pain while you did it"), _l("0 is none, 10 the worst you can think of."))
    pain_after = _pain(_l("Pain afterwards, or later in the day"), _l("If you know it by now."))
    felt = RadioField(
        _l("How was it for you?"),
        [Optional()],
        choices=[SelectChoice(*one) for one in wording.FELT.items()],
        validate_choice=False,
    )
    settled = StringField(validators=[Optional(), AnyOf(SETTLED, _l("Press “Yes” or “Not yet”."))])
    told = StringField(validators=[AnyOf(("done", "told", "numb"), _l("Press “Done today” once you have done it."))])

    def validate_pain(self, field: RadioField) -> None:
        if field.data and field.data not in PAINS:
            raise ValidationError(_l("Choose a number from 0 to 10, or none."))

    def validate_pain_after(self, field: RadioField) -> None:
        self.validate_pain(field)

    def validate_felt(self, field: RadioField) -> None:
        if field.data and field.data not in wording.FELT:
            raise ValidationError(_l("Choose one of the three, or none."))

    @property
    def is_numb(self) -> bool:
        """That something new is numb or weak counts whatever else was typed."""
        return bool(self.told.data == "numb")

    def answers(self) -> Told:
        """Once it is valid."""
        pain, after = (int(one.data) if one.data else None for one in (self.pain, self.pain_after))
        settled = SETTLED.get(self.settled.data)
        return Told(self.told.data == "done", pain, after, self.felt.data or "", settled)
