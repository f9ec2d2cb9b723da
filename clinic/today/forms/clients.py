"""Who is on the phone."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Optional

from clinic.booking.forms import ContactForm
from clinic.core.fields import mail_address, persons_name
from clinic.core.forms import at_most


class NewClientForm(ContactForm):
    """Somebody new at the desk: a phone number or a mail address will do."""

    name = StringField(_l("Name"), [DataRequired(_l("Enter their name.")), at_most(120), persons_name])
    phone = StringField(_l("Phone"), [Optional(), at_most(40)])
    email = StringField(_l("Email"), [Optional(), at_most(254), mail_address])
    number_needed = _l("Take down a phone number: a therapist rings them first.")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.phone.data or self.email.data:
            return valid
        self.phone.errors = [_("Take down a phone number or a mail address.")]
        return False
