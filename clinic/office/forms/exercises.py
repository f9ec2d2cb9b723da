"""The shape of an exercise as the clinic words it: what the client reads, the dose, and whom it is not for."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Optional, StopValidation
from wtforms.widgets import HiddenInput

from clinic.aftercare.catalogue import KINDS, PHASES, POSITIONS, SENTENCES, SIDES, Exercise, catalogue
from clinic.aftercare.forms import WholeNumber
from clinic.aftercare.wording import PHASES as PHASE_NAMES
from clinic.aftercare.wording import POSITIONS as POSITION_NAMES
from clinic.core.fields import Rows, Whole
from clinic.core.forms import Form, Ticks, at_most
from clinic.core.setting import CHOOSE, NEEDED
from clinic.drawings.figure.pose_texts import MOST_CHARACTERS, pictures_in
from clinic.office.exercise_words import HOLDS, KIND_NAMES, SENTENCE_NAMES, SIDE_NAMES

MOST_STEPS = 12
TEXTS = ("name", "phase", "kind", "position", "sides", "purpose", "feel", "effort", "easier", "easier_id", "harder")
LISTS = ("cautions", "equipment", "sources")
DOSE = ("sets", "reps", "hold_s", "time_s", "rest_s", "switch_s", "per_week")


class MaybeNumber(WholeNumber):
    """The same, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if any(one.strip() for one in valuelist):
            super().process_formdata(valuelist)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data is None:
            raise StopValidation


def _chosen(label: Any, codes: tuple[str, ...], words: Mapping[str, Any]) -> SelectField:
    choices = [SelectChoice(code, words[code]) for code in codes]
    return SelectField(label, choices=choices, invalid_choice_message=CHOOSE)


def _words(label: Any, most: int, description: Any = "", *, needed: bool = False) -> StringField:
    return StringField(label, [DataRequired(NEEDED) if needed else Optional(), at_most(most)], description=description)


def _lines(label: Any, description: Any) -> TextAreaField:
    return TextAreaField(label, [Optional(), at_most(1200)], description=description)


