"""The calendar entry that goes with an appointment, as a file or in a mail, and feeds of many. Calendars are
shared and synced, so they hold no health words and no link.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from clinic.booking.models import Appointment
from clinic.core.lines import one_line
from clinic.places.models import Clinic, Location

if TYPE_CHECKING:  # three megabytes that most web processes never need: each function takes what it uses
    from icalendar import Calendar, Event

LOOK_AGAIN = timedelta(hours=1)


def entry(appointment: Appointment, clinic: Clinic, location: Location, *, title: str, now: datetime) -> bytes:
    """An .ics file with the one appointment, to put into a calendar by hand."""
    calendar = _calendar("PUBLISH")
    calendar.add_component(_event(appointment, title, place(clinic, location), now))
    return bytes(calendar.to_ical())


def invitation(
    appointment: Appointment, title: str, where: str, *, organizer: str, clinic: str, now: datetime
) -> bytes:
    """What a mail carries: programs add the entry, change it or take it out. It comes from the clinic, at the mail
    address `organizer`, and asks for no answer.
    """
    from icalendar import vCalAddress

    event = _event(appointment, title, where, now)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"), {"CN": one_line(clinic)})
    coming = {"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"}
    event.add("attendee", vCalAddress(f"mailto:{appointment.client.email}"), coming)
    calendar = _calendar(method(appointment))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def feed(entries: Iterable[tuple[Appointment, str, str]], name: str) -> bytes:
    """All of them as a calendar called `name`, to subscribe to: each appointment with its title and place. The same
    bytes until something changes, so that whoever has them already need not be sent them again.
    """
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for appointment, title, where in entries:
        # In words as well: some calendars show what is cancelled like anything else.
        told = _("Cancelled: %(title)s", title=title) if appointment.cancellation else title
        calendar.add_component(_event(appointment, told, where, _changed_at(appointment)))
    return bytes(calendar.to_ical())


def place(clinic: Clinic, location: Location) -> str:
    return f"{clinic.name}, {location.address}"


def method(appointment: Appointment) -> str:
    """What a mail asks of the calendar."""
    return "CANCEL" if appointment.cancellation else "REQUEST"


def _calendar(says: str) -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Clinic booking//EN")
    calendar.add("version", "2.0")
    calendar.add("method", says)
    return calendar


def _event(appointment: Appointment, title: str, where: str, stamp: datetime) -> "Event":
    """Under the same UID in every mail and feed; the highest SEQUENCE is what holds."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{appointment.id}@appointments")
    event.add("dtstamp", stamp)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", one_line(title))
    event.add("location", "\n".join(map(one_line, where.splitlines())))
    event.add("sequence", max(appointment.version - 1, appointment.moved + bool(appointment.cancellation)))
    kept = "TENTATIVE" if appointment.awaits_approval else "CONFIRMED"
    event.add("status", "CANCELLED" if appointment.cancellation else kept)
    event.add("transp", "TRANSPARENT" if appointment.cancellation else "OPAQUE")
    return event


def _changed_at(appointment: Appointment) -> datetime:
    ended = [appointment.cancellation.at] if appointment.cancellation else []
    return max([appointment.booked_at, *(move.at for move in appointment.moves), *ended])
