"""Sentences of consent: what each part of a text is called, how a consent stands, and why a signature is none."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.consent.rules import VALID
from clinic.core.refusals import Refusal

ELEMENTS = {
    "what": _l("What happens"),
    "why": _l("Why people do it"),
    "risks": _l("What may happen that you don't want"),
    "instead": _l("What you can do instead"),
    "if_not": _l("If you don't"),
    "say": _l("Your say"),
}
TO_CLIENT = {
    "valid": _l("You have signed this."),
    "missing": _l("Please read this and sign it before your visit."),
    "renew": _l("Our words have changed since you signed. Please read them again."),
    "withdrawn": _l("You have taken back your consent. You can sign again if you want to."),
    "each_visit": _l("This is signed anew for each visit. Please read it and sign."),
}
TO_THERAPIST = {
    "valid": _l("Consent is there"),
    "missing": _l("Consent is missing"),
    "renew": _l("Consent to be renewed: the text has changed"),
    "withdrawn": _l("Consent was taken back: speak with them first"),
    "each_visit": _l("Consent is missing for this visit"),
}
SENTENCES: dict[str, LazyString] = {
    "unsigned": _l("Type your name, or draw it."),
    "guardian_incomplete": _l("Say who signs with you, what they are to you, and whether they will be there."),
    "guardian_needed": _l(
        "If you are under 18, a parent or guardian has to sign with you. Please fill in who they are."
    ),
    "text_changed": _l("Our words have changed while you read. Please read them again before you sign."),
}
PLACES = {"online": _l("online"), "clinic": _l("in the clinic")}


def to_therapist(state: str) -> str:
    return str(TO_THERAPIST[state])


def to_desk(state: str) -> str:
    """For reception: what to do, and never why."""
    return str(_("Consent is there") if state == VALID else _("Consent is missing"))


def sentence(refusal: Refusal) -> str:
    return str(SENTENCES[refusal.code])
