"""Looking for exercises."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    SelectChoice,
    SelectField,
    StringField,
)

from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.search import NO_KIT, Wanted, kit_of
from clinic.aftercare.wording import PHASES, POSITIONS
from clinic.core.forms import Form


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


class AddingForm(Form):
    """Which exercises to add to a plan. It is posted with the plan: what is sought for somebody is in no address."""

    words = StringField(_l("Find an exercise"))
    phase = SelectField(_l("Phase"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(prefix="find-", **kwargs)
        self.phase.choices = _any_of(PHASES.items())

    def wanted(self) -> Wanted:
        return Wanted(words=(self.words.data or "")[:100], phase=_chosen(self.phase))


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
