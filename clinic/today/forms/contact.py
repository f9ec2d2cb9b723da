"""What the desk writes about a client."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from clinic.booking.forms import ContactForm
from clinic.core.fields import mail_address, persons_name
from clinic.core.forms import at_most


class ClientForm(ContactForm):
    """Name, where to reach them, and a note for the desk. Who comes by and has neither phone nor mail is one too."""

    name = StringField(_l("Name"), [DataRequired(_l("Enter a name.")), at_most(120), persons_name])
    phone = StringField(_l("Phone"), [Optional(), at_most(40)])
    email = StringField(
        _l("Email"), [Optional(), at_most(254), mail_address], description=_l("Their mails go here, if they have one.")
    )
    desk_note = TextAreaField(
        _l("Note for the desk"),
        [at_most(300)],
        description=_l(
            "What to do, such as “let them in by the side door”. Never why: health belongs in their therapist's notes."
        ),
    )
