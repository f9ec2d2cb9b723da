"""The shape of a check before a visit."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, StringField, TextAreaField
from wtforms.validators import Optional

from clinic.core.forms import Form, Ticks, at_most
from clinic.health import wording
from clinic.health.rules import WORDS_LENGTH, Check, check_refusals
from clinic.health.wording import CHANGED, NOW, TODAY, Line


class CheckForm(Form):
    """Has anything changed: three groups of ticks, and a word. One button says that nothing has."""

    changed = Ticks(wording.GROUPS[CHANGED])
    today = Ticks(wording.GROUPS[TODAY])
    now = Ticks(wording.GROUPS[NOW])
    words = TextAreaField(_l("What has changed, in a few words"), [Optional(), at_most(WORDS_LENGTH)])
    unchanged = StringField()

    def __init__(self, red_flags: Mapping[str, Line], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines: dict[str, Line] = {**wording.CHANGES, **wording.TODAYS, **red_flags}
        for field, lines in ((self.changed, wording.CHANGES), (self.today, wording.TODAYS), (self.now, red_flags)):
            field.choices = [SelectChoice(code, words) for code, (words, _) in lines.items()]

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
