"""Checking a therapist's credential: by an owner, never their own; and taking back that it was verified."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.people.models import Account
from clinic.qualifications import operations, queries, rules, wording
from clinic.qualifications.field_words import facts
from clinic.qualifications.forms.check import CheckForm, RevocationForm
from clinic.qualifications.models import Credential, Evidence, OutsideChecker
from clinic.qualifications.queries import Entry, is_own
from clinic.qualifications.rules import GOOD, QUALIFYING
from clinic.qualifications.views.page import bp
from clinic.qualifications.views.register import currency

Answer = str | tuple[str, int] | Response


@bp.get("/credentials/<int:credential_id>/check")
@owner
def check(credential_id: int) -> Answer:
    """All that was entered, its papers, and the questions to whoever checks. Nobody checks their own."""
    entry = entry_or_404(credential_id)
    if is_own(entry.row.therapist, access.signed_in()):
        return _not_by_themself(entry)
    return _page(entry, form_for(entry))


@bp.post("/credentials/<int:credential_id>/check")
@owner
def check_submit(credential_id: int) -> Answer:
    """From now on it counts, or does not. What was changed since it was shown is shown anew."""
    entry, account = entry_or_404(credential_id), access.signed_in()
    if is_own(entry.row.therapist, account):
        return _not_by_themself(entry)
    form = CheckForm(today=entry.today)
    if not form.validate():
        return _page(entry, form, has_errors=True), 422
    if refusals := keep(entry, form, account, by=access.actor()):
        entry = entry_or_404(credential_id)
        return _page(entry, form_for(entry), message=wording.checking_sentence(refusals[0])), 409
    flash(said_of(form))
    return _to_register(entry)


@bp.post("/credentials/<int:credential_id>/revocation")
@owner
def revocation(credential_id: int) -> Answer:
    """It counts no more, at once. What is booked becomes work."""
    entry, account = entry_or_404(credential_id), access.signed_in()
    if is_own(entry.row.therapist, account):
        return _not_by_themself(entry)
    form = RevocationForm()
    if not form.validate():
        return _page(entry, form_for(entry), revoking=form, has_errors=True), 422
    by = access.actor()
    refusals = operations.revoke(db.session, entry.row, form.reason.data, account, now=clock.now(), by=by)
    if refusals:
        db.session.rollback()
        entry = entry_or_404(credential_id)
        return _page(entry, form_for(entry), message=wording.checking_sentence(refusals[0])), 409
    db.session.commit()
    flash(_("Revoked. Nothing is offered on it any more. What is booked and needs somebody else is listed under Work."))
    return _to_register(entry)


def entry_or_404(credential_id: int) -> Entry:
    """One that is in a register, and not put away."""
    found = queries.entry(db.session, credential_id, clock.now())
    return abort(404) if found is None or found.state == "put_away" else found


def form_for(entry: Entry) -> CheckForm:
    """Empty but for the level, which is proposed."""
    told = {"revision": entry.row.revision, "meets_level": proposed_level(entry.row)}
    return CheckForm(formdata=None, data=told, today=entry.today)


def proposed_level(row: Credential) -> int | None:
    """What its own scale and its preset say it meets, and the lower of both; None where nobody knows."""
    if row.kind not in QUALIFYING:
        return None
    preset = queries.all_presets(db.session).get(row.preset)
    by_preset = preset.meets_level if preset else None
    known = [level for level in (by_preset, rules.rqf_level(row.framework, row.level)) if level]
    return min(known, default=None)


def keep(entry: Entry, form: CheckForm, checker: Account | OutsideChecker, *, by: Actor) -> list[Refusal]:
    """Keep what they found and commit it, or say why not."""
    now, again = clock.now(), form.next_check_on.data
    refusals = operations.check(db.session, entry.row, form.looked(), checker, next_check_on=again, now=now, by=by)
    db.session.rollback() if refusals else db.session.commit()
    return refusals


def said_of(form: CheckForm) -> str:
    """What has been done, once it is."""
    if form.outcome.data == "verified":
        return str(_("Checked. It counts from now on."))
    return str(_("Not accepted. The therapist finds your reason in their register."))


def _page(entry: Entry, form: CheckForm, **more: Any) -> str:
    told: dict[str, Any] = {"revoking": RevocationForm(formdata=None), **more}
    return render_template(
        "qualifications/check.html",
        entry=entry,
        form=form,
        may_revoke=entry.check is not None and entry.check.outcome == "verified" and entry.state in {*GOOD, "early"},
        **told,
        **shown(entry, lambda paper: url_for("qualifications.paper", evidence_id=paper.id)),
    )


def shown(entry: Entry, address: Callable[[Evidence], str]) -> dict[str, Any]:
    """What every page shows of a credential that is checked; `address`: where whoever looks gets a paper."""
    return {
        "papers": [address(one) for one in queries.papers_of(db.session, [entry.row.id])[entry.row.id]],
        "rows": [(_("What it is"), wording.KINDS[entry.row.kind][0]), *facts(entry.row, currency())],
        "qualifies": entry.row.kind in QUALIFYING,
        "wording": wording,
    }


def _not_by_themself(entry: Entry) -> tuple[str, int]:
    """Who else may, said to whose papers they are."""
    therapist = entry.row.therapist
    others = [one for one in queries.active_owners(db.session) if not is_own(therapist, one)]
    return render_template("qualifications/own_papers.html", entry=entry, others=others, wording=wording), 403


def _to_register(entry: Entry) -> Response:
    return redirect(url_for("qualifications.register", slug=entry.row.therapist.slug), 303)
