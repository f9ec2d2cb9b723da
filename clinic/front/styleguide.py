"""Every part of the look on one page, for whoever builds pages. In development only."""

from flask import Blueprint, render_template
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField

from clinic.core.access import public
from clinic.core.forms import Form
from clinic.drawings.body_chart import shown
from clinic.drawings.forms import BodyChartField, SignatureField
from clinic.drawings.marks import Mark

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
    places = BodyChartField("Where does it hurt?")
    drawn = SignatureField("Draw your name", description="Or type it above.")


MARKED = (
    Mark("hip_flexors", "left", "dull", 6),
    Mark("low_back", "right", "burning", 4),
    Mark("front_of_thigh", "left", "tingling", 2),
    Mark("buttock", "left", "sharp", 8),
    Mark("calf", "right", "numb", 10),
    Mark("shoulder", "right", "stiff", 3),
)


@bp.get("/styleguide")
@public
def index() -> str:
    form = SampleForm(formdata=None)
    form.email.errors = ["Enter an email address like name@example.com."]
    form.side.errors = ["Choose one of these, or none."]
    chart = shown(MARKED, avoid={"knee/left", "abdomen/left", "abdomen/right"})
    return render_template("styleguide.html", form=form, chart=chart)
