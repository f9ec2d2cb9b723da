"""The shape of a preset: what the register's form is filled in with, how it maps to a level, and how that is known."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Regexp

from clinic.core.fields import Whole
from clinic.core.forms import at_most
from clinic.core.setting import CHOOSE, NEEDED, Chosen, SettingForm, between
from clinic.qualifications.forms import page_of_register
from clinic.qualifications.presets import Preset, preset_of
from clinic.qualifications.rules import RQF_OF
from clinic.qualifications.wording import DISCIPLINES, FRAMEWORKS, KINDS, SKILLS

AN_HOUR = 60
LEAST, MOST = ("discipline", "general", "ethics"), ("self_care",)
A_THIRD = "1/3"


class PresetForm(SettingForm):
    words = StringField(_l("What it is called"), [DataRequired(NEEDED), at_most(160)])
    kind = SelectField(
        _l("Kind"),
        choices=[SelectChoice(code, one) for code, (one, _of) in KINDS.items()],
        invalid_choice_message=CHOOSE,
    )
    country = StringField(
        _l("Country"),
        [Regexp(r"([A-Za-z]{2})?$", message=_l("Enter two letters, such as GB."))],
        description=_l("Two letters, such as GB. Empty: anywhere."),
    )
    discipline, skill = Chosen(_l("In what?")), Chosen(_l("A training in"))
    framework = Chosen(_l("Framework of its level"))
    level = Whole(_l("Level"), between(1, 12, empty=True), description=_l("On that framework's own scale."))
    meets_level = Whole(
        _l("Meets level"),
        between(1, 8, empty=True),
        description=_l("On the scale from 1 to 8, proposed to whoever checks. Empty: it stands for none by itself."),
    )
    source = TextAreaField(
        _l("How is that known?"), [DataRequired(NEEDED), at_most(300)], description=_l("A law, a register, a page.")
    )
    mark = BooleanField(_l("Somebody read this source"))
    body = StringField(_l("Awarding body"), [at_most(160)])
    examples = StringField(_l("Examples of bodies"), [at_most(300)], description=_l("With commas between them."))
    jurisdiction = StringField(_l("State or province"), [at_most(60)])
    register_url = StringField(
        _l("Where it can be looked up"), [at_most(300), page_of_register], description=_l("Begins with https://")
    )
    number_like = StringField(_l("A number looks like"), [at_most(40)], description=_l("Such as 601/5566/8."))

    years = Whole(_l("Counted over, in years"), between(1, 5, empty=True), description=_l("Empty: it asks for none."))
    hours = Whole(_l("Hours in all"), between(1, 500, empty=True))
    least_discipline = Whole(_l("Of one's own discipline, at least"), between(0, 500, empty=True))
    least_general = Whole(_l("General, at least"), between(0, 500, empty=True))
    least_ethics = Whole(_l("Ethics, at least"), between(0, 500, empty=True))
    most_self_care = Whole(_l("Self-care, at most"), between(0, 500, empty=True))
    another_discipline = Whole(_l("More for each further discipline"), between(0, 500, empty=True))
    most_of_one = BooleanField(_l("One activity counts for a third at most"))

    def __init__(self, *args: Any, found: Preset | None = None, **more: Any) -> None:
        super().__init__(*args, data=_as_typed(found) if found else {"mark": False}, **more)
        there = {"discipline": DISCIPLINES, "skill": SKILLS, "framework": FRAMEWORKS}
        for name, words in there.items():
            kept = getattr(found, name, "")
            choices = {**({kept: kept} if kept else {}), **words}
            self[name].offer(choices.items(), _l("None of these"))

    def preset(self, code: str, *, hidden: bool) -> Preset:
        """What was typed, in the shape of the file."""
        named = ("words", "kind", "source", "body", "jurisdiction", "register_url", "number_like")
        raw = {name: self[name].data or "" for name in (*named, "discipline", "skill", "framework")}
        numbers = {name: self[name].data for name in ("level", "meets_level")}
        examples = [one for name in (self.examples.data or "").split(",") if (one := name.strip())]
        rest = {"country": (self.country.data or "").upper(), "mark": "S" if self.mark.data else "K", "hidden": hidden}
        return preset_of(code, {**raw, **numbers, **rest, "examples": examples, "education": self._education()})

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then all together."""
        fine = bool(super().validate(extra_validators))
        together = [self._level_is_sound(), self._education_is_sound()]
        return fine and all(together)

    def label_of(self, name: str) -> str:
        return str({"education": _("Continuing education"), "hidden": _("Hidden")}.get(name) or super().label_of(name))

    def in_words(self, name: str, value: Any) -> str:
        if name == "mark":
            return super().in_words(name, value == "S")
        if name == "education":
            return _education_words(value or {})
        if name == "hidden":
            return super().in_words(name, bool(value))
        return ", ".join(value) if name == "examples" and value else super().in_words(name, value)

    def _level_is_sound(self) -> bool:
        levels = RQF_OF.get(self.framework.data or "")
        if self.level.data is None or self.level.errors or (levels and self.level.data in levels):
            return True
        if not levels:
            return self.wrong(self.level, _("A level needs a framework that has levels."))
        named = {"least": min(levels), "most": max(levels)}
        return self.wrong(self.level, _("Its levels are %(least)d to %(most)d.", **named))

    def _education_is_sound(self) -> bool:
        """Years and hours go together, and the parts fit into the whole."""
        if bool(self.years.data) != bool(self.hours.data):
            wrong = self.hours if self.years.data else self.years
            return self.wrong(wrong, _("Enter both: so many hours in so many years."))
        parts = sum(self[f"least_{name}"].data or 0 for name in LEAST)
        return parts <= (self.hours.data or 0) or self.wrong(self.hours, _("Its parts add up to more than that."))

    def _education(self) -> dict[str, Any]:
        if not self.years.data or not self.hours.data:
            return {}
        least = {name: hours * AN_HOUR for name in LEAST if (hours := self[f"least_{name}"].data)}
        most = {name: hours * AN_HOUR for name in MOST if (hours := self[f"most_{name}"].data) is not None}
        asked = {"years": self.years.data, "minutes": self.hours.data * AN_HOUR, "least": least, "most": most}
        more = {"most_of_one": A_THIRD if self.most_of_one.data else None}
        further = (self.another_discipline.data or 0) * AN_HOUR
        return {name: value for name, value in {**asked, **more, "another_discipline": further}.items() if value}


def _education_words(asked: Mapping[str, Any]) -> str:
    if not asked:
        return str(_("nothing"))
    hours = asked["minutes"] // AN_HOUR
    return str(ngettext("%(hours)d hours a year", "%(hours)d hours in %(num)d years", asked["years"], hours=hours))


def _as_typed(found: Preset) -> dict[str, Any]:
    asked: Mapping[str, Any] = found.education
    hours = {
        **{f"least_{name}": minutes // AN_HOUR for name, minutes in asked.get("least", {}).items()},
        **{f"most_{name}": minutes // AN_HOUR for name, minutes in asked.get("most", {}).items()},
        "years": asked.get("years"),
        "hours": asked["minutes"] // AN_HOUR if asked else None,
        "another_discipline": asked.get("another_discipline", 0) // AN_HOUR or None,
        "most_of_one": bool(asked.get("most_of_one")),
    }
    return {**vars(found), **hours, "mark": found.mark == "S", "examples": ", ".join(found.examples)}
