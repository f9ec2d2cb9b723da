"""What is said when somebody comes for a trouble no more."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from clinic.core.forms import Form, at_most
from clinic.notes.wording.episodes import CLOSINGS


class ClosingForm(Form):
    """A discharge in three lines: why, how they are, and what they were advised."""

    reason = StringField(
        CLOSINGS["reason"],
        [DataRequired(_l("Write why it is closed.")), at_most(300)],
        description=_l("Such as: they reached what they wanted, or went on to somebody else."),
    )
    status = TextAreaField(CLOSINGS["status"], [Optional(), at_most(1000)])
    advice = TextAreaField(CLOSINGS["advice"], [Optional(), at_most(1000)])

    def closing(self) -> dict[str, str]:
        return {"reason": self.reason.data, "status": self.status.data or "", "advice": self.advice.data or ""}
