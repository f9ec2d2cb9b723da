"""The shape of a paper of the clinic's own, for everybody."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired

from clinic.core.forms import at_most
from clinic.core.setting import NEEDED, SettingForm


class HandoutForm(SettingForm):
    """What is said of it. The file is sent beside."""

    title = StringField(_l("Title"), [DataRequired(NEEDED), at_most(120)])
    words = TextAreaField(
        _l("What it is about"),
        [at_most(1000)],
        description=_l("A sentence or two. Promise no cure, and name no illness."),
    )
    offered = BooleanField(_l("Everybody can take it"), description=_l("Untick to hide it."))
