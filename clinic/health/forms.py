"""The shape of a check before a visit, and of what a therapist puts aside."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectChoice, StringField, TextAreaField
from wtforms import ValidationError as Wrong
from wtforms.validators import AnyOf, Optional

from clinic.core.fields import Day
from clinic.core.forms import Form, Ticks, at_most
from clinic.health import wording
from clinic.health.rules import PAINKILLER, WORDS_LENGTH, Check, check_refusals, of_the_day, red_flags
from clinic.health.wording import CHANGED, NOW, TODAY, Line
from clinic.intake.rules import SafetyRule


class CheckForm(Form):
    """Has anything changed: three groups of ticks, and a word. One button says that nothing has."""

    changed = Ticks(wording.GROUPS[CHANGED])
    today = Ticks(wording.GROUPS[TODAY])
    now = Ticks(wording.GROUPS[NOW])
    words = TextAreaField(_l("What has changed, in a few words"), [Optional(), at_most(WORDS_LENGTH)])
    unchanged = StringField()

    def __init__(self, safety: Sequence[SafetyRule], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        today = {PAINKILLER: (wording.PAINKILLER, ()), **_lines(of_the_day(safety))}
        asked = {CHANGED: wording.CHANGES, TODAY: today, NOW: _lines(red_flags(safety))}
        self.lines: dict[str, Line] = {code: line for lines in asked.values() for code, line in lines.items()}
        for name, lines in asked.items():
            self[name].choices = [SelectChoice(code, words) for code, (words, _) in lines.items()]

    @property
    def groups(self) -> list[Any]:
        """In the order in which they are asked."""
        return [self.changed, self.today, self.now]

    def check(self) -> Check:
        """What was answered, without ticks that no box sends."""
        ticked = frozenset(code for field in (self.today, self.now) for code in field.data or () if code in self.lines)
        return Check(ticked, frozenset(self.changed.data or ()) & set(wording.CHANGES), self.words.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        refused = check_refusals(self.check(), unchanged=bool(self.unchanged.data))
        self.form_errors.extend(wording.sentence(one) for one in refused)
        return valid and not refused


class ClearanceForm(Form):
    """What is put aside, how, and until when. A letter comes along as a file."""

    reason = Ticks(_l("What do you put aside?"))
    way = RadioField(_l("How?"), [AnyOf(list(wording.WAYS), _l("Say how."))], validate_choice=False)
    note = TextAreaField(
        _l("What was said"), [Optional(), at_most(WORDS_LENGTH)], description=_l("Sealed: only therapists read it.")
    )
    good_until = Day(
        _l("Good until"), [Optional()], description=_l("Its last good day. Empty: until you take it back.")
    )

    def __init__(self, reasons: Mapping[str, str], today: date, **kwargs: Any) -> None:
        """`reasons` are those that may be put aside, by the id of their row."""
        super().__init__(**kwargs)
        self.reason.choices = [SelectChoice(code, words) for code, words in reasons.items()]
        self.way.choices = [SelectChoice(code, words) for code, words in wording.WAYS.items()]
        self.today = today

    def validate_good_until(self, field: Field) -> None:
        if field.data and field.data < self.today:
            raise Wrong(_("Enter a day that is still to come."))


def _lines(rules: Sequence[SafetyRule]) -> dict[str, Line]:
    return {rule.id: (rule.question, rule.examples) for rule in rules}
