from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from clinic.core.forms import Form


class SignInForm(Form):
    email = StringField(_l("Email"), [DataRequired(_l("Enter your email address.")), Length(max=254)])
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password.")), Length(max=200)])
