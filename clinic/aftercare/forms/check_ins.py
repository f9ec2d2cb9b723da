"""How somebody is: red flags first, then a few questions, each of which may be left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField, ValidationError
from wtforms.validators import AnyOf, Optional

from clinic.aftercare.forms.practice import PAINS
from clinic.aftercare.rules.check_ins import HowTheyAre, needs_help
from clinic.aftercare.wording import check_ins as wording
from clinic.core.forms import Form, Ticks, at_most

NONE_OF_THESE = "none"
FLAGS = {**wording.FLAGS, NONE_OF_THESE: _l("None of these")}
LONGEST = 1000
ASKED = {
    "release": ("compared", "new"),
    "review": ("compared", "new", "back"),
    "back": (),
}  # beside the flags, pain and a word


def _one_of(label: LazyString, choices: Mapping[str, LazyString], **more: Any) -> RadioField:
    """One tap, or none."""
    choosable = [SelectChoice(*one) for one in choices.items()]
    known = AnyOf(list(choices), _l("Choose one of these, or none."))
    return RadioField(label, [Optional(), known], choices=choosable, validate_choice=False, **more)


class CheckInForm(Form):
    """A red flag or new numbness is heard whatever else is wrong with what was sent."""

    flags = Ticks(
        _l("First: is any of this new, or getting worse?"), choices=[SelectChoice(*one) for one in FLAGS.items()]
    )
    pain = _one_of(
        _l("Your pain now"), dict(zip(PAINS, PAINS, strict=True)), description=_l("0 is none, 10 the worst.")
    )
    compared = _one_of(_l("How is it, next to before?"), wording.COMPARED)
    new = Ticks(_l("Anything new since then?"), choices=[SelectChoice(*one) for one in wording.NEW.items()])
    back = _one_of(_l("Has the pain come back since?"), wording.BACK)
    word = TextAreaField(_l("Anything else we should know?"), [at_most(LONGEST)])

    def __init__(self, kind: str, **more: Any) -> None:
        super().__init__(**more)
        for name in {"compared", "new", "back"} - set(ASKED[kind]):
            del self[name]

    @property
    def is_flagged(self) -> bool:
        """Whether what can be read of it needs help at once: a red flag, or new numbness."""
        return needs_help(self.told())

    def told(self) -> HowTheyAre:
        """What of it can be read."""
        said = {name: self[name].data for name in ("pain", "compared", "new", "back") if name in self}
        pain = said.get("pain")
        return HowTheyAre(
            flags=_known(self.flags.data, wording.FLAGS),
            pain=int(pain) if pain in PAINS else None,
            compared="".join(_known([said.get("compared")], wording.COMPARED)),
            new=_known(said.get("new"), wording.NEW),
            back="".join(_known([said.get("back")], wording.BACK)),
            word=(self.word.data or "")[:LONGEST],
        )

    def validate_flags(self, field: Ticks) -> None:
        if not field.data:
            raise ValidationError(_l("Tick what is true, or “None of these”."))


def _known(said: Iterable[Any] | None, choices: Mapping[str, Any]) -> tuple[str, ...]:
    ticked = set(said or ())
    return tuple(code for code in choices if code in ticked)
