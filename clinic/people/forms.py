from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from clinic.core.forms import Form, at_most
from clinic.people.rules import LEAST, MOST, password_refusal

PASSWORD_SENTENCES = {
    "password_short": _l("Choose a password of %(least)d characters or more.", least=LEAST),
    "password_long": _l("Shorten the password to %(most)d characters or fewer.", most=MOST),
    "password_common": _l("That password is easy to guess. Three words that do not go together make a good one."),
}


class SignInForm(Form):
    email = StringField(_l("Email"), [DataRequired(_l("Enter your email address.")), Length(max=254)])
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password.")), Length(max=200)])


class AddressForm(Form):
    """Where to send a link to sign in with."""

    email = StringField(_l("Email"), [DataRequired(_l("Enter your email address.")), at_most(254)])


class NewPasswordForm(Form):
    new = PasswordField(
        _l("New password"),
        [DataRequired(_l("Choose a password."))],
        description=_l("%(least)d characters or more.", least=LEAST),
    )

    def __init__(self, *args: object, email: str, **kwargs: object) -> None:
        """`email`: the account's own, which is no password."""
        super().__init__(*args, **kwargs)
        self.email = email

    def validate_new(self, field: PasswordField) -> None:
        if code := password_refusal(field.data, email=self.email):
            raise ValidationError(PASSWORD_SENTENCES[code])


class ChangePasswordForm(NewPasswordForm):
    old = PasswordField(
        _l("The password you have now"), [DataRequired(_l("Enter the password you have now.")), at_most(MOST)]
    )
