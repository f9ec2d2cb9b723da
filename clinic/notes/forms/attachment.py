"""What is said of a photo or paper that is kept with a visit."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Optional

from clinic.core.forms import Form, at_most


class AttachmentForm(Form):
    about = StringField(_l("What it shows"), [Optional(), at_most(120)])
