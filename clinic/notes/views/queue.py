"""What still has to be signed: a therapist's own notes, and their trainees'."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.times import local
from clinic.notes import queries, rules, wording
from clinic.notes.queries import co_signing
from clinic.notes.views.page import bp
from clinic.people.models import Account
from clinic.people.queries import therapist_of


@dataclass(frozen=True)
class Line:
    """One note to sign. `age`: how long ago the visit ended, empty while it lasts."""

    visit: Appointment
    age: str
    is_late: bool
    has_draft: bool


@bp.get("/notes")
@therapist
def queue() -> str:
    """The longest waiting first."""
    account, now = access.signed_in(), clock.now()
    return render_template(
        "notes/queue.html",
        lines=_lines(account, now),
        to_co_sign=[
            (one, wording.signing.age(now - one.signed_at)) for one in co_signing.to_co_sign(db.session, account)
        ],
        zone=programme_or_404().location.zone,
        local=local,
    )


def _lines(account: Account, now: datetime) -> list[Line]:
    """Two statements; none for who is no therapist."""
    themselves = therapist_of(account)
    if themselves is None:
        return []
    visits = queries.unsigned(db.session, themselves.id, now, since=now - queries.ALL_OF_LATE)
    drafts = queries.states(db.session, [one.id for one in visits])
    return [_line(one, now, has_draft=one.id in drafts) for one in visits]


def _line(visit: Appointment, now: datetime, *, has_draft: bool) -> Line:
    over = visit.ends_at <= now
    age = wording.signing.age(now - visit.ends_at) if over else ""
    return Line(visit, age, rules.late_entry(visit.ends_at, now) is not None, has_draft)
