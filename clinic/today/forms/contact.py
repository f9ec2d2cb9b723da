"""What the desk writes about a client."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Optional

from clinic.booking.forms import ContactForm
from clinic.core.forms import at_most


class ClientForm(ContactForm):
    """Name, where to reach them, and a note for the desk. Somebody who books by phone may have no mail address."""

    desk_note = TextAreaField(
        _l("Note for the desk"),
        [at_most(300)],
        description=_l(
            "What to do, such as “let them in by the side door”. Never why: health belongs in their therapist's notes."
        ),
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, country=country, **kwargs)
        self.name.label.text, self.name.validators[0] = _l("Name"), DataRequired(_l("Enter a name."))
        self.email.validators = [Optional(), *self.email.validators[1:]]
        self.email.description = _l("Their mails go here. Leave it empty where they have none.")
        self.phone.description = ""
