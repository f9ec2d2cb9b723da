"""The mails of an appointment. They name first name, time, place, therapist, and nothing of anybody's health."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.booking import calendar, history, queries, rules, wording
from clinic.booking.models import Appointment, Move
from clinic.booking.operations import change_refusals, link_of
from clinic.booking.operations.delaying import TELLS, delay_now
from clinic.booking.operations.shared import link_to
from clinic.booking.programme import Programme, programme
from clinic.booking.queries import waiting
from clinic.core import clock
from clinic.core.db import db
from clinic.core.links import Link
from clinic.core.mail import Letter, Sender
from clinic.core.money import Money
from clinic.core.templating import clock_words, day_words
from clinic.core.times import day_bounds, local
from clinic.messages.operations import sent_about
from clinic.places.models import Clinic


def booked(appointment_id: UUID) -> Letter | None:
    """Right after booking; not sent where it was moved or cancelled in the meantime."""
    appointment = queries.appointment(db.session, appointment_id)
    if appointment is None or appointment.cancellation or appointment.moved:
        return None
    known = programme(db.session)
    clinic, client_id = known.clinic if known else None, appointment.client_id
    asks = history.missed_words(db.session, client_id, clinic, appointment.booked_at) if clinic else ""
    subject = _("Kept for you") if appointment.awaits_approval else _("Booked")
    return _letter(appointment, "booked", subject, tells_calendar=True, asks=asks)


def cancelled(appointment_id: UUID) -> Letter | None:
    """Not where it was a slip, and put back before this was sent."""
    appointment = queries.appointment(db.session, appointment_id)
    if appointment is None or appointment.cancellation is None:
        return None
    return _letter(appointment, "cancelled", _("Cancelled"), tells_calendar=True)


def reinstated(appointment_id: UUID) -> Letter | None:
    """That it stands after all, for whoever has read that it was cancelled."""
    appointment = queries.appointment(db.session, appointment_id)
    heard = sent_about(db.session, "appointment_cancelled", [appointment_id])
    if appointment is None or appointment.cancellation or not heard or appointment.starts_at <= clock.now():
        return None
    return _letter(appointment, "reinstated", _("It stands after all"), tells_calendar=True)


def running_late(appointment_id: UUID) -> Letter | None:
    """By how much their therapist runs late, as it was told last today. Not for who is here by now, comes another day,
    or has nothing to wait for; that all is on time again, only for who has heard otherwise.
    """
    appointment, known = queries.appointment(db.session, appointment_id), programme(db.session)
    if appointment is None or known is None or not _is_awaited(appointment, known):
        return None
    minutes = delay_now(db.session, known, appointment.therapist_id, clock.now())
    if not minutes and not sent_about(db.session, TELLS, [appointment_id]):
        return None
    subject = _("About %(minutes)s minutes late", minutes=minutes) if minutes else _("On time again")
    at = local(appointment.starts_at + timedelta(minutes=minutes), _zone(appointment, known))
    return _letter(appointment, "running_late", subject, minutes=minutes, then=clock_words(at))


def moved(move_id: UUID) -> Letter | None:
    """The new time, or that it is changed at the same; not where it was moved again or cancelled in the meantime, which
    has a mail of its own.
    """
    move = db.session.get(Move, move_id)
    appointment = queries.appointment(db.session, move.appointment_id) if move else None
    if move is None or appointment is None or appointment.cancellation or appointment.moved != move.number:
        return None
    same = _time_they_know(appointment) == appointment.starts_at
    subject = _("Changed") if same else _("Moved")
    return _letter(appointment, "moved", subject, tells_calendar=True, same_time=same)


def changed(appointment_id: UUID) -> Letter | None:
    """What it is for from now on, and what it costs, and never why; not once it has begun or is cancelled."""
    appointment = queries.appointment(db.session, appointment_id)
    if appointment is None or appointment.cancellation or appointment.starts_at <= clock.now():
        return None
    return _letter(appointment, "changed", _("Changed"), tells_calendar=True)


def approved(appointment_id: UUID) -> Letter | None:
    """Once the therapist has said yes; not where it was moved, which asks anew, or cancelled in the meantime."""
    appointment = queries.appointment(db.session, appointment_id)
    if appointment is None or appointment.cancellation or appointment.awaits_approval:
        return None
    return _letter(appointment, "approved", _("Confirmed"), tells_calendar=True)


def reminder(appointment_id: UUID) -> Letter | None:
    """Before it begins, with ways to confirm, move and cancel; not once it has begun or is cancelled, nor while the
    therapist has not said yes: nobody is asked whether they come to what may not take place.
    """
    appointment = queries.appointment(db.session, appointment_id)
    if appointment is None or appointment.cancellation or appointment.starts_at <= clock.now():
        return None
    if appointment.awaits_approval:
        return None
    return _letter(appointment, "reminder", _("Reminder"))


def lost_link(appointment_id: UUID) -> Letter | None:
    """All appointments to come of whoever has the mail address of this one, with their links; where none is, the last
    visit. Several people may share an address, so nobody is named. None where there is no such appointment: somebody
    tried an address.
    """
    asked, known = queries.appointment(db.session, appointment_id), programme(db.session)
    if asked is None or known is None:
        return None
    email, now = asked.client.email, clock.now()
    to_come = queries.appointments_to_come(db.session, email, now)
    links = to_come or [each for each in queries.latest_visits(db.session, email, now) if each[1].expires_at > now]
    if not links:
        return None
    found = [(one, _when(one, known), _url("appointments", link)) for one, link in links]
    text = render_template("mail/lost_link.txt", found=found, over=not to_come, clinic=known.clinic)
    return Letter(to=asked.client.email, subject=_("Your appointments"), text=text)


def waiting_joined(entry_id: UUID) -> Letter | None:
    """That they wait, and how to stop; not where they have stopped already."""
    entry, known = waiting.entry(db.session, entry_id), programme(db.session)
    if entry is None or known is None or entry.ended_at:
        return None
    text = render_template(
        "mail/waiting_joined.txt",
        first_name=entry.name.split()[0],
        clinic=known.clinic,
        url=_url("waiting-list", link_to(db.session, "waiting", entry.id)),
    )
    return Letter(to=entry.email, subject=_("You are on our waiting list"), text=text)


def time_offered(offer_id: UUID) -> Letter | None:
    """The time that is kept for them; not where they have answered or it has lapsed."""
    offer, known, now = waiting.offer(db.session, offer_id), programme(db.session), clock.now()
    if offer is None or known is None or offer.outcome or offer.expires_at <= now:
        return None
    location = known.location_at(offer.therapist_id, offer.starts_at)
    at, until = local(offer.starts_at, location.zone), local(offer.expires_at, location.zone)
    when = f"{day_words(at)}, {clock_words(at)}"
    text = render_template(
        "mail/time_offered.txt",
        first_name=offer.entry.name.split()[0],
        when=when,
        therapist=offer.therapist.name,
        where=wording.where(location, known.locations),
        until=f"{clock_words(until)}, {day_words(until)}",
        clinic=known.clinic,
        url=_url("offers", link_to(db.session, "offer", offer.id)),
    )
    return Letter(to=offer.entry.email, subject=_("A time for you: %(when)s", when=when), text=text)


COMPOSERS = {
    "appointment_approved": approved,
    "appointment_booked": booked,
    "appointment_cancelled": cancelled,
    "appointment_changed": changed,
    "appointment_moved": moved,
    "appointment_reinstated": reinstated,
    "appointment_reminder": reminder,
    "lost_link": lost_link,
    "waiting_joined": waiting_joined,
    "running_late": running_late,
    "time_offered": time_offered,
}


def sender_of(clinic: Clinic) -> Sender:
    """From whom this clinic's mail is; answers go to the address it gives its clients."""
    return Sender(current_app.config["MAIL_FROM"], clinic.mail_name or clinic.name, clinic.email)


