from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from clinic.core.fields import mail_address
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


class PasswordForm(Form):
    """The password of somebody who is known already."""

    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password.")), Length(max=200)])


class CodeForm(Form):
    """Proves a second factor. `proof`: what it was that they typed, once that is known."""

    proof: Any = None
    code = StringField(
        _l("Code"),
        [DataRequired(_l("Enter the code.")), at_most(40)],
        description=_l("The six digits your phone shows now, or one of your recovery codes."),
    )


class SetUpForm(Form):
    """Confirms a new phone. `step`: of the code, once it is known to be right."""

    step: Any = None
    new = StringField(
        _l("The code your phone shows now"), [DataRequired(_l("Enter the six digits your phone shows.")), at_most(40)]
    )


class AnotherPhoneForm(SetUpForm, CodeForm):
    """The same where there is a second factor already."""

    code = StringField(
        _l("A code of before"),
        [DataRequired(_l("Enter a code of before.")), at_most(40)],
        description=_l("The six digits of the phone you used until now, or one of your recovery codes."),
    )


class AddressForm(Form):
    """Where to send a link to sign in with."""

    email = StringField(_l("Email"), [DataRequired(_l("Enter your email address.")), at_most(254), mail_address])


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
