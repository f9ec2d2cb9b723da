"""The shape of what the clinic is called, says, and asks of its clients."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ColorField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Optional

from clinic.core.fields import Whole, mail_address
from clinic.core.forms import at_most
from clinic.core.setting import CHOOSE, NEEDED, between
from clinic.office.forms.practice import PracticeFields
from clinic.places import rules as colours

MOST_REMINDERS, LONGEST_BEFORE = 4, 24 * 14
RULES = {
    "call": _l("Ask them to call"),
    "approval": _l("Let the therapist say yes first"),
    "deposit": _l("Tell them about a deposit"),
}


class Accent(ColorField):  # type: ignore[misc]  # wtforms has no types
    """A colour; where there is none, the house's own."""

    def process_data(self, value: Any) -> None:
        super().process_data(value or colours.HOUSE)


class Hours(StringField):  # type: ignore[misc]  # wtforms has no types
    """Numbers in a row, as somebody would have typed them."""

    def process_data(self, value: Any) -> None:
        super().process_data(", ".join(map(str, value)) if isinstance(value, list) else value)


class IdentityForm(PracticeFields):
    name = StringField(_l("Name of the clinic"), [DataRequired(NEEDED), at_most(120)])
    tagline = StringField(
        _l("In one line"), [at_most(120)], description=_l("The big words of the home page. Empty: the clinic's name.")
    )
    welcome = TextAreaField(_l("Welcome"), [at_most(400)], description=_l("A sentence or two under it."))
    phone = StringField(
        _l("Phone"),
        [DataRequired(NEEDED), at_most(40)],
        description=_l("On every page and in every mail, for whoever would rather ring."),
    )
    email = StringField(_l("Email"), [Optional(), at_most(254), mail_address])
    accent = Accent(
        _l("Your colour"), description=_l("Of the buttons and links of your clients' pages, by day and in dark mode.")
    )

    change_notice_hours = Whole(
        _l("Clients change until, in hours before"),
        between(0, 336),
        description=_l("Later than this they ring instead of moving it themselves."),
    )
    most_moves = Whole(_l("Most moves"), between(0, 20), description=_l("So often a client moves one appointment."))
    late_words = StringField(
        _l("Before a late cancellation"),
        [at_most(300)],
        description=_l("Shown to whoever cancels later than that, such as what it costs."),
    )
    hold_minutes = Whole(
        _l("A tapped time is kept, in minutes"),
        between(2, 60),
        description=_l("So long nobody else can take it while they type."),
    )
    offer_minutes = Whole(
        _l("An offered time is kept, in minutes"),
        between(10, 2880),
        description=_l("So long somebody on the waiting list may think about it."),
    )
    client_most_a_day = Whole(
        _l("Most a day for one client"), between(1, 10, empty=True), description=_l("Empty: as many as they like.")
    )
    mail_name = StringField(
        _l("Mails are from"),
        [at_most(120)],
        description=_l("The name people see in their inbox. Empty: the clinic's. Answers come to the email above."),
    )
    reminder_hours = Hours(
        _l("Reminders, in hours before"),
        [at_most(40)],
        description=_l("A mail at each, such as 48, 3. Empty: none. What is booked already keeps its own."),
    )
    tells_of_delays = BooleanField(
        _l("Tell clients of delays"),
        description=_l("When somebody runs late, those who come after are mailed a new time."),
    )
    asks_measures = BooleanField(
        _l("Ask clients before each visit how they are getting on"),
        description=_l("One page by their link: pain, sitting, practice. Only their therapist reads it."),
    )
    missed_most = Whole(
        _l("Too many missed visits"),
        between(1, 20, empty=True),
        description=_l("After so many, the rule below holds for them. Empty: it never does."),
    )
    missed_months = Whole(_l("Counted over, in months"), between(1, 60), description=_l("Older ones are forgotten."))
    missed_rule = RadioField(
        _l("What happens then?"),
        choices=[SelectChoice(*rule) for rule in RULES.items()],
        description=_l("When they book the next time."),
    )
    missed_words = StringField(_l("What they read then"), [at_most(200)])

    privacy_words = TextAreaField(
        _l("Privacy notice"),
        [at_most(6000)],
        description=_l(
            "Its own page, linked at the foot of every page. An empty line begins a paragraph. Empty: our words. "
            "Clients accept it anew once it has changed."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missed_rule.invalid_choice_message = CHOOSE

    def validate_reminder_hours(self, field: Any) -> None:
        hours = _numbers(field.data)
        if hours is None or len(hours) > MOST_REMINDERS or any(not 1 <= one <= LONGEST_BEFORE for one in hours):
            raise ValidationError(_("Enter up to four numbers of hours, 1 to 336, such as 48, 3."))

    def validate_accent(self, field: Any) -> None:
        """One that cannot be read is refused, and the nearest that can be stands in its place, to be taken."""
        typed = colours.colour_of(field.data)
        if typed is None:
            raise ValidationError(_("Choose a colour such as #1d5c63."))
        field.data = colours.nearest(typed)
        if field.data != typed:
            told = _(
                "On %(typed)s, white words are hard to read. The nearest that works stands here now: %(nearest)s.",
                typed=typed,
                nearest=field.data,
            )
            raise ValidationError(told)

    def label_of(self, name: str) -> str:
        return str(_("Logo")) if name == "logo" else super().label_of(name)

    def in_words(self, name: str, value: Any) -> str:
        """Of a logo, which has no field, enough to tell one from another."""
        return str(_("picture %(n)s", n=value[:4])) if name == "logo" and value else super().in_words(name, value)

    def values(self) -> dict[str, Any]:
        """The house's own green is no colour of the clinic's."""
        hours = _numbers(self.reminder_hours.data) or []
        accent = "" if self.accent.data == colours.HOUSE else self.accent.data
        return {**super().values(), "reminder_hours": hours, "accent": accent}


def _numbers(typed: str | None) -> list[int] | None:
    """The hours, most first, each once; None where they cannot be read."""
    words = (typed or "").replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) < 5 for word in words):
        return None
    return sorted({int(word) for word in words}, reverse=True)
