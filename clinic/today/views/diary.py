"""The diary: a day by therapist or by room, a week of one therapist or of all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from clinic.booking.models import Delay
from clinic.booking.programme import Programme
from clinic.booking.queries import today_at
from clinic.booking.queries.diary import diary_between
from clinic.booking.versions import diary_version
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.templating import day_words
from clinic.core.times import day_bounds, day_from_address, instant_of, local, wall_minute
from clinic.people.models import Therapist
from clinic.people.queries import therapist_of
from clinic.places.models import Location
from clinic.today import wording
from clinic.today.diary import Cell, Column, Lines, drawn, frame_of, lines_of
from clinic.today.queries import open_work
from clinic.today.rules import Frame, minute_on
from clinic.today.views.page import bp
from clinic.today.views.work import work_lines

VIEWS = ("day", "rooms", "week")


@dataclass(frozen=True)
class Asked:
    """Which page of the diary: `whose` is the therapist of a week, None for all."""

    view: str
    on: date
    location: Location
    whose: int | None

    @property
    def days(self) -> list[date]:
        monday = self.on - timedelta(days=self.on.weekday())
        return [monday + timedelta(days=n) for n in range(7)] if self.view == "week" else [self.on]

    def href(self, **other: Any) -> str:
        """The address of this page, or of another that differs from it in `other`."""
        asked = {"view": self.view, "on": self.on, "location": self.location.id, "therapist": self.whose, **other}
        return url_for("today.diary", **asked)


@bp.get("/diary")
@staff
def diary() -> str:
    """`on` is the day, `view` day, rooms or week; `therapist` whose week, `location` where."""
    version, known, now = diary_version(db.session), programme_or_404(), clock.now()
    asked, me = _asked(known), therapist_of(access.signed_in())
    frame, columns = _paper(known, asked, me, now)
    at, days = local(now, asked.location.zone), asked.days
    return render_template(
        "today/team_week.html" if asked.view == "week" and not asked.whose else "today/diary.html",
        asked=asked,
        known=known,
        version=version,
        columns=columns,
        rows=_by_therapist(columns),
        count=sum(line.line.kind == "visit" for column in columns for line in column.drawn),
        frame=frame,
        today=at.date(),
        now_row=frame.place(minute_on(at.date(), at), 0)[0] if at.date() in days else None,
        before=asked.on - timedelta(days=len(days)),
        after=asked.on + timedelta(days=len(days)),
        me=me,
        words=wording,
        work=work_lines(open_work(db.session, now, account=access.signed_in()), known, now),
        slugs={one.id: one.slug for one in known.therapists if me is None or one.id == me.id},
    )


@bp.get("/diary/version")
@staff
def diary_version_now() -> Response:
    """A word that changes whenever the diary does, for pages that look whether they are old."""
    return jsonify(version=diary_version(db.session))


def _asked(known: Programme) -> Asked:
    args = request.args
    location = known.locations.get(args.get("location", 0, type=int), known.location)
    on = day_from_address(args.get("on", "")) or today_at(known, clock.now())
    view = args.get("view", "day")
    whose = args.get("therapist", type=int)
    return Asked(
        view if view in VIEWS else "day",
        on,
        location,
        whose if view == "week" and any(one.id == whose for one in known.therapists) else None,
    )


def _paper(known: Programme, asked: Asked, me: Therapist | None, now: datetime) -> tuple[Frame, list[Column]]:
    """The hours that are drawn, and the columns."""
    zone, days, by_room = asked.location.zone, asked.days, asked.view == "rooms"
    first, last = day_bounds(days[0], zone)[0], day_bounds(days[-1], zone)[1]
    found = diary_between(db.session, first, last, now=now)
    lines = lines_of(found, known, days, zone)
    shown = _rooms(known, asked) if by_room else _therapists(known, asked, lines, me)
    frame = frame_of(lines, (cell for *_, cell in shown), by_room=by_room)
    return frame, [_column(one, lines, frame, found.delays, zone, by_room=by_room) for one in shown]


Shown = tuple[str, int | None, int | None, Cell]  # the title, the therapist, the room, and the cell


def _therapists(known: Programme, asked: Asked, lines: Lines, me: Therapist | None) -> list[Shown]:
    """Those who work or have something booked; of a week, each with all its days."""
    names = {one.id: one.name for one in known.therapists}
    names |= {
        therapist_id: _("Somebody who has left")
        for therapist_id, _day in lines.of_therapist
        if therapist_id not in names
    }
    if asked.whose:
        return [(day_words(day), asked.whose, None, (asked.whose, day)) for day in asked.days]
    there = _at_location(known, asked)
    busy = {one for one, _day in [*lines.hours, *lines.of_therapist] if there(one)}
    first = sorted(names, key=lambda one: (me is None or one != me.id, list(names).index(one)))
    return [(names[one], one, None, (one, day)) for one in first if one in busy for day in asked.days]


def _at_location(known: Programme, asked: Asked) -> Callable[[int], bool]:
    """Whether a therapist belongs on this location's page: they have hours there, or nowhere."""
    if len(known.locations) == 1:
        return lambda _id: True
    hours = known.hours
    return lambda one: not hours.get(one) or any(row.location_id == asked.location.id for row in hours[one])


def _rooms(known: Programme, asked: Asked) -> list[Shown]:
    return [(room.name, None, room.id, (room.id, asked.on)) for room in known.rooms_at(asked.location.id)]


def _column(shown: Shown, lines: Lines, frame: Frame, delays: dict[int, Delay], zone: str, *, by_room: bool) -> Column:
    title, therapist_id, room_id, cell = shown
    delay = delays.get(therapist_id or 0)
    told = delay if delay and delay.minutes else None
    first_at = instant_of(wall_minute(cell[1], time(frame.first // 60), zone))
    here, works = drawn(lines, cell, frame, by_room=by_room), by_room or bool(lines.hours.get(cell))
    return Column(title, cell[1], therapist_id, room_id, here, first_at, works, told)


def _by_therapist(columns: list[Column]) -> Iterator[tuple[str, list[Column]]]:
    """A week of all: a row a therapist."""
    rows: dict[int | None, tuple[str, list[Column]]] = {}
    for column in columns:
        rows.setdefault(column.therapist_id, (column.title, []))[1].append(column)
    yield from rows.values()
