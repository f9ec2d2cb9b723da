"""What was chosen, read from an address, a form or an appointment.

`minutes` is the first treatment's length, `with` a second one and its length (`low-back-30`), `chaperone` is "yes".
What its times were narrowed by stands in the address always, also where a form is sent: whoever lost a time, or wants
another, sees the same again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flask import abort, request
from flask_babel import gettext as _

from clinic.booking import wording
from clinic.booking.models import Appointment
from clinic.booking.offered import ListedTherapist, OfferedLength, OfferedTreatment
from clinic.booking.pairs import as_booked, as_offered, joined, length_refusals
from clinic.booking.programme import Programme
from clinic.booking.rules import PARTS
from clinic.booking.views.choice import Again, Choice, Moving
from clinic.booking.views.page import programme_or_404
from clinic.core.refusals import Refusal
from clinic.core.times import from_address

WEEK = tuple(str(day) for day in range(7))
ANYBODY = "any"  # where one therapist's times are shown first


def choice(slug: str, asked: Mapping[str, str]) -> Choice:
    """Read a choice; 404 for a treatment that is not there, and no time where none can be read. A second treatment
    that cannot be given with the first is left out, and `refused` says why: nobody books half by mistake.
    """
    known = programme_or_404()
    treatment = known.treatment(slug)
    if treatment is None:
        abort(404, _("We do not offer that treatment. All we offer is on the home page."))
    length = _read_length(treatment, asked.get("minutes", "")) or treatment.usual
    starts_at, therapist = read_slot(known, asked.get("slot"))
    chaperone, narrowed_by = asked.get("chaperone") == "yes", _narrowed_by(known)
    alone = Choice(known, treatment, length, starts_at, therapist, chaperone=chaperone, narrowed_by=narrowed_by)
    return _with_second(alone, asked["with"]) if asked.get("with") else alone


def choice_in_address(slug: str) -> Choice:
    return choice(slug, request.args)


def moving_choice(found: Appointment, token: str, slot: str | None) -> Choice | None:
    """The choice of somebody who moves an appointment; None where it is not offered like that any more."""
    known = programme_or_404()
    chosen = _as_it_was(known, as_booked(known, found), found, slot)
    return replace(chosen, moving=Moving(found, token)) if chosen else None


def again_choice(again: Again, slot: str | None) -> Choice | None:
    """The choice of somebody who books the same again; None where it is not offered like that any more."""
    known, was = programme_or_404(), again.appointment
    booked = as_booked(known, was)
    chosen = _as_it_was(known, booked and as_offered(known, booked, was.minutes), was, slot)
    return replace(chosen, again=again) if chosen else None


def _as_it_was(
    known: Programme, treatment: OfferedTreatment | None, was: Appointment, slot: str | None
) -> Choice | None:
    if treatment is None or length_refusals(treatment, was.minutes):
        return None
    length = treatment.length(was.minutes)
    if length is None:
        return None
    starts_at, therapist = read_slot(known, slot)
    narrowed_by = _narrowed_by(known)
    return Choice(known, treatment, length, starts_at, therapist, chaperone=was.chaperone, narrowed_by=narrowed_by)


def _narrowed_by(known: Programme) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What times are narrowed by; what cannot be read narrows nothing."""
    can_be = {
        "therapist": (ANYBODY, *(one.slug for one in known.therapists)),
        "weekday": WEEK,
        "part": tuple(PARTS),
        "gender": tuple(wording.WITH_WHOM),
    }
    asked = {name: set(request.args.getlist(name)).intersection(values) for name, values in can_be.items()}
    return tuple((name, tuple(one for one in can_be[name] if one in these)) for name, these in asked.items() if these)


def _with_second(alone: Choice, told: str) -> Choice:
    slug, _dash, minutes = told.rpartition("-")
    second = alone.programme.treatment(slug)
    length = _read_length(second, minutes) if second else None
    if second is None or length is None:
        return replace(alone, refused=Refusal("not_offered"))
    pair = joined(alone.programme, [alone.treatment, second], [alone.length.minutes, length.minutes])
    unfit = length_refusals(pair, pair.usual.minutes) if pair else []
    if pair is None or unfit:
        return replace(alone, refused=unfit[0] if unfit else None)
    return replace(alone, treatment=pair, length=pair.usual)


def _read_length(treatment: OfferedTreatment, minutes: str) -> OfferedLength | None:
    return treatment.length(int(minutes)) if minutes.isdecimal() and len(minutes) < 5 else None


def read_slot(known: Programme, slot: str | None) -> tuple[datetime, ListedTherapist] | tuple[None, None]:
    """The instant and therapist of a slot; neither where it cannot be read."""
    when, _dot, who = (slot or "").partition(".")
    starts_at, therapist = from_address(when), known.therapist(who)
    return (starts_at, therapist) if starts_at and therapist else (None, None)
