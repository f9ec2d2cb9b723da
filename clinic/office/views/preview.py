"""How clients would see what was typed, before it is saved. Nothing is written for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, request
from flask_babel import gettext as _

from clinic.booking import mail, queries
from clinic.booking.models import Appointment
from clinic.booking.programme import Programme
from clinic.core.mail import Letter, Line, envelope, paragraphs_of
from clinic.core.times import day_bounds
from clinic.front.views.home import home_page
from clinic.people.models import Client, Therapist
from clinic.places.models import Room
from clinic.treatments.models import Treatment

IN_DAYS, AT_TEN = 7, timedelta(hours=10)  # when the example is


@dataclass(frozen=True)
class Mail:
    """As it would lie in somebody's inbox."""

    sender: str
    reply_to: str
    subject: str
    paragraphs: list[list[Line]]


def preview(known: Programme, *, save: str, back: str, mails: list[Mail] | None = None) -> str:
    """The home page of this programme as a stranger sees it; what was typed goes along, to `save` or `back`."""
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    stranger = {"signed_in": None, "signed_in_client": None, "clinic": known.clinic}
    return home_page(known, None, "office/preview.html", typed=typed, save=save, back=back, mails=mails, **stranger)


def mails_of(known: Programme, now: datetime) -> list[Mail]:
    """Booked, reminded, cancelled: of an appointment that nobody has."""
    return [_opened(letter, known, now) for letter in _letters(known, now)]


def _letters(known: Programme, now: datetime) -> Iterator[Letter]:
    visit, link = _example(known, now), f"{current_app.config['PUBLIC_URL']}/appointments/…"
    for page, subject in (("booked", _("Booked")), ("reminder", _("Reminder")), ("cancelled", _("Cancelled"))):
        yield mail.composed(visit, page, subject, known, link, asks="")


def _opened(letter: Letter, known: Programme, now: datetime) -> Mail:
    """Written as it is sent, and read again."""
    sent = envelope(letter, mail.sender_of(known.clinic), message_id="preview", now=now)
    body = sent.get_body(("plain",))
    text = body.get_content().strip() if body else ""
    return Mail(str(sent["From"]), str(sent["Reply-To"] or ""), letter.subject, paragraphs_of(text))


def _example(known: Programme, now: datetime) -> Appointment:
    """With the first therapist and the first treatment there are, or with names in their place. Never kept."""
    day = queries.today_at(known, now) + timedelta(days=IN_DAYS)
    starts_at = day_bounds(day, known.location.zone)[0] + AT_TEN
    return Appointment(
        ref=_("EXAMPLE"),
        client=Client(name=_("Clara"), email="clara@client.test"),
        therapist=Therapist(name=known.therapists[0].name if known.therapists else _("Your therapist")),
        treatment=_first_treatment(known),
        room=Room(location_id=known.location.id),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        price_minor=known.treatments[0].usual.price.minor if known.treatments else 6000,
        moved=0,
    )


def _first_treatment(known: Programme) -> Treatment:
    if not known.treatments:
        return Treatment(mail_name="", deposit_words="", is_release=False)
    first = known.treatments[0]
    return Treatment(mail_name=first.mail_name, deposit_words=first.deposit_words, is_release=first.is_release)
