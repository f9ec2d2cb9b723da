"""What clients agree to, in the clinic's own words: for the owner. A change is another version, which everybody signs
anew; who signed the words off can be told without that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.consent import operations, queries, wording
from clinic.consent.catalogue import ELEMENTS, shipped
from clinic.consent.forms import TextForm
from clinic.consent.models import ConsentText
from clinic.consent.rules import Piece, changed
from clinic.consent.views.page import bp
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db, reads_first
from clinic.core.times import local
from clinic.people.queries import names_of
from clinic.treatments.models import Treatment
from clinic.treatments.rules import promises
from clinic.treatments.wording import PROMISES


@dataclass(frozen=True)
class Version:
    """A text with who made it."""

    text: ConsentText
    who: str
    at: Any


@bp.get("/treatments/<int:treatment_id>/consent")
@owner
def text(treatment_id: int) -> str:
    treatment = _load(treatment_id)
    words = queries.words_for(db.session, treatment)
    return _page(treatment, TextForm(formdata=None, data={**words.elements, "approved_by": words.approved_by}))


@bp.post("/treatments/<int:treatment_id>/consent")
@owner
def text_change(treatment_id: int) -> Response | tuple[str, int]:
    treatment, form = _load(treatment_id), TextForm()
    if not form.validate():
        return _page(treatment, form, has_errors=True), 422
    account, now, approved_by = access.signed_in(), clock.now(), form.approved_by.data or ""
    made = operations.change_text(
        db.session, treatment, form.elements(), approved_by, account_id=account.id, now=now, by=access.actor()
    )
    if made:
        flash(_("Saved. From now on clients are asked to sign these words."))
    elif operations.approve_text(db.session, treatment, approved_by, now=now, by=access.actor()):
        flash(_("Saved who signed the words off. What clients signed goes on counting."))
    db.session.commit()
    return redirect(url_for("consent.text", treatment_id=treatment_id), 303)


@bp.post("/treatments/<int:treatment_id>/consent/preview")
@reads_first
@owner
def text_preview(treatment_id: int) -> str | tuple[str, int]:
    """As the client would read it, and what is another than now. Nothing is saved."""
    treatment, form = _load(treatment_id), TextForm()
    if not form.validate():
        return _page(treatment, form, has_errors=True), 422
    now_held = queries.words_for(db.session, treatment).elements
    return render_template(
        "consent/preview.html",
        treatment=treatment,
        words=form.elements(),
        elements=wording.ELEMENTS,
        changes=_changes(now_held, form.elements()),
        typed=[(name, value) for name, value in request.form.items() if name in {*ELEMENTS, "approved_by"}],
    )


@bp.post("/treatments/<int:treatment_id>/consent/draft")
@reads_first
@owner
def text_draft(treatment_id: int) -> str:
    """Back from the preview, with all that was typed."""
    return _page(_load(treatment_id), TextForm())


@bp.get("/treatments/<int:treatment_id>/consent/<int:number>")
@owner
def text_version(treatment_id: int, number: int) -> str:
    """One version, and what was another in the one before it."""
    treatment, texts = _load(treatment_id), queries.texts_of(db.session, treatment_id)
    found = next((one for one in texts if one.number == number), None) or abort(404)
    before = next((one.elements for one in texts if one.number == number - 1), None)
    return render_template(
        "consent/version.html",
        treatment=treatment,
        version=_versions([found])[0],
        changes=_changes(before or shipped(is_release=treatment.is_release).elements, found.elements),
        elements=wording.ELEMENTS,
        first=before is None,
    )


def _load(treatment_id: int) -> Treatment:
    return db.session.get(Treatment, treatment_id) or abort(404)


def _page(treatment: Treatment, form: TextForm, *, has_errors: bool = False) -> str:
    texts = queries.texts_of(db.session, treatment.id)
    return render_template(
        "consent/text.html",
        treatment=treatment,
        form=form,
        versions=_versions(texts),
        names=list(ELEMENTS),
        promised=_promised(form),
        has_errors=has_errors,
    )


def _versions(texts: Sequence[ConsentText]) -> list[Version]:
    zone = programme_or_404().location.zone
    makers = names_of(db.session, [f"account:{one.made_by_id}" for one in texts if one.made_by_id])
    ours = str(_("The words that came with the product"))
    return [Version(one, makers.get(f"account:{one.made_by_id}", ours), local(one.made_at, zone)) for one in texts]


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[Any, list[Piece]]]:
    """Each part that is another, in pieces."""
    return [
        (wording.ELEMENTS[name], changed(before[name], after[name])) for name in ELEMENTS if before[name] != after[name]
    ]


def _promised(form: TextForm) -> list[tuple[Any, str, Any]]:
    """Words that promise something: which part, the words, and why they are pointed out. Nothing is refused for it."""
    found = [(name, one) for name in ELEMENTS for one in promises(form[name].data or "")]
    return [(wording.ELEMENTS[name], one.words, PROMISES[one.rule][0]) for name, one in found]
