from collections.abc import Collection, Mapping, Sequence
from typing import Any

import phonenumbers
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Optional

from clinic.booking import wording
from clinic.booking.offered import ListedTherapist
from clinic.core.fields import mail_address, persons_name
from clinic.core.forms import Form, Ticks, at_most
from clinic.people.models import Client


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, text) for code, text in words.items()]


class ContactForm(Form):
    """Whom the time is for, and where to reach them."""

    name = StringField(_l("Your name"), [DataRequired(_l("Enter your name.")), at_most(120), persons_name])
    email = StringField(
        _l("Email"),
        [
            DataRequired(_l("Enter your email address, so that we can send you the details.")),
            at_most(254),
            mail_address,
        ],
        description=_l("We send the details here, with a link to move or cancel."),
    )
    phone = StringField(_l("Phone"), [Optional(), at_most(40)], description=_l("In case we need to ring you."))
    number_needed = _l("Enter your phone number: we ring you before your visit.")

    def __init__(self, *args: Any, country: str, rings: bool = False, **kwargs: Any) -> None:
        """`rings`: a therapist must ring before the visit, so a phone number is needed."""
        super().__init__(*args, **kwargs)
        self.country, self.rings = country, rings
        if rings:
            self.phone.validators = [DataRequired(self.number_needed), at_most(40)]

    def is_for(self, client: Client) -> bool:
        """Whether that is the name and the address of a client whom we know."""
        return bool((self.name.data, self.email.data.lower()) == (client.name, client.email.lower()))

    def validate_phone(self, field: StringField) -> None:
        try:
            number = phonenumbers.parse(field.data, self.country)
        except phonenumbers.NumberParseException:
            number = None
        if number is not None and phonenumbers.is_possible_number(number):
            return
        if self.rings:
            raise ValidationError(_l("Enter a phone number with its area code."))
        raise ValidationError(_l("Enter a phone number with its area code, or leave it empty."))


class DetailsForm(ContactForm):
    """Two fields are asked for; the rest helps and may stay empty."""

    area = RadioField(
        _l("Where does it hurt most?"), [Optional()], choices=_choices(wording.AREAS), validate_choice=False
    )
    side = RadioField(_l("Which side?"), [Optional()], choices=_choices(wording.SIDES), validate_choice=False)
    word = TextAreaField(
        _l("A word to your therapist"),
        [Optional(), at_most(1000)],
        description=_l("Only your therapist can read this."),
    )
    key = HiddenField()

    def validate_area(self, field: RadioField) -> None:
        _one_of(field, wording.AREAS)

    def validate_side(self, field: RadioField) -> None:
        _one_of(field, wording.SIDES)


class BookingForm(DetailsForm):
    """The details again, as the check page sends them with the choice, which `asked.choice` reads. The key makes it one
    booking, however often it is sent.
    """

    key = HiddenField(validators=[DataRequired()])


class WaitingForm(ContactForm):
    """Who waits, and which times suit; where nothing is ticked, any does."""

    therapists = Ticks(_l("With whom"), coerce=int)
    weekdays = Ticks(_l("Days"), coerce=int)
    parts = Ticks(_l("Part of the day"))
    gender = RadioField(_l("With a woman or a man"), [Optional()], default="", validate_choice=False)

    def __init__(
        self,
        *args: Any,
        therapists: Sequence[ListedTherapist],
        weekdays: Collection[int],
        genders: Collection[str],
        **kwargs: Any,
    ) -> None:
        """`therapists` who may give it, `weekdays` on which they work, `genders` to choose from."""
        super().__init__(*args, **kwargs)
        self.email.description = _l("We write here when a time frees up.")
        self.listed = therapists
        self.therapists.choices = [SelectChoice(one.id, one.name) for one in therapists]
        self.weekdays.choices = [SelectChoice(day, wording.weekday(day)) for day in weekdays]
        self.parts.choices = _choices(wording.PARTS)
        self.gender.choices = _choices({"": _l("Anybody"), **{one: wording.GENDERS[one] for one in genders}})

    def validate_gender(self, field: RadioField) -> None:
        _one_of(field, [choice.value for choice in field.choices])
        ticked = [one for one in self.listed if one.id in (self.therapists.data or [])]
        if ticked and all(one.gender != field.data for one in ticked):
            raise ValidationError(_l("Nobody you ticked fits this. Tick somebody else, or choose “Anybody”."))


class LostLinkForm(Form):
    """Where to send the links of whoever has lost theirs."""

    email = StringField(
        _l("Email"),
        [DataRequired(_l("Enter the email address you booked with.")), at_most(254), mail_address],
        description=_l("The one you booked with."),
    )


def _one_of(field: RadioField, codes: Collection[str]) -> None:
    if field.data and field.data not in codes:
        raise ValidationError(_l("Choose one of these, or none."))
