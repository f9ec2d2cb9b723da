from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from clinic.core.forms import Form, Ticks
from clinic.intake import wording
from clinic.intake.rules import GROUPS, NONE_OF_THESE, QUESTIONS, unanswered


def _group(name: str) -> Ticks:
    choices = [SelectChoice(q.code, wording.QUESTIONS[q.code][0]) for q in QUESTIONS if q.group == name]
    return Ticks(wording.GROUPS[name], choices=[*choices, SelectChoice(NONE_OF_THESE, _l("None of these"))])


class ScreeningForm(Form):
    """The safety page: three groups, nothing ticked beforehand."""

    now = _group("now")
    tummy = _group("tummy")
    who = _group("who")

    def ticks(self) -> list[str]:
        """All that is ticked, without the "None of these"."""
        return [code for group in GROUPS for code in self[group].data or [] if code != NONE_OF_THESE]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        for group, wrong in unanswered({name: self[name].data or [] for name in GROUPS}).items():
            self[group].errors = [str(wording.GROUP_ERRORS[wrong]) % {"group": wording.GROUPS[group]}]
            valid = False
        return valid
