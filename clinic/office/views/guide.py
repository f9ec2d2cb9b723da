"""The first-run guide: what is still missing before the first time can be booked, each with where it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.booking import queries
from clinic.booking.offered import ListedTherapist
from clinic.booking.programme import Programme, programme
from clinic.core import access, clock
from clinic.core.db import db
from clinic.office.rules.guide import Person, Step, first_steps
from clinic.office.views.page import bp
from clinic.people.models import Therapist
from clinic.qualifications import queries as register
from clinic.qualifications import rules as qualifications

CHECKED = _l("Its therapist enters it; somebody else checks it: you, or a colleague from outside by a link.")
TOLD: dict[str, tuple[Any, str, Any]] = {  # what it is called, where it is done, and a word about it
    "phone": (_l("A phone number"), "office.identity", _l("Pages and mails ask people to call it.")),
    "location": (_l("A location with its address"), "office.locations", _l("Where people come to. Mails say it too.")),
    "room": (_l("A room"), "office.rooms", _l("In use, and fit for what is given in it.")),
    "treatment": (_l("A treatment"), "office.treatments", _l("Its name, how long it takes and what it costs.")),
    "therapist": (_l("A therapist"), "office.staff", _l("Invited, and listed for booking.")),
    "qualification": (_l("A qualification that was checked"), "qualifications.registers", CHECKED),
    "insurance": (
        _l("An insurance that was checked"),
        "qualifications.registers",
        _l("It names the work, holds today, and is entered and checked in the same place."),
    ),
    "hours": (_l("Working hours"), "office.hours", _l("When somebody who may give a treatment is there.")),
}


@dataclass(frozen=True)
class Line:
    """One step in words, and the address of where it is done."""

    name: Any
    href: str
    words: Any
    done: bool


def guide() -> list[Line]:
    """Every step, done or not; empty once all are done."""
    known = programme(db.session)
    alone = register.checked_by_nobody(db.session)
    steps = _steps(known, lacks_checker=bool(alone)) if known else []
    return [] if all(one.done for one in steps) else [_line(one, alone) for one in steps]


def _line(step: Step, alone: Sequence[Therapist]) -> Line:
    if step.code == "checker":
        first = alone[0]
        words = _(
            "Nobody checks their own papers. Until somebody else has looked at those of %(name)s, nothing of theirs is "
            "offered. Ask a colleague, a tutor or an association: they get a link.",
            name=first.name,
        )
        return Line(
            _("Somebody else who checks"), url_for("qualifications.checkers", slug=first.slug), words, step.done
        )
    name, route, about = TOLD[step.code]
    return Line(name, url_for(route), about, step.done)


@bp.app_context_processor
def on_the_way() -> dict[str, Callable[[], Line | None]]:
    """For whatever page says that something is saved."""
    return {"next_step": next_step}


def next_step() -> Line | None:
    """Where an owner goes on, while anything is missing."""
    account = access.signed_in()
    is_owner = account is not None and account.role == "owner"
    return next((one for one in guide() if not one.done), None) if is_owner else None


def _steps(known: Programme, *, lacks_checker: bool) -> list[Step]:
    today = queries.today_at(known, clock.now()) if known.locations else clock.now().date()
    fit = [
        one for one in known.rooms if one.offered and (not known.treatments or any(map(one.suits, known.treatments)))
    ]
    return first_steps(
        phone=bool(known.clinic.phone),
        locations=sum(1 for one in known.locations.values() if one.address),
        rooms=len(fit),
        treatments=len(known.treatments),
        people=[_person(known, one, today) for one in known.therapists],
        lacks_checker=lacks_checker,
    )


def _person(known: Programme, therapist: ListedTherapist, today: date) -> Person:
    lacks = [
        [one.code for one in qualifications.refusals(treatment.needs, therapist.held, [today])]
        for treatment in known.treatments
    ]
    hours = known.hours.get(therapist.id, ())
    return Person(lacks, any(one.until_on is None or one.until_on >= today for one in hours))