def title_of(appointment: Appointment) -> str:
    """What mails and calendars call it: the names the clinic gave for that, else nothing that tells."""
    names = [one.mail_name for one in appointment.treatments]
    return wording.in_a_row(names) if all(names) else _("Your appointment")


def _time_they_know(appointment: Appointment) -> datetime:
    """When it was by the last mail they have: of two moves in a row, the second alone may have one."""
    before = [one.id for one in appointment.moves[:-1]]
    told = sent_about(db.session, "appointment_moved", before)
    last = max((number for number, move_id in enumerate(before, 1) if move_id in told), default=0)
    return appointment.moves[last].from_starts_at


def _is_awaited(appointment: Appointment, known: Programme) -> bool:
    """Whether it begins later today and its client is not here yet."""
    now, zone = clock.now(), _zone(appointment, known)
    if appointment.cancellation or not now < appointment.starts_at < day_bounds(local(now, zone).date(), zone)[1]:
        return False
    return queries.reached(appointment).state in rules.AWAITED


def _letter(
    appointment: Appointment, page: str, subject: str, *, tells_calendar: bool = False, **more: Any
) -> Letter | None:
    known = programme(db.session)
    if known is None:
        return None
    manage_url = _url("appointments", link_of(db.session, appointment.id))
    letter = composed(appointment, page, subject, known, manage_url, **more)
    entry = _invitation(appointment, known) if tells_calendar else None
    return replace(letter, calendar=entry, calendar_method=calendar.method(appointment))


def composed(
    appointment: Appointment, page: str, subject: str, known: Programme, manage_url: str, **more: Any
) -> Letter:
    """A mail about this appointment, without its calendar entry: the words of `page`, as this programme has them."""
    when = _when(appointment, known)
    text = render_template(
        f"mail/{page}.txt",
        appointment=appointment,
        when=when,
        title=title_of(appointment),
        location=known.location_of(appointment),
        clinic=known.clinic,
        price=Money(appointment.price_minor, known.clinic.currency),
        manage_url=manage_url,
        can_move=not change_refusals(appointment, known, clock.now()),
        first_name=appointment.client.name.split()[0],
        **more,
    )
    return Letter(to=appointment.client.email, subject=f"{subject}: {when}", text=text)


def _when(appointment: Appointment, known: Programme) -> str:
    at = local(appointment.starts_at, _zone(appointment, known))
    return f"{day_words(at)}, {clock_words(at)}"


def _zone(appointment: Appointment, known: Programme) -> str:
    """Of where it takes place."""
    return known.location_of(appointment).zone


def _invitation(appointment: Appointment, known: Programme) -> bytes:
    clinic, location = known.clinic, known.location_of(appointment)
    return calendar.invitation(
        appointment,
        f"{title_of(appointment)}, {clinic.name}",
        calendar.place(clinic, location),
        organizer=clinic.email or current_app.config["MAIL_FROM"],
        clinic=clinic.name,
        now=clock.now(),
    )


def _url(page: str, link: Link | None) -> str:
    return f"{current_app.config['PUBLIC_URL']}/{page}/{link.token}" if link else ""
