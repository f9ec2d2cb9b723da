"""Who waits for a time, for the staff; and taking somebody off the list who has called."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.booking import operations, wording
from clinic.booking import queries as booking
from clinic.booking.models import WaitingListEntry
from clinic.booking.queries import waiting
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.today.views.page import bp


@dataclass(frozen=True)
class Waiting:
    """One line of the list: who, and which times suit."""

    entry: WaitingListEntry
    whom: str
    suits: str


@bp.get("/today/waiting-list")
@staff
def waiting_list() -> str:
    """Everybody who waits, the longest waiting first."""
    known = programme_or_404()
    entries = waiting.all_waiting(db.session, booking.today_at(known, clock.now()))
    names = {one.id: one.first_name for one in known.therapists}
    lines = [
        Waiting(
            entry,
            wording.whom([names[one] for one in entry.therapist_ids if one in names], entry.gender),
            " · ".join(filter(None, [wording.weekdays(entry.weekdays), wording.parts(entry.parts)])),
        )
        for entry in entries
    ]
    return render_template("today/waiting_list.html", lines=lines)


@bp.post("/today/waiting-list/<uuid:entry_id>/departure")
@staff
def waiting_departure(entry_id: UUID) -> Response:
    """They called: off the list, and what they were offered is free at once."""
    entry = waiting.entry(db.session, entry_id) or abort(404)
    operations.leave(db.session, entry, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("today.waiting_list"), 303)
