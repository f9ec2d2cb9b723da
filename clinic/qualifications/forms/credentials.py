"""The shape of a credential, each kind with its own fields and a sentence for whatever is not right."""

from collections.abc import Iterable, Mapping
from typing import Any

from babel.numbers import get_currency_precision
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectChoice, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional

from clinic.core.fields import Day, Whole
from clinic.core.forms import Ticks, at_most
from clinic.core.setting import NEEDED, Chosen, SettingForm, between
from clinic.qualifications.field_words import label
from clinic.qualifications.models import Credential
from clinic.qualifications.presets import Preset
from clinic.qualifications.rules import FIELDS, LICENCES, RQF_OF, is_qualification_no, is_web_address
from clinic.qualifications.wording import ACTIVITIES, DISCIPLINES, FRAMEWORKS, SKILLS

MOST_COVER = 20_000_000  # of the clinic's money: a column counts so far in pence
FROM_PRESET = ("discipline", "framework", "level", "skill", "body", "jurisdiction", "register_url")
CARRIED = ("kind", "preset", "revision")  # in hidden fields


def page_of_register(_form: Any, field: StringField) -> None:
    """Where a register can be looked up; empty where it cannot."""
    if field.data and not is_web_address(field.data):
        raise ValidationError(_("Enter an address such as https://www.example.org/register."))


