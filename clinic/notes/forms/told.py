"""What a client is asked before a visit: six questions on one page, none of which has to be answered."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.core.forms import Form
from clinic.notes.forms.measures import global_change, pain_scale, read, score, whole
from clinic.notes.rules.asking import ASKED

NO_ANSWER = _l("no answer")


class ToldForm(Form):
    pain_on_arrival = pain_scale(_l("Pain right now"), _l("0 is none, 10 is the worst you can think of."), NO_ANSWER)
    pain_worst = pain_scale(_l("The worst it was in the last week"), none=NO_ANSWER)
    pain_average = pain_scale(_l("How it was on most days of the last week"), none=NO_ANSWER)
    hours_seated = score("hours_seated", _l("Hours you sit on a usual day"))
    practice_days = score(
        "practice_days",
        _l("Days you did your exercises in the last week"),
        _l("0 to 7. Leave it empty if you have none to do."),
    )
    global_change = global_change(
        _l("How is it since you first came to us?"), _l("Leave it out before your first visit."), NO_ANSWER
    )

    @property
    def scales(self) -> list[Any]:
        return [self.pain_on_arrival, self.pain_worst, self.pain_average]

    def answers(self) -> dict[str, float]:
        """What was answered, by the id of each measure."""
        said = {
            name: read(self[name]) if name in {"hours_seated", "practice_days"} else whole(self[name]) for name in ASKED
        }
        return {name: value for name, value in said.items() if value is not None}

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if valid and not self.answers():
            self.form_errors.append(_("Answer one of these. The others can stay empty."))
            return False
        return valid
