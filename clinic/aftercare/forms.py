from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import AnyOf, Optional

from clinic.core.forms import Form

PAINS = tuple(str(pain) for pain in range(11))


class PracticeForm(Form):
    """How it went today. Pain may stay open."""

    pain = RadioField(
        _l("Pain while you did it"),
        [Optional()],
        choices=[SelectChoice(pain, pain) for pain in PAINS],
        validate_choice=False,
        description=_l("0 is none, 10 the worst you can think of."),
    )
    told = StringField(validators=[AnyOf(("done", "numb"), _l("Press “Done today” once you have done it."))])

    def validate_pain(self, field: RadioField) -> None:
        if field.data and field.data not in PAINS:
            raise ValidationError(_l("Choose a number from 0 to 10, or none."))
