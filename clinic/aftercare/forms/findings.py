"""What is asked before a plan."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    SelectChoice,
    SelectField,
    ValidationError,
)

from clinic.aftercare.catalogue import catalogue
from clinic.core.forms import Form, Ticks
from clinic.notes.rules.injuries import NOT_ASKED, SIDES, Found, Place
from clinic.notes.wording.injuries import STATES

NONE_OF_THESE = "none"


PLACES: tuple[Place, ...] = tuple((muscle, side) for muscle in catalogue().muscles for side in SIDES)


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
