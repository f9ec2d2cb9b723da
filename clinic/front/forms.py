"""What a client says who asks whom we would recommend: first what may be serious, then what hurts."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import DataRequired

from clinic.booking.wording import AREAS, PARTS, SIDES, WITH_WHOM
from clinic.core.fields import Whole
from clinic.core.forms import Ticks
from clinic.core.setting import between
from clinic.front.rules import Told
from clinic.front.wording import FEELS, SINCE, SPORTS, WHEN
from clinic.intake.forms import ScreeningForm


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, text) for code, text in words.items()]


def _any(words: Mapping[str, Any], none: Any) -> list[SelectChoice]:
    return [SelectChoice("", none), *_choices(words)]


class RecommendationForm(ScreeningForm):
    """Only the safety questions and where it hurts are asked of everybody."""

    where = Ticks(_l("Where does it hurt?"), [DataRequired(_l("Tick where it hurts."))], choices=_choices(AREAS))
    side = RadioField(_l("Which side?"), choices=_any(SIDES, _l("Not sure")), default="", validate_choice=False)
    feels = Ticks(_l("How does it feel?"), choices=_choices(FEELS))
    when = Ticks(_l("When does it hurt?"), choices=_choices(WHEN))
    since = RadioField(_l("Since when?"), choices=_any(SINCE, _l("Not sure")), default="", validate_choice=False)
    sports = Ticks(_l("Do you do any of these?"), choices=_choices(SPORTS))
    seated_hours = Whole(_l("Hours you sit on a usual day"), between(0, 24, empty=True))
    gender = RadioField(_l("With whom?"), choices=_any(WITH_WHOM, _l("Anybody")), default="", validate_choice=False)
    language = SelectField(_l("In which language?"), validate_choice=False)
    location = SelectField(_l("Where?"), validate_choice=False)
    part = RadioField(_l("Which part of the day?"), choices=_any(PARTS, _l("Any")), default="", validate_choice=False)

    def __init__(
        self, *args: Any, languages: Iterable[tuple[str, str]], locations: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = _any(dict(languages), _l("Any"))
        self.location.choices = _any(locations, _l("Anywhere"))

    def told(self) -> Told:
        """All of it but the wishes, as codes."""
        return Told(
            ticks=frozenset(self.ticks()),
            where=frozenset(self.where.data or ()),
            feels=frozenset(self.feels.data or ()),
            when=frozenset(self.when.data or ()),
            since=self.one("since"),
            sports=frozenset(self.sports.data or ()),
            seated_hours=self.seated_hours.data or 0,
        )

    def one(self, name: str) -> str:
        """What was chosen of several; empty where nothing was, or what is not there to choose."""
        chosen = str(self[name].data or "")
        return chosen if chosen in {choice.value for choice in self[name].choices} else ""
