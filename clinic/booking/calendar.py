"""The calendar entry that goes with an appointment."""

from datetime import datetime

from icalendar import Calendar, Event

from clinic.booking.models import Appointment
from clinic.places.models import Clinic, Location


def entry(appointment: Appointment, clinic: Clinic, location: Location, *, title: str, now: datetime) -> bytes:
    """An .ics file with the one appointment. No health words, no link: calendars are shared and synced."""
    event = Event()
    event.add("uid", f"{appointment.id}@appointments")
    event.add("dtstamp", now)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", title)
    event.add("location", f"{clinic.name}, {location.address}")
    event.add("sequence", appointment.moved + bool(appointment.cancellation))
    event.add("status", "CANCELLED" if appointment.cancellation else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Clinic booking//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method(appointment))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def method(appointment: Appointment) -> str:
    return "CANCEL" if appointment.cancellation else "PUBLISH"
