"""What stands of all that a client told, and putting it aside: after a call, by a letter, asked in person, or against
the list. For the therapists who treat them.
"""

import base64
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import operations as visits
from clinic.booking import queries as booking
from clinic.booking.programme import Programme
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.booking.wording import staff_sentence
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import takes_a_file
from clinic.core.pictures import MOST_SENT, Drawn, UnfitPictureError, redrawn_paper
from clinic.core.redrawing import MOST_BYTES
from clinic.core.times import local
from clinic.health import wording
from clinic.health.forms import ClearanceForm
from clinic.health.views.page import bp
from clinic.intake.models import Clearance
from clinic.intake.operations import Cleared, clear, revoke_clearance
from clinic.intake.queries import clearances_of, standing
from clinic.intake.rules import SafetyRule
from clinic.intake.rules.clearing import OVERRIDE, stands, ways
from clinic.people.models import Client
from clinic.people.queries import names_of
from clinic.people.views import local_page

Answer = str | tuple[str, int] | Response
NOTHING_RUNS = "default-src 'none'; sandbox"


@bp.get("/clients/<uuid:client_id>/clearances")
@therapist
def clearances(client_id: UUID) -> str:
    return _page(their_client(client_id))


@bp.post("/clients/<uuid:client_id>/clearances")
@takes_a_file(MOST_SENT)
@reads_first
@therapist
def clearance_giving(client_id: UUID) -> Answer:
    """Put aside what is ticked. A letter is drawn anew before anybody has to wait for it, then sealed."""
    found, known = their_client(client_id), programme_or_404()
    form = ClearanceForm(*_reasons(known, found))
    if not form.validate():
        return _page(found, form), 422
    cleared = _cleared(form)
    if isinstance(cleared, str):
        return _page(found, form, trouble=cleared), 422
    db.session.rollback()
    now, on = clock.now(), booking.today_at(known, clock.now())
    with writing():
        refusals = clear(db.session, found.id, cleared, known.safety, on=on, now=now, by=access.actor())
        if not refusals:
            visits.called(db.session, found, now=now, by=access.actor())
        db.session.rollback() if refusals else db.session.commit()
    if refusals:
        return _page(their_client(client_id), form, trouble=wording.sentence(refusals[0])), 409
    flash(_("Put aside."))
    return redirect(_back(client_id), 303)


@bp.post("/clearances/<uuid:clearance_id>/revocation")
@therapist
def clearance_revocation(clearance_id: UUID) -> Response:
    """What it put aside stands again, for visits to come too."""
    found, now, by = _clearance_or_404(clearance_id), clock.now(), access.actor()
    client = their_client(found.client_id)
    revoke_clearance(db.session, found, account_id=access.signed_in().id, now=now, by=by)
    visits.heed(db.session, client, now=now, by=by)
    db.session.commit()
    flash(_("It stands again."))
    return redirect(_back(client.id), 303)


@bp.get("/clearances/<uuid:clearance_id>/letter")
@therapist
def clearance_letter(clearance_id: UUID) -> Response:
    """As a file with a name of ours, which no browser shows in a page of the clinic."""
    found = _clearance_or_404(clearance_id)
    content, media_type = base64.b64decode(found.paper or ""), found.paper_type or ""
    if not content:
        abort(404)
    access.reading(f"client:{found.client_id}", action="clearance.letter_viewed")
    name = "letter.pdf" if media_type == "application/pdf" else "letter.jpg"
    headers = {
        "Content-Disposition": f"attachment; filename={name}",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": "no-store",
    }
    return Response(content, content_type=media_type, headers=headers)


@bp.post("/diary/appointments/<uuid:appointment_id>/treatment")
@therapist
def release_again(appointment_id: UUID) -> Response:
    """Make the alternative the release, `release` by its id, where nothing stands any more."""
    found = booking.appointment_of_staff(db.session, appointment_id, access.signed_in()) or abort(404)
    client_id, release_id = found.client_id, request.form.get("release", 0, type=int)
    refusals = visits.make_release(db.session, found, release_id, now=clock.now(), by=access.actor())
    if refusals:
        db.session.rollback()
        flash(staff_sentence(refusals[0]))
    else:
        db.session.commit()
        flash(_("It is the release now. They get a mail that says so."))
    return redirect(_back(client_id), 303)


def _back(client_id: UUID) -> str:
    return local_page(request.values.get("back", ""), url_for("health.clearances", client_id=client_id))


def _clearance_or_404(clearance_id: UUID) -> Clearance:
    found = db.session.get(Clearance, clearance_id) or abort(404)
    booking.visible_client(db.session, found.client_id, access.signed_in()) or abort(404)
    return found


def _cleared(form: ClearanceForm) -> Cleared | str:
    """What the form says; or what is wrong with its letter."""
    paper: Drawn | None = None
    file = request.files.get("letter")
    if file and (content := file.read(MOST_BYTES + 1)):
        try:
            paper = redrawn_paper(content)
        except UnfitPictureError as unfit:
            return str(unfit.sentence)
    reasons, by_id = form.reason.data or [], access.signed_in().id
    return Cleared(reasons, form.way.data, by_id, form.note.data or "", form.good_until.data, paper)


def _standing(known: Programme, client: Client) -> list[SafetyRule]:
    told = standing(db.session, client.id, on=booking.today_at(known, clock.now()))
    return stands(known.safety, told.told, told.lifted)


def _reasons(known: Programme, client: Client) -> tuple[dict[str, str], date]:
    """What may be put aside, by id; and the day on which."""
    may = {rule.id: rule.short for rule in _standing(known, client) if ways(rule)}
    return may, booking.today_at(known, clock.now())


def _page(client: Client, form: ClearanceForm | None = None, *, trouble: str = "") -> str:
    access.reading(f"client:{client.id}")
    known, now = programme_or_404(), clock.now()
    standing_rules, given = _standing(known, client), clearances_of(db.session, client.id)
    actors = [f"account:{one}" for row in given for one in (row.given_by_id, row.revoked_by_id) if one]
    shown = form or ClearanceForm(*_reasons(known, client), formdata=None)
    if trouble:
        shown.form_errors = [trouble]
    more: dict[str, Any] = {"names": names_of(db.session, actors), "zone": known.location.zone, "local": local}
    return render_template(
        "health/clearances.html",
        client=client,
        form=shown,
        has_errors=bool(shown.errors or trouble),
        standing=[(rule, wording.what_stands(rule)) for rule in standing_rules],
        given=[wording.given(one, known.safety) for one in given],
        releases=_releases(known, client, now),
        override=OVERRIDE,
        **more,
    )


def _releases(known: Programme, client: Client, now: datetime) -> list[Any]:
    """Visits to come that may become the release again: nothing stands against it on their day."""
    found = []
    for one in booking.appointments_of(db.session, client.id):
        of_this_therapist = one.therapist.account_id == access.signed_in().id
        if one.cancellation or one.ends_at <= now or not of_this_therapist or one.screening_id is None:
            continue
        zone = known.location_of(one).zone
        told = standing(db.session, client.id, on=local(one.starts_at, zone).date())
        if told.decision(known.safety, deep=True).release_allowed:
            found += [(one, release) for release in visits.releases_for(known, one)]
    return found
