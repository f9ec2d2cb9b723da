"""Every part of the look on one page, for whoever builds pages. In development only."""

from flask import Blueprint, render_template
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField

from clinic.core.access import public
from clinic.core.forms import Form

bp = Blueprint("styleguide", __name__)


class SampleForm(Form):
    name = StringField("Your name")
    email = StringField("Email", description="We send the details here.")
    side = RadioField("Which side?", choices=[SelectChoice(side.lower(), side) for side in ("Left", "Right", "Both")])
    area = RadioField(
        "Where does it hurt most?", choices=[SelectChoice("hip", "Front of the hip"), SelectChoice("back", "Low back")]
    )
    word = TextAreaField("A word to your therapist", description="Only your therapist can read this.")
    agree = BooleanField("I have read this")


@bp.get("/styleguide")
@public
def index() -> str:
    form = SampleForm(formdata=None)
    form.email.errors = ["Enter an email address like name@example.com."]
    form.side.errors = ["Choose one of these, or none."]
    return render_template("styleguide.html", form=form)
