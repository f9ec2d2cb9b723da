"""What is signed beside a note."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from clinic.core.forms import Form, at_most
from clinic.notes import wording
from clinic.notes.forms.words import LONGEST


class AmendmentForm(Form):
    """Why, and the words."""

    why = RadioField(
        _l("Why"),
        [InputRequired(_l("Say why you add this."))],
        choices=[SelectChoice(code, words) for code, words in wording.signing.REASONS.items()],
    )
    text = TextAreaField(
        _l("Amendment"),
        [DataRequired(_l("Write what is to stand beside the note.")), at_most(LONGEST)],
        description=_l("It is signed at once, with your name and the time. The note itself stays as it is."),
    )


class CoSignatureForm(Form):
    """A supervisor's word, if they want to add one."""

    word = TextAreaField(_l("A word beside it"), [Optional(), at_most(LONGEST)])
