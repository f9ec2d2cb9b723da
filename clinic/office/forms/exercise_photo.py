"""What is asked beside a photo of an exercise."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired

from clinic.aftercare.catalogue import Exercise
from clinic.core.forms import Form, at_most


class ExercisePhotoForm(Form):
    """The words for whoever does not see it. The file is sent beside them."""

    photo_words = StringField(
        _l("What the photo shows"),
        [DataRequired(_l("Say what it shows, for whoever does not see it.")), at_most(300)],
        description=_l("For whoever does not see it: how the person lies, sits or stands, and what they do."),
    )

    @classmethod
    def showing(cls, found: Exercise | None) -> "ExercisePhotoForm":
        return cls(formdata=None, data={"photo_words": found.photo_words if found else ""})
