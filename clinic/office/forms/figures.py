"""The shape of what is asked of the figures: which days, by week or month, and told apart by whom or what."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectChoice
from wtforms import ValidationError as Wrong
from wtforms.validators import AnyOf, DataRequired

from clinic.core.fields import Day
from clinic.core.forms import Form
from clinic.office.rules.periods import MONTH, WEEK, Period

STEPS = {WEEK: _l("Week"), MONTH: _l("Month")}
GROUPS = {"all": _l("All together"), "therapist": _l("Therapist"), "treatment": _l("Treatment")}
MOST_DAYS = 3 * 366


class FiguresForm(Form):
    """Sent as an address, so that it can be kept and sent to somebody."""

    first = Day(_l("From"), [DataRequired(_l("Enter a day."))], name="from")
    last = Day(_l("Until"), [DataRequired(_l("Enter a day."))], name="until")
    step = RadioField(
        _l("By week or month"),
        [AnyOf(list(STEPS), _l("Choose week or month."))],
        choices=[SelectChoice(*one) for one in STEPS.items()],
        validate_choice=False,
    )
    by = RadioField(
        _l("Split by"),
        [AnyOf(list(GROUPS), _l("Choose one of these."))],
        choices=[SelectChoice(*one) for one in GROUPS.items()],
        validate_choice=False,
    )

    def validate_last(self, field: Field) -> None:
        if not self.first.data or not field.data:
            return
        if field.data < self.first.data:
            raise Wrong(_("Enter a day that is not before the first."))
        if self.period().days > MOST_DAYS:
            raise Wrong(_("Enter at most three years at once."))

    def period(self) -> Period:
        return Period(self.first.data, self.last.data)
