"""The shape of a row of the safety list, of its signing off, and of the bench."""

import re
import unicodedata
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired
from wtforms.widgets import HiddenInput

from clinic.core.fields import Whole
from clinic.core.forms import Form, Ticks, at_most
from clinic.core.setting import CHOOSE, NEEDED
from clinic.intake.rules import GROUPS, TIERS, SafetyRule
from clinic.intake.wording import GROUPS as HEADINGS
from clinic.office.safety_words import TIER_WORDS

TIER_CHOICES = [SelectChoice(tier, TIER_WORDS[tier]) for tier in TIERS]
MOST_EXAMPLES = 12
WHY = _l("Why is it changed?")


class VersionForm(Form):
    """Whatever makes another version says why, and which version the page showed."""

    reason = StringField(WHY, [DataRequired(_l("Say why: it is kept with the change.")), at_most(300)])
    seen = Whole(widget=HiddenInput(), default=-1)


class RowForm(VersionForm):
    """A row of the list, for an owner to change or to add. What it follows from is not theirs to change."""

    group = SelectField(
        _l("Where it is asked"),
        choices=[SelectChoice(group, HEADINGS[group]) for group in GROUPS],
        invalid_choice_message=CHOOSE,
    )
    question = TextAreaField(_l("What the client ticks"), [at_most(300)])
    examples = TextAreaField(_l("Examples under it"), [at_most(1000)], description=_l("One on each line."))
    short = StringField(
        _l("In short, for the therapist"), [DataRequired(NEEDED), at_most(120)], description=_l("On the card.")
    )
    massage = Ticks(_l("For every massage"), choices=TIER_CHOICES)
    deep = Ticks(_l("For deep tummy work besides"), choices=TIER_CHOICES)
    absolute = BooleanField(_l("No call and no letter lifts it for deep tummy work"))
    action = TextAreaField(
        _l("What the therapist does"),
        [DataRequired(NEEDED), at_most(300)],
        description=_l("An action, never the name of an illness."),
    )
    source = TextAreaField(_l("How is that known?"), [DataRequired(NEEDED), at_most(400)])
    checked = BooleanField(_l("Somebody read this source"))

    def __init__(self, *args: Any, asked: bool = True, **more: Any) -> None:
        """`asked`: it has a question of its own."""
        super().__init__(*args, **more)
        self.asked = asked

    @classmethod
    def showing(cls, rule: SafetyRule | None, seen: int) -> "RowForm":
        """A page of this row; an empty one for a row to be added."""
        if rule is None:
            return cls(formdata=None, data={"seen": seen, "group": "general"})
        typed = {**vars(rule), "examples": "\n".join(rule.examples), "checked": rule.checked == "S", "seen": seen}
        return cls(formdata=None, data=typed)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; then a row that is asked needs its question, and must lead to something."""
        fine = bool(super().validate(extra_validators))
        if self.asked and not self.question.data:
            self.question.errors = [_("Write what the client is asked.")]
            fine = False
        if not (self.massage.data or self.deep.data):
            self.massage.errors = [_("Choose what follows from it.")]
            fine = False
        if len(self.lines()) > MOST_EXAMPLES:
            self.examples.errors = [_("Keep it to %(most)d examples.", most=MOST_EXAMPLES)]
            fine = False
        return fine

    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in (self.examples.data or "").splitlines() if line.strip())

    def changed(self, rule: SafetyRule) -> SafetyRule:
        """The row as typed. Where it stands in the list, and what it follows from, stay."""
        return replace(
            rule,
            question=self.question.data or "" if rule.asked else "",
            examples=self.lines(),
            short=self.short.data,
            massage=_in_order(self.massage.data),
            deep=_in_order(self.deep.data),
            absolute=bool(self.absolute.data),
            action=self.action.data,
            source=self.source.data,
            checked="S" if self.checked.data else "K",
        )

    def added(self, taken: set[str]) -> SafetyRule:
        """A row of the clinic's own, with an id that none has."""
        name = own_id(self.short.data, taken)
        blank = SafetyRule(name, self.group.data, "?", "", name, (), (), False, (), "", (), "", "K")
        return self.changed(blank)


class SignOffForm(Form):
    """Who stands for the list."""

    approved_by = StringField(
        _l("Signed off by"),
        [DataRequired(_l("Name the clinician who signed it off.")), at_most(160)],
        description=_l("Name and profession, such as Dr Jo Field, physiotherapist."),
    )
    weaker_seen = BooleanField(_l("They have seen what is weaker than before"))
    seen = Whole(widget=HiddenInput(), default=-1)


class BenchForm(Form):
    """What an invented client tells, and what they come for. Nothing of it is kept."""

    treatment = SelectField(_l("Treatment"), invalid_choice_message=CHOOSE)
    told = Ticks(_l("What they tell"))


def own_id(words: str, taken: set[str]) -> str:
    """An id of the clinic's own, made from words: own_sore_ears, own_sore_ears_2."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = "own_" + (re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or "row")
    numbered = (f"{name}_{n}" for n in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _in_order(tiers: list[str] | None) -> tuple[str, ...]:
    return tuple(tier for tier in TIERS if tier in (tiers or []))
