"""Why is this time not offered? Every reason in words, with where it is set or what is in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from clinic.booking import queries, reason_words, wording
from clinic.booking.models import Appointment, Block
from clinic.booking.offered import FittedRoom
from clinic.booking.programme import Programme, whole_programme
from clinic.booking.queries.in_the_way import InTheWay
from clinic.booking.reasons import Asked, Reason, conditions, reasons_against
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.templating import clock_words
from clinic.core.times import address_of, day_from_address, from_address, instant_of, local, wall_minute
from clinic.people.models import Account
from clinic.today.views.names import client_name
from clinic.today.views.page import bp


@dataclass(frozen=True)
class Way:
    """One thing in the way: in words, and its page where this person may open it."""

    words: str
    href: str


@dataclass(frozen=True)
class Told:
    """A reason as the page says it."""

    sentence: str
    where: str
    ways: Sequence[Way]


@bp.get("/diary/reasons")
@staff
def reasons() -> str:
    """`treatment`, `minutes`, `therapist` and `at`, or the `day` and `time` of the page's own form."""
    listed, everything, now = programme_or_404(), whole_programme(db.session) or abort(404), clock.now()
    asked = _asked(everything)
    if asked is None:
        return render_template("today/reasons.html", known=everything, asked=None, at=None)
    zone = queries.zone_of(everything, asked.therapist.id)
    against = reasons_against(db.session, everything, listed, asked, now=now)
    return render_template(
        "today/reasons.html",
        known=everything,
        asked=asked,
        at=local(asked.starts_at, zone),
        against=[_told(one, asked, everything, zone) for one in against],
        besides=[_told(one, asked, everything, zone) for one in conditions(asked)],
        slot=address_of(asked.starts_at),
    )


def _asked(everything: Programme) -> Asked | None:
    """What the address names; None where it does not name a time yet."""
    treatment = everything.treatment(request.args.get("treatment", ""))
    therapist = everything.therapist(request.args.get("therapist", ""))
    if treatment is None or therapist is None:
        return None
    minutes = request.args.get("minutes", type=int) or treatment.usual.minutes
    at = from_address(request.args.get("at", "")) or _typed(queries.zone_of(everything, therapist.id))
    return Asked(treatment, min(max(minutes, 5), 240), therapist, at) if at else None


def _typed(zone: str) -> datetime | None:
    """The day and the time on the wall."""
    day = day_from_address(request.args.get("day", ""))
    try:
        wall = time.fromisoformat(request.args.get("time", "")).replace(tzinfo=None)
    except ValueError:
        return None
    return instant_of(wall_minute(day, wall, zone)) if day else None


def _told(reason: Reason, asked: Asked, everything: Programme, zone: str) -> Told:
    rooms: Sequence[FittedRoom] = reason.values.get("rooms", ())
    names = {room.resource_id: room.name for room in rooms}
    return Told(
        reason_words.sentence(reason, asked, everything, zone),
        reason_words.where(reason, asked, everything),
        [_way(one, asked, names.get(one.resource_id, ""), zone) for one in reason.ways],
    )


def _way(way: InTheWay, asked: Asked, room: str, zone: str) -> Way:
    """A therapist reads of others' appointments and blocks only that they are there."""
    account, what = access.signed_in(), way.what
    words, href = _("kept for somebody"), ""
    if isinstance(what, Appointment):
        words = _("appointment of %(name)s", name=what.therapist.name)
        if account.role != "therapist" or what.therapist.account_id == account.id:
            words, href = client_name(what.client), url_for("today.appointment", appointment_id=what.id)
    elif isinstance(what, Block):
        own = way.resource_id == asked.therapist.resource_id and asked.therapist.account_id == account.id
        words = wording.block(what.kind, what.words, own=own) if _may_open(account, own=own) else _("blocked")
        href = url_for("today.block", block_id=what.id) if _may_open(account, own=own) else ""
    starts, ends = (clock_words(local(instant_of(at), zone)) for at in way.bare)
    return Way(" · ".join(filter(None, [room, f"{starts}–{ends}", str(words)])), href)


def _may_open(account: Account | Any, *, own: bool) -> bool:
    return own or account.role != "therapist"
