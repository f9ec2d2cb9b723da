"""The mails of an appointment. They name first name, time, place, therapist, and nothing of anybody's health."""

from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.booking import calendar, queries
from clinic.booking.models import Appointment, Move
from clinic.booking.operations import link_of
from clinic.booking.programme import Programme, programme
from clinic.core import clock
from clinic.core.db import db
from clinic.core.mail import Letter
from clinic.core.money import Money
from clinic.core.templating import clock_words, day_words
from clinic.core.times import local


def booked(appointment_id: UUID) -> Letter | None:
    """Right after booking; not sent where it was moved or cancelled in the meantime."""
    appointment = queries.appointment(db.session, appointment_id)
    if appointment is None or appointment.cancellation or appointment.moved:
        return None
    return _letter(appointment, "booked", _("Booked"))


def cancelled(appointment_id: UUID) -> Letter | None:
    appointment = queries.appointment(db.session, appointment_id)
    return _letter(appointment, "cancelled", _("Cancelled")) if appointment else None


def moved(move_id: UUID) -> Letter | None:
    """The new time; not where it was moved again or cancelled in the meantime, which has a mail of its own."""
    move = db.session.get(Move, move_id)
    appointment = queries.appointment(db.session, move.appointment_id) if move else None
    if move is None or appointment is None or appointment.cancellation or appointment.moved != move.number:
        return None
    return _letter(appointment, "moved", _("Moved"))


COMPOSERS = {"appointment_booked": booked, "appointment_cancelled": cancelled, "appointment_moved": moved}


def title_of(appointment: Appointment) -> str:
    """What mails and calendars call it: the name the clinic gave for that, else nothing that tells."""
    return appointment.treatment.mail_name or _("Your appointment")


def _letter(appointment: Appointment, page: str, subject: str) -> Letter | None:
    known = programme(db.session)
    if known is None:
        return None
    location = known.locations[appointment.room.location_id]
    at = local(appointment.starts_at, location.zone)
    when = f"{day_words(at)}, {clock_words(at)}"
    text = render_template(
        f"mail/{page}.txt",
        appointment=appointment,
        when=when,
        title=title_of(appointment),
        location=location,
        clinic=known.clinic,
        price=Money(appointment.price_minor, known.clinic.currency),
        manage_url=_manage_url(appointment),
        first_name=appointment.client.name.split()[0],
    )
    return Letter(
        to=appointment.client.email,
        subject=f"{subject}: {when}",
        text=text,
        calendar=_entry(appointment, known),
        calendar_method=calendar.method(appointment),
    )


def _entry(appointment: Appointment, known: Programme) -> bytes:
    location = known.locations[appointment.room.location_id]
    title = f"{title_of(appointment)}, {known.clinic.name}"
    return calendar.entry(appointment, known.clinic, location, title=title, now=clock.now())


def _manage_url(appointment: Appointment) -> str:
    link = link_of(db.session, appointment.id)
    return f"{current_app.config['PUBLIC_URL']}/appointments/{link.token}" if link else ""