class CredentialForm(SettingForm):
    title = StringField(validators=[DataRequired(NEEDED), at_most(160)], description=_l("As the paper says."))
    skill = Chosen("")
    discipline = Chosen("")
    framework = Chosen("")
    level = Whole(validators=between(1, 12, empty=True), description=_l("On that framework's own scale."))
    body = StringField(validators=[at_most(160)])
    qualification_no = StringField(validators=[at_most(40)])
    number = StringField(validators=[at_most(60)])
    register_no = StringField(validators=[at_most(60)])
    register_url = StringField(
        validators=[at_most(300), page_of_register],
        description=_l("The page on which anybody can look it up. Begins with https://"),
    )
    jurisdiction = StringField(validators=[at_most(60)])
    hours = Whole(validators=between(1, 20_000, empty=True))
    distance_learning = BooleanField()
    activities = Ticks(description=_l("Tick what the policy names. A treatment is covered only if it is named here."))
    cover_minor = StringField(validators=[at_most(20)])
    starts_on = Day(validators=[InputRequired(_l("Enter the day."))])
    expires_on = Day(validators=[Optional()])
    shown = BooleanField()
    kind, preset, revision = HiddenField(), HiddenField(), HiddenField()

    def __init__(
        self,
        *args: Any,
        kind: str,
        currency: str,
        found: Credential | None = None,
        preset: Preset | None = None,
        **more: Any,
    ) -> None:
        """A kind's own fields: as they stand in `found`, or filled in from a preset, or empty."""
        filled = _as_typed(found, currency) if found else _of_preset(preset)
        super().__init__(*args, data={**filled, "kind": kind}, **more)
        self._kind, self.currency = kind, currency
        for name in [field.name for field in self if field.name not in {*FIELDS[kind], *CARRIED}]:
            del self[name]
        for name in FIELDS[kind]:
            self[name].label.text = label(kind, name)
        self._offer(found)
        self._hint(preset)

    def values(self) -> dict[str, Any]:
        """What to put into the row; which kind it is and how often it was changed is not the form's to say."""
        values = {name: value for name, value in super().values().items() if name not in CARRIED}
        words: dict[str, Any] = {
            name: values[name] or "" for name in ("skill", "discipline", "framework") if name in values
        }
        numbers = {"qualification_no": self._qualification_no} if "qualification_no" in values else {}
        cover = {"cover_minor": self._cover} if "cover_minor" in values else {}
        ticked = {"activities": self._ticked} if "activities" in values else {}
        return {**values, **words, **numbers, **cover, **ticked}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then all together."""
        fine = bool(super().validate(extra_validators))
        together = [self._level_is_sound(), self._number_is_sound(), self._cover_is_sound(), self._days_are_sound()]
        return fine and all(together)

    def _level_is_sound(self) -> bool:
        """A level says nothing without its framework, nor a framework that has levels without one."""
        if "level" not in self or self.level.errors or self.framework.errors:
            return True
        levels = RQF_OF.get(self.framework.data or "")
        if self.level.data is None:
            return not levels or self.wrong(self.level, _("Enter the level too: a framework alone says little."))
        if not self.framework.data:
            return self.wrong(self.framework, _("Choose the framework too: a level alone says little."))
        if levels and self.level.data not in levels:
            named = {"least": min(levels), "most": max(levels)}
            return self.wrong(self.level, _("Its levels are %(least)d to %(most)d.", **named))
        return True

    def _number_is_sound(self) -> bool:
        if "qualification_no" not in self or self.framework.data != "RQF" or not self._qualification_no:
            return True
        if is_qualification_no(self._qualification_no):
            return True
        return self.wrong(self.qualification_no, _("Enter it as it is written in England: 601/5566/8."))

    def _cover_is_sound(self) -> bool:
        if "cover_minor" not in self or not self.cover_minor.data or self._cover is not None:
            return True
        return self.wrong(self.cover_minor, _("Enter a whole amount, such as 5,000,000."))

    def _days_are_sound(self) -> bool:
        starts, ends = self.starts_on.data, self.expires_on.data
        if ends is None and self._kind == "insurance" and not self.expires_on.errors:
            return self.wrong(self.expires_on, _("Enter the last day the policy is in force: every policy has one."))
        if starts and ends and ends < starts:
            return self.wrong(self.expires_on, _("Enter a day that is not before it begins."))
        return True

    @property
    def _qualification_no(self) -> str:
        return (self.qualification_no.data or "").upper()

    @property
    def _ticked(self) -> list[str]:
        """In the order of the page, so that ticking the same again changes nothing."""
        return [one.value for one in self.activities.choices if one.value in (self.activities.data or [])]

    @property
    def _cover(self) -> int | None:
        """In minor units; None where nothing was typed that can be read."""
        typed = "".join((self.cover_minor.data or "").replace(",", "").split())
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 12) or int(typed) > MOST_COVER:
            return None
        minor = int(typed) * 10 ** int(get_currency_precision(self.currency))
        return minor if minor < 2**31 else None

    def _offer(self, found: Credential | None) -> None:
        """What can be chosen, and whatever stands there already."""
        kind = self._kind
        fitting = [code for code in FRAMEWORKS if (code in LICENCES) == (kind != "qualification")]
        offered: dict[str, Mapping[str, Any]] = {
            "skill": SKILLS,
            "discipline": DISCIPLINES,
            "framework": {code: FRAMEWORKS[code] for code in fitting},
        }
        for name in offered.keys() & set(FIELDS[kind]):
            self[name].offer(_with(offered[name], [getattr(found, name)] if found else []), _l("None of these"))
        if "activities" in self:
            works = _with(ACTIVITIES, found.activities if found else [])
            self.activities.choices = [SelectChoice(*one) for one in works]

    def _hint(self, preset: Preset | None) -> None:
        if "qualification_no" in self:
            like = (preset and preset.number_like) or "601/5566/8"
            self.qualification_no.description = _l("Of the course, not of your certificate: %(like)s", like=like)
        if preset and preset.examples and "body" in self:
            self.body.description = _l("Such as %(names)s", names=", ".join(preset.examples))
        if "cover_minor" in self:
            self.cover_minor.description = _l("In %(currency)s, such as 5,000,000", currency=self.currency)


def _with(words: Mapping[str, Any], there: Iterable[str]) -> list[tuple[str, Any]]:
    return list(({one: one for one in there if one} | dict(words)).items())


def _of_preset(preset: Preset | None) -> dict[str, Any]:
    if preset is None:
        return {"shown": True}
    filled = {name: getattr(preset, name) for name in FROM_PRESET}
    return {**filled, "title": preset.words, "preset": preset.code, "shown": True}


def _as_typed(found: Credential, currency: str) -> dict[str, Any]:
    """As somebody would have typed it."""
    filled = {name: getattr(found, name) for name in (*FIELDS[found.kind], "revision")}
    if found.cover_minor is not None:
        filled["cover_minor"] = f"{found.cover_minor // 10 ** int(get_currency_precision(currency)):,}"
    return filled
