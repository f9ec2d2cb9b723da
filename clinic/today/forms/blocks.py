"""The shape of a block."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectChoice, SelectField, StringField
from wtforms import ValidationError as Wrong
from wtforms.validators import AnyOf, DataRequired, InputRequired, Optional

from clinic.booking import wording
from clinic.booking.queries import Blockable
from clinic.booking.rules import MOST_WEEKS, Stretch
from clinic.core.fields import Clock, Day
from clinic.core.forms import Form, at_most
from clinic.core.templating import clock_words, day_words


class BlockForm(Form):
    """Whose time is blocked, as what, and when. Times are on the clock of wherever that is."""

    kind = RadioField(
        _l("What for?"), [AnyOf(list(wording.BLOCKS), _l("Choose what it is for."))], validate_choice=False
    )
    whose = SelectField(_l("Whose time?"), coerce=int, validate_choice=False)
    day = Day(_l("Day"), [DataRequired(_l("Enter a day."))])
    starts = Clock(_l("From"), [InputRequired(_l("Enter from when."))])
    ends = Clock(_l("Until"), [InputRequired(_l("Enter until when."))])
    releases_day = Day(_l("Kept free until this day"), [Optional()])
    releases_time = Clock(_l("and this time"), [Optional()])
    words = StringField(_l("A word about it"), [Optional(), at_most(80)])
    weeks = SelectField(_l("How often?"), coerce=int, validate_choice=False, default=1)
    seen = HiddenField()

    def __init__(self, *args: Any, whose: Sequence[Blockable], now: datetime, **kwargs: Any) -> None:
        """`whose` are those whose time this person may block."""
        super().__init__(*args, **kwargs)
        self.known, self.now = {one.resource_id: one for one in whose}, now
        self.kind.choices = [SelectChoice(code, words) for code, words in wording.BLOCKS.items()]
        self.whose.choices = [SelectChoice(one.resource_id, one.name) for one in whose]
        self.weeks.choices = [SelectChoice(n, wording.weekly(n)) for n in range(1, MOST_WEEKS + 1)]
        self.words.description = _l("For the staff. Of a private one, only its therapist reads it.")
        self.releases_day.description = _l("Only for what is kept free: then it is offered again by itself.")

    @property
    def owner(self) -> Blockable:
        """Whose it is."""
        return self.known[self.whose.data]

    def stretch(self) -> Stretch:
        """The first of its weeks."""
        releases = datetime.combine(*self._release()) if self.kind.data == "kept_free" else None
        return Stretch(self.day.data, self.starts.data, self.ends.data, releases)

    def _release(self) -> tuple[date, time]:
        return self.releases_day.data, self.releases_time.data

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then all together."""
        return bool(super().validate(extra_validators)) and self._times_are_sound()

    def validate_whose(self, field: Field) -> None:
        if field.data not in self.known:
            raise Wrong(_("Choose whose time it is."))

    def validate_weeks(self, field: Field) -> None:
        if field.data not in range(1, MOST_WEEKS + 1):
            raise Wrong(_("Choose how often."))

    def validate_kind(self, field: Field) -> None:
        owner = self.known.get(self.whose.data)
        if field.data == "private" and owner and owner.room_id:
            raise Wrong(_("A room has nothing private. Choose something else."))

    def _times_are_sound(self) -> bool:
        """Puts a sentence where they are not."""
        if self.kind.data == "kept_free" and None in self._release():
            return self._wrong(self.releases_day, _("Enter the day and time until which it is kept free."))
        stretch, zone = self.stretch(), self.owner.zone
        if not stretch.is_sound:
            return self._wrong(self.ends, _("Enter an end after the beginning. Midnight is the end of the day."))
        skipped = next((at for one in stretch.weekly(self.weeks.data) if (at := one.skipped(zone))), None)
        if skipped:
            there_is_none = _(
                "The clocks go forward on %(day)s: there is no %(time)s then.",
                day=day_words(skipped),
                time=clock_words(skipped),
            )
            return self._wrong(self.starts, there_is_none)
        released = stretch.releases_at(zone)
        if released and not self.now < released <= stretch.span(zone)[1]:
            return self._wrong(self.releases_day, _("Enter a time that is still to come, and not after the block."))
        return True

    def _wrong(self, field: Field, sentence: str) -> bool:
        field.errors = [*field.errors, sentence]
        return False
