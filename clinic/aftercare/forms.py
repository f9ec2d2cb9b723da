"""The shape of what is asked before a plan, of a plan in the making, and of what a client tells about a day."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import AnyOf, NumberRange, Optional
from wtforms.widgets import TextInput

from clinic.aftercare.catalogue import Catalogue, Exercise, catalogue
from clinic.aftercare.operations import Content
from clinic.aftercare.rules import STRETCH_HOLD_S, Step
from clinic.aftercare.search import NO_KIT, Wanted, kit_of
from clinic.aftercare.wording import PHASES, POSITIONS
from clinic.core.fields import Whole
from clinic.core.forms import Form, Ticks, at_most
from clinic.core.times import day_from_address
from clinic.notes.rules.injuries import NOT_ASKED, SIDES, Found, Place
from clinic.notes.wording.injuries import STATES

NONE_OF_THESE = "none"
PLACES: tuple[Place, ...] = tuple((muscle, side) for muscle in catalogue().muscles for side in SIDES)
PAINS = tuple(str(pain) for pain in range(11))


class FindingsForm(Form):
    """Injury by muscle and side, a field each (`psoas_left`), and the conditions that hold."""

    others_sound = BooleanField(_l("I asked: none of the others is injured"))
    conditions = Ticks(
        _l("Which of these hold?"),
        choices=[*(SelectChoice(*one) for one in catalogue().conditions.items()), SelectChoice(NONE_OF_THESE)],
        description=_l("Leave all of them blank if you have not asked yet."),
    )

    @classmethod
    def showing(cls, found: Found) -> "FindingsForm":
        """As it was found last."""
        conditions = None if found.conditions is None else sorted(found.conditions) or [NONE_OF_THESE]
        states = {"_".join(place): found.state(*place) for place in PLACES}
        return cls(formdata=None, data={"conditions": conditions, **states})

    def found(self) -> Found:
        left_open = "none" if self.others_sound.data else NOT_ASKED
        states = {place: self["_".join(place)].data for place in PLACES}
        asked = {place: left_open if state == NOT_ASKED else state for place, state in states.items()}
        ticked = frozenset(self.conditions.data or ())
        injuries = {place: state for place, state in asked.items() if state != NOT_ASKED}
        return Found(injuries, ticked - {NONE_OF_THESE} if ticked else None)

    def validate_conditions(self, field: Ticks) -> None:
        if NONE_OF_THESE in (field.data or ()) and len(field.data) > 1:
            raise ValidationError(_l("You ticked “None of these” and something else. Keep only what is true."))


for _place in PLACES:
    _states = [SelectChoice(*one) for one in STATES.items()]
    setattr(FindingsForm, "_".join(_place), SelectField(choices=_states, default=NOT_ASKED))


class WholeNumber(Whole):
    """A number from least to most, typed as text: a wheel that scrolls the page must not change a dose."""

    widget = TextInput()

    def __init__(self, label: Any, least: int, most: int, **kwargs: Any) -> None:
        message = _l("Enter a number from %(min)s to %(max)s.")
        super().__init__(label, [NumberRange(least, most, message)], **kwargs)
        self.unreadable = message % {"min": least, "max": most}


class StepForm(Form):
    """One exercise of a plan. What its dose does not have is not asked."""

    chosen = HiddenField(default="yes")
    sets = WholeNumber(_l("Rounds"), 1, 10)
    reps = WholeNumber(_l("Times"), 1, 50)
    hold_s = WholeNumber(_l("Hold, secs"), 1, 120)
    time_s = WholeNumber(_l("Time, secs"), 10, 1800)
    rest_s = WholeNumber(_l("Rest, secs"), 0, 300)
    per_week = WholeNumber(_l("Days a week"), 1, 7)
    words = StringField(_l("In your own words"), [Optional(), at_most(300)])
    asked = StringField(_l("Asked, and fine"))

    def __init__(self, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(prefix=f"{exercise.id}-", **kwargs)
        self.exercise = exercise
        has = {**asdict(exercise.dose), "rest_s": exercise.dose.rest_s or exercise.dose.sets > 1}
        for name in ("reps", "hold_s", "time_s", "rest_s"):
            if not has[name]:
                del self[name]
        if exercise.phase == "stretch":
            least, most = STRETCH_HOLD_S
            message = _l("A stretch is held for %(min)s to %(max)s seconds.")
            self.hold_s.validators = [NumberRange(least, most, message)]

    @classmethod
    def showing(cls, exercise: Exercise, step: Step) -> "StepForm":
        return cls(exercise, formdata=None, data={**asdict(step), "asked": " ".join(step.asked)})

    @property
    def doses(self) -> list[Any]:
        """The numbers, in the order in which they are asked."""
        return [field for field in self if isinstance(field, WholeNumber)]

    def asked_about(self) -> frozenset[str]:
        """The conditions that the tick stood for on the page it was made on."""
        return frozenset((self.asked.data or "").split()) & frozenset(catalogue().conditions)

    def step(self) -> Step:
        dose = {field.short_name: field.data for field in self.doses}
        return Step(self.exercise.id, **dose, words=self.words.data or "", asked=tuple(sorted(self.asked_about())))


class PlanForm(Form):
    """The plan around its exercises. `revision` says what the page was made from."""

    revision = HiddenField(default="0")
    word = TextAreaField(_l("A word to your client"), [Optional(), at_most(1000)])
    review_on = StringField(_l("Look at it again on"), [Optional()])

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    @classmethod
    def showing(cls, content: Content, revision: int, *, today: date) -> "PlanForm":
        review_on = content.review_on.isoformat() if content.review_on else ""
        kept: Mapping[str, object] = {"revision": str(revision), "word": content.word, "review_on": review_on}
        return cls(today=today, formdata=None, data=kept)

    def validate_review_on(self, field: StringField) -> None:
        day = day_from_address(field.data)
        if day is None:
            raise ValidationError(_l("Enter a date like 2026-12-24, or leave it empty."))
        if day < self.today:
            raise ValidationError(_l("That day is over. Choose today or a later one."))

    def made_from(self) -> int:
        """The revision; one that never was, where the page was made up."""
        typed = self.revision.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else -1

    def content(self, steps: tuple[Step, ...]) -> Content:
        return Content(steps, self.word.data or "", day_from_address(self.review_on.data or ""))


class PracticeForm(Form):
    """How it went today. Pain may stay open."""

    pain = RadioField(
        _l("Pain while you did it"),
        [Optional()],
        choices=[SelectChoice(pain, pain) for pain in PAINS],
        validate_choice=False,
        description=_l("0 is none, 10 the worst you can think of."),
    )
    told = StringField(validators=[AnyOf(("done", "numb"), _l("Press “Done today” once you have done it."))])

    def validate_pain(self, field: RadioField) -> None:
        if field.data and field.data not in PAINS:
            raise ValidationError(_l("Choose a number from 0 to 10, or none."))


class NarrowingForm(Form):
    """Which exercises to show, where nothing that is asked says anything of anybody."""

    phase = SelectField(_l("Phase"))
    position = SelectField(_l("Position"))
    kit = SelectField(_l("What is needed"))

    def __init__(self, known: Catalogue, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.phase.choices = _any_of(PHASES.items())
        self.position.choices = _any_of(POSITIONS.items())
        self.kit.choices = _any_of([(NO_KIT, _l("Nothing")), *((one, one.capitalize()) for one in kit_of(known))])

    def wanted(self) -> Wanted:
        """What was chosen; what is no choice is left open."""
        return Wanted(phase=_chosen(self.phase), position=_chosen(self.position), kit=_chosen(self.kit))


class SearchForm(NarrowingForm):
    """Looking for an exercise, for nobody in particular."""

    words = StringField(_l("Words"))
    muscle = SelectField(_l("Muscle"))
    condition = SelectField(_l("Fit for somebody with"))

    def __init__(self, known: Catalogue, **kwargs: Any) -> None:
        super().__init__(known, **kwargs)
        targets = {muscle for one in known.exercises.values() for muscle in one.targets}
        self.muscle.choices = _any_of(one for one in known.muscles.items() if one[0] in targets)
        self.condition.choices = _any_of(known.conditions.items())

    def wanted(self) -> Wanted:
        more = {"words": (self.words.data or "")[:100], "muscle": _chosen(self.muscle)}
        return replace(super().wanted(), **more, condition=_chosen(self.condition))


def _any_of(choices: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice("", _l("Any")), *(SelectChoice(*one) for one in choices)]


def _chosen(field: SelectField) -> str:
    return field.data if field.data in {one.value for one in field.choices} else ""
