"""Entering a credential and changing it: by its holder or an owner. Whatever is new waits for somebody else's check."""

from collections.abc import Iterable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import therapist_or_owner
from clinic.core.db import db
from clinic.people.models import Therapist
from clinic.places.models import Clinic
from clinic.qualifications import operations, queries, rules, wording
from clinic.qualifications.field_words import facts
from clinic.qualifications.forms import CredentialForm
from clinic.qualifications.models import Credential
from clinic.qualifications.presets import Preset
from clinic.qualifications.views.page import bp
from clinic.qualifications.views.register import currency, is_own, may_see, therapist_or_404


@bp.get("/credentials/new")
@therapist_or_owner
def credential_new() -> str:
    """First what it is, from the presets or by kind; then its fields."""
    therapist, presets = therapist_or_404(request.args.get("therapist", "")), queries.all_presets(db.session)
    preset = presets.get(request.args.get("preset", ""))
    kind = preset.kind if preset else request.args.get("kind", "")
    if kind not in rules.FIELDS:
        return _choosing(therapist, presets.values())
    form = CredentialForm(formdata=None, kind=kind, currency=currency(), preset=preset)
    return _page(therapist, form, kind, preset=preset)


@bp.post("/credentials")
@therapist_or_owner
def credential_making() -> Response | tuple[str, int]:
    therapist, kind = therapist_or_404(request.form.get("therapist", "")), request.form.get("kind", "")
    preset = queries.all_presets(db.session).get(request.form.get("preset", ""))
    if kind not in rules.FIELDS:
        abort(404)
    form = CredentialForm(kind=kind, currency=currency(), preset=preset)
    if not form.validate():
        return _page(therapist, form, kind, preset=preset, has_errors=True), 422
    values = {**form.values(), "preset": preset.code if preset else ""}
    made = operations.enter(db.session, therapist, kind, values, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("%(title)s is entered, and waits for somebody else to check it.", title=made.title))
    return _back(made)


@bp.get("/credentials/<int:credential_id>")
@therapist_or_owner
def credential(credential_id: int) -> str:
    row = credential_or_404(credential_id)
    form = CredentialForm(formdata=None, kind=row.kind, currency=currency(), found=row, preset=_preset_of(row))
    return _page(row.therapist, form, row.kind, row=row, preset=_preset_of(row))


@bp.post("/credentials/<int:credential_id>")
@therapist_or_owner
def credential_change(credential_id: int) -> Response | tuple[str, int]:
    """Saved as it was: nothing. Changed by somebody else meanwhile: what was typed comes back beside it."""
    row = credential_or_404(credential_id)
    form = CredentialForm(kind=row.kind, currency=currency(), found=row, preset=_preset_of(row))
    page = {"row": row, "preset": _preset_of(row)}
    if not form.validate():
        return _page(row.therapist, form, row.kind, has_errors=True, **page), 422
    seen, before = request.form.get("revision", 0, type=int), row.revision
    refusal = operations.change(db.session, row, form.values(), seen=seen, now=clock.now(), by=access.actor())
    if refusal:
        form.revision.data = row.revision
        return _page(row.therapist, form, row.kind, message=wording.SENTENCES[refusal.code], **page), 409
    db.session.commit()
    if row.revision != before:
        flash(_("Saved. It waits for somebody else to check it."))
    return _back(row)


@bp.post("/credentials/<int:credential_id>/removal")
@therapist_or_owner
def credential_removal(credential_id: int) -> Response:
    """Put away: it counts no more, and can be taken back out."""
    row = credential_or_404(credential_id)
    operations.put_away(db.session, row, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("%(title)s is put away. You find it at the end of this page, and can take it back out.", title=row.title))
    return _back(row)


@bp.post("/credentials/<int:credential_id>/return")
@therapist_or_owner
def credential_return(credential_id: int) -> Response:
    """Taken back out: it stands as it did."""
    row = credential_or_404(credential_id)
    operations.take_out(db.session, row, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("%(title)s is back in the register.", title=row.title))
    return _back(row)


def credential_or_404(credential_id: int) -> Credential:
    """One that whoever is signed in may see: its holder and an owner. Anybody else's is not there."""
    row = db.session.get(Credential, credential_id)
    return row if row and may_see(row.therapist) else abort(404)


def _preset_of(row: Credential) -> Preset | None:
    return queries.all_presets(db.session).get(row.preset)


def _back(row: Credential) -> Response:
    return redirect(url_for("qualifications.register", slug=row.therapist.slug, _anchor=f"credential-{row.id}"), 303)


def _choosing(therapist: Therapist, presets: Iterable[Preset]) -> str:
    """The presets of the clinic's own country and of anywhere first, then the other countries' in theirs."""
    clinic = db.session.get(Clinic, 1)
    shown = [one for one in presets if not one.hidden]
    near = [one for one in shown if one.country in {"", clinic.country if clinic else ""}]
    return render_template(
        "qualifications/credential_kind.html",
        therapist=therapist,
        own=is_own(therapist),
        groups=[(kind, [one for one in near if one.kind == kind]) for kind in rules.FIELDS],
        others=[one for one in shown if one not in near],
        wording=wording,
    )


def _page(therapist: Therapist, form: CredentialForm, kind: str, **more: Any) -> str:
    return render_template(
        "qualifications/credential.html",
        therapist=therapist,
        own=is_own(therapist),
        form=form,
        kind=kind,
        fields=rules.FIELDS[kind],
        wording=wording,
        facts=facts,
        currency=form.currency,
        **{"row": None, "preset": None, "message": "", "has_errors": False, **more},
    )
