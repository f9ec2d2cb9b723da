"""The directory: whom clients are sent to. Nothing in it is about any client, so all of the staff keep it."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.people.rules import folded
from clinic.referrals import operations, queries, wording
from clinic.referrals.forms import DirectoryForm
from clinic.referrals.models import Contact
from clinic.referrals.views.page import bp


@bp.get("/contacts")
@staff
def contacts() -> str:
    """By kind; `q` narrows it to those in whose lines all its words stand."""
    wanted = request.args.get("q", "").strip()[:100]
    found = [one for one in queries.contacts(db.session) if _says(one, wanted)]
    here = [one for one in found if one.gone_at is None]
    return render_template(
        "referrals/contacts.html",
        wanted=wanted,
        kinds=[(words, of) for kind, words in wording.CONTACTS.items() if (of := _of_kind(here, kind))],
        gone=[one for one in found if one.gone_at],
    )


@bp.get("/contacts/new")
@staff
def contact_new() -> str:
    return _page(DirectoryForm(formdata=None, country=_country()))


@bp.post("/contacts")
@staff
def contact_adding() -> Response | tuple[str, int]:
    form = DirectoryForm(country=_country())
    if not form.validate():
        return _page(form), 422
    kept = operations.keep_contact(db.session, Contact(), form.values(), now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("%(name)s is in the directory.", name=kept.name))
    return redirect(url_for("referrals.contacts"), 303)


@bp.get("/contacts/<int:contact_id>")
@staff
def contact(contact_id: int) -> str:
    found = _contact_or_404(contact_id)
    return _page(DirectoryForm(formdata=None, country=_country(), obj=found), found)


@bp.post("/contacts/<int:contact_id>")
@staff
def contact_change(contact_id: int) -> Response | tuple[str, int]:
    found, form = _contact_or_404(contact_id), DirectoryForm(country=_country())
    if not form.validate():
        return _page(form, found), 422
    operations.keep_contact(db.session, found, form.values(), now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("referrals.contacts"), 303)


@bp.post("/contacts/<int:contact_id>/departure")
@staff
def contact_departure(contact_id: int) -> Response:
    """Put away: nobody is sent there any more."""
    operations.put_away(db.session, _contact_or_404(contact_id), now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("Put away. It stays at the end of the list."))
    return redirect(url_for("referrals.contacts"), 303)


@bp.post("/contacts/<int:contact_id>/return")
@staff
def contact_return(contact_id: int) -> Response:
    operations.bring_back(db.session, _contact_or_404(contact_id), now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("Back in the directory."))
    return redirect(url_for("referrals.contacts"), 303)


def _contact_or_404(contact_id: int) -> Contact:
    return db.session.get(Contact, contact_id) or abort(404)


def _page(form: DirectoryForm, found: Contact | None = None) -> str:
    return render_template("referrals/contact.html", form=form, contact=found, has_errors=bool(form.errors))


def _country() -> str:
    return programme_or_404().clinic.country


def _says(contact: Contact, wanted: str) -> bool:
    kind = str(wording.CONTACTS.get(contact.kind, ""))
    lines = folded(contact.name, contact.practice, kind, contact.address, contact.about, contact.phone, contact.email)
    return all(word in lines for word in folded(wanted).split())


def _of_kind(contacts: Sequence[Contact], kind: str) -> list[Contact]:
    return [one for one in contacts if one.kind == kind]
