"""A page or a video elsewhere."""

from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import DataRequired

from clinic.core.forms import at_most
from clinic.core.setting import NEEDED, SettingForm


class UsefulLinkForm(SettingForm):
    """What it is called, where it is, and what clients are told of it."""

    title = StringField(_l("Title"), [DataRequired(NEEDED), at_most(120)])
    url = StringField(_l("Address"), [DataRequired(NEEDED), at_most(500)], description=_l("It begins with https://"))
    is_video = BooleanField(_l("It is a video"))
    is_affiliate = BooleanField(
        _l("We earn by it"), description=_l("Clients then read: We earn a little when you buy there.")
    )
    offered = BooleanField(_l("New plans can point to it"), description=_l("Untick to hide it."))

    def validate_url(self, field: StringField) -> None:
        """A whole address of a page that is safe to open, and nobody's password in it."""
        try:
            parts = urlsplit(field.data)
            host, _port = parts.hostname or "", parts.port
        except ValueError:
            host = ""
        if not host or "." not in host.strip(".") or parts.scheme != "https" or _odd(field.data):
            raise ValidationError(_l("Enter a whole address that begins with https://"))
        if "@" in parts.netloc:
            raise ValidationError(_l("Leave the name and the password out of the address."))


def _odd(address: str) -> bool:
    """Blanks and what is no plain sign are written otherwise in an address."""
    return not address.isascii() or not address.isprintable() or any(one in address for one in ' "<>\\^`{|}')
