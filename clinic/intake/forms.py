from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from clinic.core.forms import Form, Ticks
from clinic.intake import wording
from clinic.intake.rules import NONE_OF_THESE, PAGE, SafetyRule, unanswered


class ScreeningForm(Form):
    """The safety page: three groups of questions of the safety list, nothing ticked beforehand."""

    now = Ticks(wording.GROUPS["now"])
    tummy = Ticks(wording.GROUPS["tummy"])
    who = Ticks(wording.GROUPS["who"])

    def __init__(self, *args: Any, rules: Sequence[SafetyRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in PAGE:
            asked = [SelectChoice(rule.id, rule.question) for rule in rules if rule.asked and rule.group == group]
            self[group].choices = [*asked, SelectChoice(NONE_OF_THESE, _l("None of these"))]

    def ticks(self) -> list[str]:
        """All that is ticked, without the "None of these"."""
        return [code for group in PAGE for code in self[group].data or [] if code != NONE_OF_THESE]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        for group, wrong in unanswered({name: self[name].data or [] for name in PAGE}).items():
            self[group].errors = [str(wording.GROUP_ERRORS[wrong]) % {"group": wording.GROUPS[group]}]
            valid = False
        return valid
