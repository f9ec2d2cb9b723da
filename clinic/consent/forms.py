"""The shape of a signature, of a text, and of who wants news."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from clinic.consent.catalogue import ELEMENTS
from clinic.consent.rules import Guardian, Signature
from clinic.consent.wording import ELEMENTS as NAMES
from clinic.core.fields import Whole, mail_address, persons_name
from clinic.core.forms import Form, at_most
from clinic.drawings.forms import SignatureField

LONGEST = 2000


class SigningForm(Form):
    """A name under a text. `treatment` and `digest` say which text it was."""

    treatment = Whole(widget=HiddenInput())
    digest = HiddenField()
    name = StringField(
        _l("Your name"), [at_most(120)], description=_l("First name and last name. It is your signature.")
    )
    strokes = SignatureField(
        _l("Or draw it"), description=_l("With a finger, a pen or the mouse. Then you need not type it.")
    )
    guardian_name = StringField(_l("Name of the parent or guardian"), [at_most(120)])
    guardian_relation = StringField(
        _l("What they are to you"), [at_most(60)], description=_l("Mother, father, guardian.")
    )
    guardian_present = RadioField(
        _l("Will they be in the room?"),
        [Optional()],
        choices=[SelectChoice("yes", _l("Yes, for the whole visit")), SelectChoice("no", _l("No"))],
    )

    def signature(self, *, place: str, witness: str = "") -> Signature:
        """`witness`: who of the staff was there."""
        return Signature(
            digest=self.digest.data or "",
            name=self.name.data or "",
            strokes=self.strokes.data or (),
            guardian=self._guardian(),
            witness=witness,
            place=place,
        )

    def _guardian(self) -> Guardian | None:
        """Whoever is named; nobody where all of it is empty."""
        present = {"yes": True, "no": False}.get(self.guardian_present.data or "")
        guardian = Guardian(self.guardian_name.data or "", self.guardian_relation.data or "", present)
        return guardian if guardian.name or guardian.relation or present is not None else None


class SigningTogetherForm(SigningForm):
    """The same on the therapist's own screen: in the room, for a visit."""

    appointment = HiddenField()
    witness = StringField(
        _l("Who else was there"),
        [at_most(120)],
        description=_l("Somebody of the clinic. Leave it empty if nobody was."),
    )


class NewsForm(Form):
    """Not ticked beforehand where it was not wanted before."""

    news = BooleanField(_l("Send me news by mail now and then"))


class NewsReaderForm(Form):
    """Somebody who is no client asks for news. Nothing is ticked beforehand."""

    email = StringField(_l("Email"), [DataRequired(_l("Enter your email address.")), at_most(254), mail_address])
    name = StringField(_l("Name"), [Optional(), at_most(120), persons_name])
    news = BooleanField(
        _l("Send me news by mail now and then"), [DataRequired(_l("Tick this if you want our news. Else just leave."))]
    )


class AcceptanceForm(Form):
    """The privacy notice, ticked by whoever accepts it."""

    accepted = BooleanField(
        _l("I have read the privacy notice and accept it"),
        [DataRequired(_l("Tick this to go on. The privacy notice opens on a page of its own."))],
    )


def _element(name: str) -> Any:
    needed = DataRequired(_l("This cannot be empty: all six have to be said."))
    return TextAreaField(NAMES[name], [needed, at_most(LONGEST)])


class TextForm(Form):
    """What somebody agrees to, in six parts."""

    what, why, risks = (_element(name) for name in ELEMENTS[:3])
    instead, if_not, say = (_element(name) for name in ELEMENTS[3:])
    approved_by = StringField(
        _l("Signed off by"),
        [at_most(160)],
        description=_l("The clinician who approved these words, and what they are. Leave it empty while nobody has."),
    )

    def elements(self) -> dict[str, str]:
        return {name: self[name].data for name in ELEMENTS}
