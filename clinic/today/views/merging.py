"""Joining two clients who are one person: who it may be, both side by side, and doing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from clinic.booking import queries as booking
from clinic.booking.queries import Visits
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import desk
from clinic.core.db import db
from clinic.core.times import local
from clinic.people.models import Client
from clinic.people.queries import find_clients, likely_same
from clinic.today import wording
from clinic.today.forms import MergingForm
from clinic.today.operations import merge
from clinic.today.views.page import bp


@dataclass(frozen=True)
class Side:
    """One of two that may be the same person."""

    client: Client
    visits: Visits
    signs: tuple[str, ...] = ()


@bp.get("/clients/<uuid:client_id>/merging")
@desk
def merging(client_id: UUID) -> str:
    """Who it may be, and whom `q` finds; with `other` both side by side."""
    client = their_client(client_id)
    return _page(client, _other(request.args.get("other", ""), client))


@bp.post("/clients/<uuid:client_id>/merging")
@desk
def merging_submit(client_id: UUID) -> tuple[str, int] | Response:
    client, form = their_client(client_id), MergingForm()
    other = _other(form.other.data or "", client)
    if other is None or not form.validate():
        return _page(client, other, form), 422
    takes_contact = form.contact.data == "other"
    refusals = merge(db.session, client, other, takes_contact=takes_contact, now=clock.now(), by=access.actor())
    if refusals:
        zone = programme_or_404().location.zone
        form.form_errors.extend(wording.merging_sentence(one, zone) for one in refusals)
        return _page(client, other, form), 409
    db.session.commit()
    flash(_("They are one record now."))
    return redirect(url_for("today.client", client_id=client_id), 303)


def _other(text: str, client: Client) -> Client | None:
    """Whom they are to be joined with; nobody where that is themself or somebody merged already."""
    try:
        found = db.session.get(Client, UUID(text)) if text else None
    except ValueError:
        abort(404)
    return found.person if found and found.person.id != client.id else None


def _page(client: Client, other: Client | None, form: MergingForm | None = None) -> str:
    wanted, zone = request.args.get("q", "").strip()[:100], programme_or_404().location.zone
    likely = [] if other else likely_same(db.session, client)
    found = find_clients(db.session, wanted) if wanted and not other else []
    known = {client.id, *(one.id for one, _ in likely)}
    more = [one for one in found if one.id not in known]
    both = [client, other] if other else [client]
    sides = _sides([*_unsigned(both), *likely, *_unsigned(more)])
    form = form or MergingForm(formdata=None, data={"other": other.id if other else "", "contact": "own"})
    if other:
        form.contact.choices = [SelectChoice("own", _contact(client)), SelectChoice("other", _contact(other))]
    return render_template(
        "today/merging.html",
        client=client,
        other=other,
        sides=sides[: len(both)],
        candidates=sides[len(both) :],
        wanted=wanted,
        form=form,
        has_errors=request.method == "POST",
        signs=wording.SIGNS,
        zone=zone,
        local=local,
    )


def _contact(client: Client) -> str:
    return " · ".join(filter(None, (client.name, client.email, client.phone)))


def _unsigned(found: Iterable[Client]) -> list[tuple[Client, list[str]]]:
    return [(one, []) for one in found]


def _sides(found: list[tuple[Client, list[str]]]) -> list[Side]:
    visits = booking.visits_of(db.session, [one.id for one, _ in found], clock.now())
    return [Side(one, visits.get(one.id, Visits()), tuple(signs)) for one, signs in found]
