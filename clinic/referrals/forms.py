"""The shape of a contact, of a letter, and of a consent to one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from clinic.booking.forms import ContactForm
from clinic.core.fields import Day, Whole, mail_address, persons_name
from clinic.core.forms import Form, at_most
from clinic.referrals import wording
from clinic.referrals.models import Contact
from clinic.referrals.rules import PARTS, Words

LONGEST = 6000


class DirectoryForm(ContactForm):
    """Somebody whom clients are sent to. Nothing about any client belongs here."""

    kind = RadioField(
        _l("What they are"),
        [InputRequired(_l("Choose what they are."))],
        choices=[SelectChoice(code, text) for code, text in wording.CONTACTS.items()],
    )
    name = StringField(_l("Name"), [DataRequired(_l("Enter a name.")), at_most(120), persons_name])
    practice = StringField(_l("Practice"), [Optional(), at_most(160)])
    address = TextAreaField(_l("Address"), [Optional(), at_most(300)], description=_l("As it stands on a letter."))
    phone = StringField(_l("Phone"), [Optional(), at_most(40)])
    email = StringField(_l("Email"), [Optional(), at_most(254), mail_address])
    about = TextAreaField(
        _l("What they are good for"), [Optional(), at_most(400)], description=_l("Nothing about any client.")
    )

    def values(self) -> dict[str, str]:
        names = ("kind", "name", "practice", "address", "phone", "email", "about")
        return {name: self[name].data or "" for name in names}


def _to_whom(contacts: Sequence[Contact]) -> list[SelectChoice]:
    known = [SelectChoice(str(one.id), wording.contact_line(one)) for one in contacts]
    return [SelectChoice("", _l("Choose somebody")), *known]


class NewLetterForm(Form):
    """What it is to be, and to whom; both can be changed while it is a draft."""

    kind = RadioField(
        _l("What it is"),
        [InputRequired(_l("Choose what it is."))],
        choices=[SelectChoice(code, text) for code, text in wording.LETTERS.items()],
    )
    contact = SelectField(_l("To"), [Optional()])

    def __init__(self, *args: Any, contacts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact.choices = _to_whom(contacts)

    def contact_id(self) -> int | None:
        return int(self.contact.data) if self.contact.data else None


def _part(name: str) -> TextAreaField:
    return TextAreaField(wording.PARTS[name], [Optional(), at_most(LONGEST)])


class LetterForm(NewLetterForm):
    identity = StringField(
        _l("Date of birth, address"),
        [Optional(), at_most(200)],
        description=_l("What lets the reader find them, as far as they want it told."),
    )
    greeting = StringField(_l("Greeting"), [Optional(), at_most(160)])
    reason = _part("reason")
    found = _part("found")
    done = _part("done")
    asked = _part("asked")
    revision = Whole(widget=HiddenInput(), default=0)

    def words(self) -> Words:
        said = {name: self[name].data or "" for name in ("identity", "greeting", *PARTS)}
        return Words(kind=self.kind.data, **said)


class ConsentForm(Form):
    """That the client agreed to one letter."""

    who = StringField(_l("Who agreed"), [DataRequired(_l("Enter who agreed.")), at_most(120)])
    way = RadioField(
        _l("How"),
        [InputRequired(_l("Choose how they agreed."))],
        choices=[SelectChoice(code, text) for code, text in wording.WAYS.items()],
    )
    on = Day(_l("When"), [InputRequired(_l("Enter the day they agreed."))])
    to = TextAreaField(_l("To what"), [DataRequired(_l("Enter what they agreed to.")), at_most(600)])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_on(self, field: Day) -> None:
        if field.data > self.today:
            raise ValidationError(_l("Enter a day that has come."))
