"""What the pages of this capability share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort
from flask_babel import gettext as _

from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.consent import queries, wording
from clinic.consent.forms import SigningForm
from clinic.consent.models import Consent
from clinic.consent.queries import Words
from clinic.consent.rules import VALID
from clinic.core.db import db
from clinic.core.times import local
from clinic.drawings.strokes import draw_strokes, strokes_of
from clinic.intake.queries import standing
from clinic.treatments.models import Treatment

bp = Blueprint("consent", __name__)


@dataclass(frozen=True)
class Paper:
    """A text to sign for one treatment of a visit, and how the consent to it stands."""

    treatment: Treatment
    words: Words
    state: str

    @property
    def to_sign(self) -> bool:
        return self.state != VALID


def papers_of(appointment: Appointment) -> list[Paper]:
    """One for each treatment of the visit, in order."""
    states = queries.states_by_treatment(db.session, [appointment])[appointment.id]
    return [Paper(one, queries.words_for(db.session, one), states[one.id]) for one in appointment.treatments]


def paper_for(papers: Sequence[Paper], treatment_id: int | None) -> Paper:
    """The one that a form names; no page for a treatment that is no part of the visit."""
    return next((one for one in papers if one.treatment.id == treatment_id), None) or abort(404)


def blank(form: type[SigningForm], paper: Paper, **more: Any) -> SigningForm:
    """A form for this paper; nothing in it is filled in beforehand."""
    return form(formdata=None, data={"treatment": paper.treatment.id, "digest": paper.words.digest, **more})


def under_18(appointment: Appointment) -> bool:
    """Whether they will be under 18 at the visit, by what they ticked for it or by their date of birth."""
    zone = programme_or_404().location_of(appointment).zone
    on = local(appointment.starts_at, zone).date()
    told = standing(db.session, appointment.client_id, on=on, answered=appointment.screening).told
    return not told.isdisjoint({"under_16", "under_18"})


def signed_facts(consent: Consent) -> dict[str, Any]:
    """What the page of a signed consent shows: the words, who signed, when and where."""
    zone, document = programme_or_404().location.zone, queries.document_of(consent)
    strokes = strokes_of(document["strokes"])
    treatments = queries.treatments_of(db.session, [consent.text.treatment_id])
    return {
        "consent": consent,
        "document": document,
        "drawn": draw_strokes(strokes, title=str(_("The drawn name"))) if strokes else "",
        "treatment": treatments[consent.text.treatment_id],
        "signed": local(consent.signed_at, zone),
        "withdrawn": local(consent.withdrawal.at, zone) if consent.withdrawal else None,
        "elements": wording.ELEMENTS,
        "places": wording.PLACES,
    }
