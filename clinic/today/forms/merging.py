"""Joining two clients."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice

from clinic.core.forms import Form


class MergingForm(Form):
    """With whom a client is joined, and which contact counts; the page has the words of the choices."""

    other = HiddenField()
    contact = RadioField(
        _l("Which name, email and phone count from now on?"),
        choices=[SelectChoice("own", ""), SelectChoice("other", "")],
        default="own",
    )
