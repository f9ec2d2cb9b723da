"""What somebody found who looked at a credential, and why a check is taken back."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from clinic.core.fields import Day, Whole, mail_address, persons_name
from clinic.core.forms import Form, at_most
from clinic.qualifications.rules import Looked

OUTCOMES = {
    "verified": _l("Yes: it holds, and says what is entered here"),
    "rejected": _l("No: it cannot be accepted as it is"),
}
METHODS = {
    "register": _l("I looked it up in the public register"),
    "original": _l("I have seen the original"),
    "body": _l("The body that gave it confirmed it to me"),
}
NO_NUMBER = _l("Enter a number from 1 to 8, or leave this empty.")


class Level(Whole):
    """A level on the RQF scale."""

    unreadable = NO_NUMBER


class CheckForm(Form):
    """`revision` is the credential's, as it was shown. Only what qualifies somebody meets a level."""

    revision = Whole(validators=[InputRequired()])
    outcome = RadioField(
        _l("Is it good?"),
        [InputRequired(_l("Choose whether it holds."))],
        choices=[SelectChoice(code, words) for code, words in OUTCOMES.items()],
        validate_choice=False,
    )
    method = RadioField(
        _l("How do you know?"),
        [InputRequired(_l("Choose how you know."))],
        choices=[SelectChoice(code, words) for code, words in METHODS.items()],
        validate_choice=False,
    )
    meets_level = Level(
        _l("Level it meets"),
        [Optional(), NumberRange(1, 8, message=NO_NUMBER)],
        description=_l("As levels are counted in England: most treatments need 4. Lower it where you doubt."),
    )
    note = TextAreaField(
        _l("Note"),
        [at_most(400)],
        description=_l("If it is not accepted: why, and what would help. The therapist reads it."),
    )
    next_check_on = Day(_l("Look again on"), [Optional()])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_outcome(self, field: RadioField) -> None:
        if field.data not in OUTCOMES:
            raise ValidationError(_l("Choose whether it holds."))

    def validate_method(self, field: RadioField) -> None:
        if field.data not in METHODS:
            raise ValidationError(_l("Choose how you know."))

    def validate_note(self, field: TextAreaField) -> None:
        if self.outcome.data == "rejected" and not field.data:
            raise ValidationError(_l("Say why it is not accepted: the therapist needs to know."))

    def validate_next_check_on(self, field: Day) -> None:
        if field.data and field.data <= self.today:
            raise ValidationError(_l("Enter a day that is still to come."))

    def looked(self) -> Looked:
        """What they found."""
        level = self.meets_level.data if self.outcome.data == "verified" else None
        return Looked(self.outcome.data, self.method.data, self.revision.data, level, self.note.data or "")


class RevocationForm(Form):
    """Why what was verified holds no more."""

    reason = TextAreaField(_l("Why"), [DataRequired(_l("Say why: the therapist needs to know.")), at_most(400)])


class CheckerForm(Form):
    """Whom to ask, and what they are to the therapist."""

    name = StringField(_l("Their name"), [DataRequired(_l("Enter their name.")), at_most(120), persons_name])
    email = StringField(
        _l("Their email"),
        [DataRequired(_l("Enter their email address: the link goes there.")), at_most(254), mail_address],
    )
    relation = RadioField(
        _l("Who they are"),
        [InputRequired(_l("Choose who they are."))],
        choices=[
            SelectChoice("colleague", _l("A colleague, who knows the work")),
            SelectChoice("tutor", _l("A tutor, who taught it")),
            SelectChoice("association", _l("Somebody of a professional association")),
        ],
        validate_choice=False,
    )

    def validate_relation(self, field: RadioField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_l("Choose who they are."))
