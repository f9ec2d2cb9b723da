"""The shape of a treatment: its words, what it costs, and the rules it is booked by, each told in a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from clinic.booking.rules import length_is_sound
from clinic.core.fields import Whole
from clinic.core.forms import at_most
from clinic.core.money import Money, minor_of
from clinic.core.setting import CHOOSE, NEEDED, Chosen, SettingForm, between
from clinic.office.forms.places import KINDS
from clinic.qualifications.wording import ACTIVITIES, SKILLS
from clinic.treatments.models import Treatment

LINES = range(1, 7)  # lengths that can be typed; an empty line is none
RELEASE_LEVEL = 4
RELEASE_WORKS = ("abdominal", "psoas")  # qualifications.md: an insurance has to name such work
GRIDS = (5, 10, 15, 30)


class Length(NamedTuple):
    minutes: int
    price_minor: int
    usual: bool


def lengths_of(treatment: Treatment) -> list[Length]:
    return [Length(one.minutes, one.price_minor, one.usual) for one in treatment.lengths]


class TreatmentForm(SettingForm):
    name = StringField(_l("Name"), [DataRequired(NEEDED), at_most(120)])
    words = TextAreaField(
        _l("A sentence about it"), [at_most(300)], description=_l("Under its name on the home page. Promise no cure.")
    )
    mail_name = StringField(
        _l("What mails call it"),
        [at_most(120)],
        description=_l("Others may see a mail. Empty: mails say “Your appointment”."),
    )
    position = Whole(_l("Place in the list"), between(0, 99), description=_l("The lowest number comes first."))
    usual = RadioField(_l("Usual length"), coerce=int, validate_choice=False, default=1)

    notice_minutes = Whole(
        _l("Notice, in minutes"),
        between(0, 20160),
        description=_l("Clients book no later than this before it begins. 120 is two hours."),
    )
    horizon_days = Whole(
        _l("How far ahead, in days"), between(1, 730), description=_l("Clients see no times further ahead than this.")
    )
    grid_minutes = SelectField(
        _l("Starts every"),
        coerce=int,
        choices=[SelectChoice(n, _l("%(n)d minutes", n=n)) for n in GRIDS],
        invalid_choice_message=CHOOSE,
        description=_l("15 means on the hour, at quarter past, half past and quarter to."),
    )
    packed = BooleanField(
        _l("Keep days packed"),
        description=_l("Only times next to another appointment, or at a day's ends, are offered."),
    )
    needs_approval = BooleanField(
        _l("The therapist says yes first"), description=_l("A booking stands only once its therapist has agreed to it.")
    )
    consent_each_visit = BooleanField(
        _l("Consent is signed for each visit"),
        description=_l("Otherwise it is signed once, and anew when its words change."),
    )
    deposit_words = StringField(
        _l("About a deposit"), [at_most(200)], description=_l("Shown before booking. Nothing is charged here.")
    )
    assessment_id = Chosen(
        _l("An assessment first"), coerce=int, description=_l("New clients come for this one before they book.")
    )
    assessment_months = Whole(
        _l("An assessment is good for, in months"),
        between(1, 120, empty=True),
        description=_l("After that they come for another. Empty: for good."),
    )

    preparation_minutes = Whole(
        _l("Preparation, in minutes"),
        between(0, 60),
        description=_l("Before it, the therapist and the room are kept free so long."),
    )
    rest_minutes = Whole(
        _l("Rest, in minutes"), between(0, 60), description=_l("After it, the therapist is kept free so long.")
    )
    cleaning_minutes = Whole(
        _l("Cleaning, in minutes"), between(0, 60), description=_l("After it, the room is kept free so long.")
    )
    room_kind = Chosen(_l("Its room needs"), description=_l("It is given only in rooms that are fit for this."))
    most_a_day = Whole(
        _l("Most a day"),
        between(1, 30, empty=True),
        description=_l("One therapist gives it no more often on one day. Empty: as often as there is time."),
    )
    deep = BooleanField(
        _l("Deep work"), description=_l("Its minutes count towards the deep work a therapist does on one day.")
    )

    least_level = Whole(
        _l("Least level of qualification"),
        between(1, 8),
        description=_l("On the scale from 1 to 8. A release needs 4 or above."),
    )
    training = Chosen(_l("Training it needs"), description=_l("Only those whose training was checked may give it."))
    activity = SelectField(
        _l("What the insurance must cover"),
        invalid_choice_message=CHOOSE,
        description=_l("Only those whose insurance names this may give it."),
    )
    is_release = BooleanField(
        _l("It is a release"),
        description=_l("Deep work through the tummy wall: clients answer the safety page before they book."),
    )
    alternative_id = Chosen(
        _l("Instead of a release"),
        coerce=int,
        description=_l("What somebody is offered whom the safety page rules out. It must leave the tummy alone."),
    )

    def __init__(
        self, *args: Any, currency: str, others: Sequence[Treatment], found: Treatment | None = None, **kwargs: Any
    ) -> None:
        """`others`: the other treatments of the clinic."""
        lines = _lines(lengths_of(found), currency) if found else {}
        super().__init__(*args, obj=found, data={**lines, **kwargs.pop("data", {})}, **kwargs)
        self.currency, self.others, self.found = currency, {one.id: one for one in others}, found
        self.usual.choices = [SelectChoice(n, _l("Usual")) for n in LINES]
        offered = [one for one in others if one.offered or (found and one.id in _leads_to(found))]
        self.assessment_id.offer([(one.id, one.name) for one in offered], _l("No"))
        self.alternative_id.offer([(one.id, one.name) for one in offered if not one.is_release], _l("Nothing"))
        self.room_kind.offer(KINDS.items(), _l("Nothing special"))
        known = (*others, *([found] if found else []))
        skills: dict[str, Any] = {one.training: one.training for one in known if one.training} | SKILLS
        self.training.offer(skills.items(), _l("None"))
        works: dict[str, Any] = {one.activity: one.activity for one in known} | ACTIVITIES
        self.activity.choices = [SelectChoice(*one) for one in works.items()]

    @property
    def lines(self) -> Iterator[tuple[Any, Any, Any]]:
        """For each length its minutes, its price and whether it is the usual one."""
        for n, usual in zip(LINES, self.usual, strict=True):
            yield self[f"minutes_{n}"], self[f"price_{n}"], usual

    def values(self) -> dict[str, Any]:
        typed = {"usual", *(f"{name}_{n}" for name in ("minutes", "price") for n in LINES)}
        return {name: value for name, value in super().values().items() if name not in typed}

    def lengths(self) -> list[Length]:
        """In order. Where the usual one is none of them, the first is."""
        filled = {n: minutes.data for n, (minutes, *_rest) in enumerate(self.lines, 1) if minutes.data}
        usual = self.usual.data if self.usual.data in filled else min(filled)
        prices = {n: minor_of(self[f"price_{n}"].data, self.currency) or 0 for n in filled}
        return sorted(Length(minutes, prices[n], n == usual) for n, minutes in filled.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then all together."""
        fine = bool(super().validate(extra_validators))
        together = [self._lengths_are_sound(), self._release_is_sound(), self._assessment_is_sound()]
        return fine and all(together)

    def _lengths_are_sound(self) -> bool:
        fine, seen = True, set()
        for minutes, price, _usual in self.lines:
            if minutes.errors or not (minutes.data is not None or price.data):
                continue
            if minutes.data is None or not length_is_sound(minutes.data):
                fine = self.wrong(minutes, _("Enter 10 to 240 minutes, in steps of five."))
            elif minutes.data in seen:
                fine = self.wrong(minutes, _("This length stands there already."))
            elif minor_of(price.data or "", self.currency) is None:
                fine = self.wrong(price, _("Enter a price such as %(price)s.", price=Money(6850, self.currency).typed))
            seen.add(minutes.data)
        return fine if seen or not fine else self.wrong(self.minutes_1, _("Enter at least one length and its price."))

    def _release_is_sound(self) -> bool:
        """What the database asks of a release, in words; and that no way out of one leads into another."""
        found, used_by = self.found, [one.name for one in self._leading_here("alternative_id")]
        if found and found.is_release and not self.is_release.data:
            return self.wrong(self.is_release, _("A release stays one. Withdraw it, and make a new treatment instead."))
        if not self.is_release.data:
            return True
        fine = True
        if used_by:
            fine = self.wrong(
                self.is_release, _("%(name)s is replaced by this one, so it cannot be a release.", name=used_by[0])
            )
        if self.least_level.data is not None and self.least_level.data < RELEASE_LEVEL:
            fine = self.wrong(self.least_level, _("A release needs level 4 or above."))
        if not self.training.data:
            fine = self.wrong(self.training, _("A release needs a training."))
        if self.activity.data not in RELEASE_WORKS:
            fine = self.wrong(self.activity, _("A release needs insurance that names deep tummy work or psoas work."))
        if not self.alternative_id.data:
            fine = self.wrong(self.alternative_id, _("Choose what is offered instead of this release."))
        return fine

    def _assessment_is_sound(self) -> bool:
        """An assessment is booked without one: else nobody new could come at all."""
        first = self.others.get(self.assessment_id.data or 0)
        if first and (first.assessment_id or self._leading_here("assessment_id")):
            return self.wrong(self.assessment_id, _("An assessment cannot ask for an assessment itself."))
        return True

    def _leading_here(self, column: str) -> list[Treatment]:
        """The others that send people to this one."""
        return [one for one in self.others.values() if self.found and getattr(one, column) == self.found.id]

    def show_before(self, values: Mapping[str, Any]) -> None:
        """Lengths and prices in their lines; what is not among them leaves its line empty."""
        if "lengths" in values:
            empty = {f"{name}_{n}": None for name in ("minutes", "price") for n in LINES}
            values = {**values, **empty, **_lines([Length(*one) for one in values["lengths"]], self.currency)}
        super().show_before(values)

    def can_show(self, name: str) -> bool:
        return name == "lengths" or super().can_show(name)

    def label_of(self, name: str) -> str:
        besides = {"lengths": _("Lengths and prices"), "offered": _("Offered")}
        return str(besides.get(name) or super().label_of(name))

    def in_words(self, name: str, value: Any) -> str:
        if name == "lengths":
            told = [
                _("%(n)d min %(price)s", n=n, price=Money(minor, self.currency).words()) for n, minor, _usual in value
            ]
            return ", ".join(map(str, told))
        return super().in_words(name, value)


def _leads_to(treatment: Treatment) -> set[int | None]:
    return {treatment.alternative_id, treatment.assessment_id}


def _lines(lengths: Sequence[Length], currency: str) -> dict[str, Any]:
    """The lengths as somebody would have typed them."""
    typed: dict[str, Any] = {}
    for n, one in enumerate(lengths[: len(LINES)], 1):
        typed |= {f"minutes_{n}": one.minutes, f"price_{n}": Money(one.price_minor, currency).typed}
        typed |= {"usual": n} if one.usual else {}
    return typed


for _n in LINES:
    setattr(TreatmentForm, f"minutes_{_n}", Whole(_l("Minutes"), between(10, 240, empty=True)))
    setattr(TreatmentForm, f"price_{_n}", StringField(_l("Price"), [at_most(12)]))
