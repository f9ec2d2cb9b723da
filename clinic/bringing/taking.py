"""Appointments to take along to another system, or back into this one: who, when, what and with whom. Nothing of
anybody's health, and not what they told.
"""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from clinic.booking import mail, queries
from clinic.booking.models import Appointment
from clinic.bringing.appointments import OURS
from clinic.bringing.entries import SECOND_MINUTES
from clinic.core.db import AnySession
from clinic.core.lines import one_line
from clinic.core.spreadsheet import BYTE_ORDER_MARK, line
from clinic.core.times import local
from clinic.places.models import Clinic

AT_ONCE = 500


def table(session: AnySession, zones: dict[int, str]) -> Iterator[str]:
    """All appointments as a table, some at a time. `zones` of the locations: times are those of its clock."""
    who = _("Client number"), _("Client name"), _("Client email")
    what = _("Start"), _("Minutes"), _("Treatment"), _("Second treatment"), _("Second minutes")
    where = _("Therapist"), _("Room"), _("Status")
    yield BYTE_ORDER_MARK + line([_("Reference"), *who, *what, *where])
    for some in _some(session):
        yield "".join(line(_cells(one, zones[one.room.location_id])) for one in some)


def calendar(session: AnySession, clinic: Clinic) -> Iterator[bytes]:
    """The same as a calendar. Calendars are shared and synced, so a treatment stands in it by its mail name alone."""
    yield b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Clinic booking//EN\r\n"
    for some in _some(session):
        yield b"".join(_event(one, clinic) for one in some)
    yield b"END:VCALENDAR\r\n"


def _cells(one: Appointment, zone: str) -> list[str | int]:
    client, at = one.client.person, local(one.starts_at, zone)
    who = client.outside_ref or str(client.id), client.name, client.email
    second = (one.second_treatment.name, one.second_minutes or 0) if one.second_treatment else ("", "")
    what = at.isoformat(timespec="minutes"), one.minutes, one.treatment.name, *second
    return [_uid(one), *who, *what, one.therapist.name, one.room.name, queries.reached(one).state]


def _event(one: Appointment, clinic: Clinic) -> bytes:
    from icalendar import Event, vCalAddress

    event, client = Event(), one.client.person
    event.add("uid", _uid(one))
    event.add("dtstamp", one.booked_at)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("summary", one_line(client.name))
    event.add("categories", _titles(one))
    if one.second_minutes:
        event.add(SECOND_MINUTES, str(one.second_minutes))
    event.add("organizer", vCalAddress(f"mailto:{clinic.email}"), {"CN": one_line(one.therapist.name)})
    if client.email:
        event.add("attendee", vCalAddress(f"mailto:{client.email}"), {"CN": one_line(client.name)})
    event.add("status", "CANCELLED" if one.cancellation else "CONFIRMED")
    return bytes(event.to_ical())


def _titles(one: Appointment) -> list[str]:
    """One for each of its treatments, where the clinic gave all of them a name that does not tell."""
    names = [each.mail_name for each in one.treatments]
    return [one_line(name) for name in names] if all(names) else [mail.title_of(one)]


def _uid(one: Appointment) -> str:
    return one.outside_uid or f"{one.id}{OURS}"


def _some(session: AnySession) -> Iterator[list[Appointment]]:
    """All there are, in order of time."""
    after: Any = None
    place = tuple_(Appointment.starts_at, Appointment.id)
    while True:
        query = ALL if after is None else ALL.where(place > tuple_(after.starts_at, after.id))
        some = list(session.scalars(query))
        if not some:
            return
        yield some
        after = some[-1]


ALL = (
    select(Appointment)
    .options(
        joinedload(Appointment.client),
        joinedload(Appointment.therapist),
        joinedload(Appointment.treatment),
        joinedload(Appointment.second_treatment),
        joinedload(Appointment.room),
        joinedload(Appointment.cancellation),
        selectinload(Appointment.steps),
    )
    .order_by(Appointment.starts_at, Appointment.id)
    .limit(AT_ONCE)
)
