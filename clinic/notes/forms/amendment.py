"""What is signed beside a note."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from clinic.core.forms import Form, at_most
from clinic.notes.forms.words import LONGEST


class AmendmentForm(Form):
    text = TextAreaField(
        _l("Amendment"),
        [DataRequired(_l("Write what is to stand beside the note.")), at_most(LONGEST)],
        description=_l("It is signed at once, with your name and the time. The note itself stays as it is."),
    )
