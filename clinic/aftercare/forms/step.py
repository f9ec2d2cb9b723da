"""One exercise of a plan in the making."""

from dataclasses import asdict, replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from clinic.aftercare import wording
from clinic.aftercare.catalogue import Exercise, catalogue
from clinic.aftercare.rules import STRETCH_HOLD_S, Step, switch_s, usual
from clinic.core.fields import Whole
from clinic.core.forms import Form, Ticks, at_most

FIRST = ("sets", "reps", "hold_s", "time_s", "per_week")  # what is changed most
FURTHER = ("weekdays", "times_a_day", "side", "start_side", "switch_s", "rest_s", "effort", "band")
SIDES = [SelectChoice("", _l("Both")), SelectChoice("left", _l("Left only")), SelectChoice("right", _l("Right only"))]
STARTS = [SelectChoice("", _l("Either")), SelectChoice("left", _l("Left")), SelectChoice("right", _l("Right"))]


def _weekdays() -> list[SelectChoice]:
    return [SelectChoice(day, name) for day, name in enumerate(wording.week())]


class WholeNumber(Whole):
    """A number from least to most, typed as text: a wheel that scrolls the page must not change a dose."""

    widget = TextInput()

    def __init__(self, label: Any, least: int, most: int, **kwargs: Any) -> None:
        message = _l("Enter a number from %(min)s to %(max)s.")
        super().__init__(label, [NumberRange(least, most, message)], **kwargs)
        self.unreadable = message % {"min": least, "max": most}


class StepForm(Form):
    """One exercise of a plan. What it does not have is not asked."""

    chosen = HiddenField(default="yes")
    sets = WholeNumber(_l("Rounds"), 1, 10)
    reps = WholeNumber(_l("Times"), 1, 50)
    hold_s = WholeNumber(_l("Hold, secs"), 1, 120)
    time_s = WholeNumber(_l("Time, secs"), 10, 1800)
    per_week = WholeNumber(_l("Days a week"), 1, 7)
    weekdays = Ticks(_l("On these days"), coerce=int, choices=_weekdays)
    times_a_day = WholeNumber(_l("Times a day"), 1, 6, default=1)
    side = RadioField(_l("Side"), choices=SIDES, default="")
    start_side = RadioField(_l("Begin with"), choices=STARTS, default="")
    switch_s = WholeNumber(_l("To change sides, secs"), 0, 120)
    rest_s = WholeNumber(_l("Rest, secs"), 0, 300)
    effort = StringField(_l("Effort"), [Optional(), at_most(200)])
    band = StringField(_l("Band or weight"), [Optional(), at_most(100)])
    words = StringField(_l("In your own words"), [Optional(), at_most(300)])
    asked = StringField(_l("Asked, and fine"))
    override = StringField(_l("Give it all the same, because"), [Optional(), at_most(300)])
    overridden = HiddenField()

    def __init__(self, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(prefix=f"{exercise.id}-", **kwargs)
        self.exercise = exercise
        for name in _lacks(exercise):
            del self[name]
        if exercise.dose.unit == "breaths":
            self.reps.label.text = _l("Breaths")
        if exercise.phase == "stretch":
            least, most = STRETCH_HOLD_S
            message = _l("A stretch is held for %(min)s to %(max)s seconds.")
            self.hold_s.validators = [NumberRange(least, most, message)]
        if "weekdays" in self and self.weekdays.data:
            self._count_days()

    def _count_days(self) -> None:
        """Days that are ticked say how many they are, whatever is typed."""
        self.per_week.process(None, len(set(self.weekdays.data)))
        self.per_week.raw_data = None

    @classmethod
    def showing(cls, exercise: Exercise, step: Step) -> "StepForm":
        as_it_is = {"switch_s": switch_s(step, exercise), "effort": step.effort or exercise.effort}
        lists = {"asked": " ".join(step.asked), "overridden": " ".join(step.overridden)}
        return cls(exercise, formdata=None, data={**asdict(step), **as_it_is, **lists})

    @property
    def doses(self) -> list[Any]:
        """The numbers."""
        return [field for field in self if isinstance(field, WholeNumber)]

    @property
    def first(self) -> list[Any]:
        """What most therapists change, in the order in which it is asked."""
        return [self[name] for name in FIRST if name in self]

    @property
    def says_more(self) -> bool:
        """True where there is more to its dose than the first numbers, or something of that is typed wrong."""
        said, own = self.step(), usual(self.exercise)
        return any(self[name].errors or getattr(said, name) != getattr(own, name) for name in FURTHER if name in self)

    def asked_about(self) -> frozenset[str]:
        """The conditions that the tick stood for on the page it was made on."""
        return frozenset((self.asked.data or "").split()) & frozenset(catalogue().conditions)

    def gone_over(self) -> tuple[str, ...]:
        """What spoke against it, by its keys, where the therapist said on the page why they give it all the same."""
        return tuple(sorted((self.overridden.data or "").split())) if (self.override.data or "").strip() else ()

    def sent(self) -> list[tuple[str, str]]:
        """Its names and values, as a page sends them."""
        values = [(field.name, field.data) for field in self]
        lists = [(name, value if isinstance(value, list) else [value]) for name, value in values]
        return [(name, str(one)) for name, some in lists for one in some if one is not None]

    def step(self) -> Step:
        """As typed; what is as the exercise has it is left to the exercise."""
        own, said = self.exercise, {name: self[name].data for name in (*FIRST, *FURTHER, "words") if name in self}
        side = said.get("side") or ""
        as_typed = {
            **said,
            "weekdays": tuple(sorted(set(said.get("weekdays") or ()))),
            "switch_s": None if said.get("switch_s") == own.dose.switch_s else said.get("switch_s"),
            "side": side,
            "start_side": "" if side else said.get("start_side") or "",
            "effort": "" if said["effort"] == own.effort else said["effort"] or "",
            "band": said.get("band") or "",
            "words": said["words"] or "",
            "asked": tuple(sorted(self.asked_about())),
            "override": (self.override.data or "").strip(),
            "overridden": self.gone_over(),
        }
        return replace(usual(own), **as_typed)


def _lacks(exercise: Exercise) -> list[str]:
    """What is not asked about this exercise."""
    dose, has_sides, is_warm_up = exercise.dose, exercise.sides != "none", exercise.phase == "warm_up"
    has: dict[str, object] = {"reps": dose.reps, "hold_s": dose.hold_s, "time_s": dose.time_s}
    has |= {"side": has_sides, "start_side": has_sides, "switch_s": exercise.sides == "each"}
    has |= dict.fromkeys(("per_week", "weekdays", "times_a_day"), not is_warm_up)  # it is done each time
    has |= {"band": exercise.phase == "strengthen"}
    return [name for name, one in has.items() if not one]
