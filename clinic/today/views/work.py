"""Whatever needs a person: what waits and for whom, handing it over, doing it, and taking that back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import wording
from clinic.booking.models import Appointment
from clinic.booking.operations import APPROVE, ASSESS, MOVE, REPLACE
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.templating import clock_words, day_words
from clinic.core.times import address_of, local
from clinic.notes.queries.co_signing import CO_SIGN
from clinic.people.models import Client
from clinic.people.views import next_page
from clinic.qualifications.operations import CHECK
from clinic.today import queries
from clinic.today.queries import Work
from clinic.today.views.page import bp
from clinic.work import operations
from clinic.work.models import WorkItem

DONE_FOR = timedelta(days=7)  # what was done stays in sight for so long


@dataclass(frozen=True)
class Line:
    """One thing to do as pages show it. What, whom about and by when; never why."""

    item: WorkItem
    what: str
    client: Client | None  # None for a therapist's own paper
    who: str  # the therapist of the paper
    opens: bool  # whether this person may look at the client's record
    visit: str  # when the appointment is that it is about
    by_when: str
    at_once: bool  # a call about something alarming: it waits since then
    overdue: bool
    owner: str
    done: str  # by whom and when
    mine: bool
    rings: bool  # the phone is needed for it
    to_approve: str  # when the appointment to approve is, for the form; empty where there is none
    to_move: Appointment | None  # an appointment in the way of time off or of a closure, or whose therapist may not
    to_replace: bool  # give it any more
    to_check: bool  # a paper, by an owner
    to_co_sign: Appointment | None  # whose note its therapist's supervisor signs as well
    paper_id: int | None
    after: int | None = None  # appointments after the paper's last good day


def work_lines(found: Iterable[Work], known: Programme, now: datetime) -> list[Line]:
    """What `today/_work.html` shows at the side of the day."""
    zone = known.location.zone
    return [_line(one, zone, now) for one in found]


@bp.get("/work")
@staff
def work() -> str:
    """All that waits, calls to make at once and then what is overdue first, and what was done in the last days; a
    therapist's own, or everybody's.
    """
    account, known, now = access.signed_in(), programme_or_404(), clock.now()
    zone, found = known.location.zone, queries.open_work(db.session, now, account=account)
    lapsing = [one.lapses for one in found if one.lapses and one.item.task != CHECK]
    after = queries.appointments_after(db.session, lapsing, zone)
    done = queries.done_work(db.session, now - DONE_FOR, account=account)
    return render_template(
        "today/work.html",
        work=[_line(one, zone, now, after) for one in found],
        done=[_line(one, zone, now) for one in done],
        people=queries.staff_at_work(db.session),
    )


@bp.post("/work/<int:item_id>/completion")
@staff
def completion(item_id: int) -> Response:
    """It is done. Only whose it is can say so; twice is once."""
    account = access.signed_in()
    item = queries.open_call(db.session, item_id, account) or abort(404)
    operations.complete(db.session, item, now=clock.now(), by=access.actor())
    return _back()


@bp.post("/work/<int:item_id>/reopening")
@staff
def reopening(item_id: int) -> Response:
    """That it was done was a slip. A yes or no is not taken back: the client has been told."""
    item = queries.seen_by(db.session, item_id, access.signed_in())
    now = clock.now()
    if item is None or item.task in {APPROVE, CHECK, CO_SIGN} or (item.done_at and item.done_at < now - DONE_FOR):
        abort(404)
    operations.reopen(db.session, item, now=now, by=access.actor())
    return _back()


@bp.post("/work/<int:item_id>/owner")
@staff
def work_owner(item_id: int) -> Response:
    """From now on it is `owner`'s: whoever takes it over, or is handed it."""
    item = queries.seen_by(db.session, item_id, access.signed_in()) or abort(404)
    wanted = request.form.get("owner", type=int)
    owner = next((one for one in queries.staff_at_work(db.session) if one.id == wanted), None)
    if owner is None or item.done_at:
        abort(404)
    if item.task == APPROVE and owner.role == "reception":
        abort(403, _("Only a therapist or the owner says yes or no to an appointment."))
    if item.task == CO_SIGN:
        abort(403, _("Only a trainee's supervisor signs their notes as well. The owner says who that is."))
    if item.task == CHECK and owner.role != "owner":
        abort(403, _("Only an owner checks papers."))
    operations.hand_over(db.session, item, owner.id, now=clock.now(), by=access.actor())
    return _back()


def _back() -> Response:
    db.session.commit()
    return redirect(next_page(url_for("today.day")), 303)


def _line(one: Work, zone: str, now: datetime, after: Mapping[int, int] | None = None) -> Line:
    account, item = access.signed_in(), one.item
    therapist = one.therapist
    visit, paper = one.appointment, one.lapses
    return Line(
        item=item,
        what=wording.task(item.task),
        client=one.client,
        who=therapist.name if therapist and paper else "",
        opens=account.role != "therapist" or one.treats or bool(therapist and therapist.account_id == account.id),
        visit=_at(visit.starts_at, zone) if visit else "",
        by_when=_at(item.due_at, zone, today=local(now, zone)),
        at_once=item.task in queries.AT_ONCE,
        overdue=item.done_at is None and item.due_at < now,
        owner=one.owner or "",
        done=_done(one, zone),
        mine=item.owner_id == account.id,
        rings=one.client is not None and item.task.startswith(("ring_", "ask_")),
        to_approve=address_of(visit.starts_at) if visit and item.task == APPROVE else "",
        to_move=visit if item.task in {MOVE, REPLACE, ASSESS} else None,
        to_replace=item.task == REPLACE,
        to_check=item.task == CHECK,
        to_co_sign=visit if item.task == CO_SIGN else None,
        paper_id=paper.id if paper else None,
        after=after.get(paper.id) if after and paper and item.task != CHECK else None,
    )


def _done(one: Work, zone: str) -> str:
    """By whom of the staff, and when; a client who moves their own appointment does our work too."""
    if one.item.done_at is None:
        return ""
    at = _at(one.item.done_at, zone)
    return str(_("%(name)s, %(at)s", name=one.done_by, at=at)) if one.done_by else at


def _at(instant: datetime, zone: str, today: datetime | None = None) -> str:
    """Thursday 12 March, 10am; of today the time alone."""
    at = local(instant, zone)
    if today and at.date() == today.date():
        return clock_words(at)
    return str(_("%(day)s, %(time)s", day=day_words(at), time=clock_words(at)))