class SentenceForm(Form):
    """Something said on the way. Without words it is an empty row."""

    kind = _chosen(_l("Kind"), tuple(SENTENCES), SENTENCE_NAMES)
    words = TextAreaField(_l("Words"), [Optional(), at_most(400)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.data = self.kind.data or "do"


class ConditionForm(Form):
    """Where this condition holds."""

    rule = _chosen(_l("May they do it?"), tuple(HOLDS), HOLDS)
    modify = _words(_l("What they do differently"), 300)
    instead = SelectField(_l("Offer instead"), invalid_choice_message=CHOOSE)

    @property
    def says(self) -> bool:
        return bool(self.rule.data or self.modify.data or self.instead.data)


class ExerciseForm(Form):
    """An exercise. `seen` says which version the page was made from."""

    name = _words(_l("What it is called"), 80, needed=True)
    phase = _chosen(_l("Phase"), PHASES, PHASE_NAMES)
    kind = _chosen(_l("What it is"), KINDS, KIND_NAMES)
    position = _chosen(_l("Position"), POSITIONS, POSITION_NAMES)
    sides = _chosen(_l("Sides"), SIDES, SIDE_NAMES)
    targets = Ticks(
        _l("Muscles"),
        choices=[SelectChoice(*one) for one in catalogue().muscles.items()],
        description=_l("A stretch is held back where one of these is injured, so it needs at least one."),
    )
    purpose = _words(_l("What it is for"), 200, _l("Plainly, and without a promise."))
    steps = Rows(FormField(SentenceForm), max_entries=MOST_STEPS)
    feel = _words(_l("Where they feel it"), 200)
    effort = _words(_l("Effort"), 80, _l("Such as: 3 out of 10."))
    easier, harder = _words(_l("Easier"), 300), _words(_l("Harder"), 300)
    easier_id = SelectField(_l("An easier exercise"), invalid_choice_message=CHOOSE)
    harder_id = SelectField(_l("A harder exercise"), invalid_choice_message=CHOOSE)
    cautions = _lines(_l("Take care"), _l("One sentence on each line."))
    equipment = _lines(_l("What they need"), _l("One thing on each line."))
    sets = WholeNumber(_l("Rounds"), 1, 10, default=1)
    reps = MaybeNumber(_l("Times"), 1, 50)
    hold_s = MaybeNumber(_l("Hold, secs"), 1, 120)
    time_s = MaybeNumber(_l("Time, secs"), 10, 1800)
    rest_s = WholeNumber(_l("Rest, secs"), 0, 300, default=0)
    switch_s = WholeNumber(_l("To change sides, secs"), 0, 120, default=0)
    per_week = WholeNumber(_l("Days a week"), 1, 7, default=3)
    in_breaths = _chosen(_l("Counted in"), ("", "breaths"), {"": _l("times"), "breaths": _l("breaths")})
    sources = _lines(_l("Sources"), _l("Where it is from. One on each line."))
    pose = TextAreaField(
        _l("Drawing"),
        [Optional(), at_most(MOST_CHARACTERS)],
        description=_l(
            "A pose file: joint angles that we draw the person from. Empty: the drawing it came with, or the photo."
        ),
    )
    seen = Whole(widget=HiddenInput(), default=0)

    def __init__(self, others: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        """`others`: the exercises that it can lead to, by id."""
        super().__init__(*args, **kwargs)
        choices = [SelectChoice("", _l("none")), *(SelectChoice(*one) for one in others.items())]
        for field in (self.easier_id, self.harder_id, *(one.form.instead for _, _, one in self.conditions)):
            field.choices = choices

    @classmethod
    def showing(
        cls, others: Mapping[str, str], found: Exercise | None, pose: str = "", seen: int = 0
    ) -> "ExerciseForm":
        """A page of this exercise; an empty one for an exercise to be added."""
        if found is None:
            return cls(others, formdata=None)
        lines = {name: "\n".join(getattr(found, name)) for name in LISTS}
        codes = {kind: code for code, kind in SENTENCES.items()}
        steps = [{"kind": codes[one.kind], "words": one.words} for one in found.steps]
        held = {f"condition_{one}": _held(found, one) for one in catalogue().conditions}
        dose = {**asdict(found.dose), "in_breaths": found.dose.unit}
        said = {**vars(found), **lines, **dose, **held, "steps": steps, "pose": pose, "seen": seen}
        return cls(others, formdata=None, data={**said, "targets": list(found.targets)})

    @property
    def conditions(self) -> list[tuple[str, str, Any]]:
        """Each with its words and what is asked about it."""
        return [(code, words, self[f"condition_{code}"]) for code, words in catalogue().conditions.items()]

    @property
    def doses(self) -> list[Any]:
        return [*(self[name] for name in DOSE), self.in_breaths]

    def validate_pose(self, field: TextAreaField) -> None:
        if not field.data:
            return
        try:
            pictures_in(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def content(self) -> dict[str, Any]:
        """As exercises.yaml has it."""
        said = {name: self[name].data or "" for name in (*TEXTS, "harder_id")}
        lines = {
            name: [line.strip() for line in (self[name].data or "").splitlines() if line.strip()] for name in LISTS
        }
        steps = [{row["kind"].data: row["words"].data} for row in self.steps if row["words"].data]
        dose = {name: self[name].data for name in DOSE if self[name].data is not None}
        if self.phase.data == "stretch":
            said["kind"] = "stretch"
        return {
            **said,
            **lines,
            "targets": self.targets.data or [],
            "steps": steps,
            "dose": {**dose, "unit": self.in_breaths.data},
            **self._against(),
        }

    def _against(self) -> dict[str, Any]:
        rules = [(code, asked.form) for code, _, asked in self.conditions]
        return {
            "avoid_if": [code for code, asked in rules if asked.rule.data == "avoid"],
            "ask_first": [code for code, asked in rules if asked.rule.data == "ask"],
            "modify": {code: asked.modify.data for code, asked in rules if asked.modify.data},
            "instead": {code: asked.instead.data for code, asked in rules if asked.instead.data},
        }


for _code in catalogue().conditions:
    setattr(ExerciseForm, f"condition_{_code}", FormField(ConditionForm))


def _held(found: Exercise, code: str) -> dict[str, str]:
    rule = "avoid" if code in found.avoid_if else "ask" if code in found.ask_first else ""
    return {"rule": rule, "modify": found.modify.get(code, ""), "instead": found.instead.get(code, "")}
