"""Where everything about the clinic is found."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l

from clinic.core import access
from clinic.core.access import desk
from clinic.office.views.guide import guide
from clinic.office.views.page import bp


@dataclass(frozen=True)
class Door:
    """A page about the clinic: its route, what it is called and for, and whether it is the owner's alone."""

    route: str
    name: Any
    words: Any
    owners: bool = True


DOORS: tuple[Door, ...] = (
    Door(
        "office.identity",
        _l("Name, words and rules"),
        _l("What the clinic is called and says, moving and cancelling, reminders, missed visits, privacy."),
    ),
    Door("office.treatments", _l("Treatments"), _l("What is offered, how long, at what price, and by which rules.")),
    Door(
        "office.safety_list",
        _l("Safety list"),
        _l("What clients are asked about their health, what follows, who signed it off; and to try it out."),
    ),
    Door(
        "office.physical_tests",
        _l("Tests on a note"),
        _l("What therapists can measure on each side; add tests of your own."),
    ),
    Door(
        "office.exercises",
        _l("Exercises"),
        _l("What goes into plans for home: change the words, hide some, add your own with a photo or a drawing."),
    ),
    Door(
        "office.handouts",
        _l("Papers for everybody"),
        _l("PDFs of your own, to take from the page of free practice."),
    ),
    Door(
        "office.useful_links",
        _l("Pages and videos"),
        _l("What is elsewhere on the web that a plan may point to, and what you earn by."),
    ),
    Door(
        "office.hours",
        _l("Working hours"),
        _l("Who works when and where, from a day on; breaks and days that are different."),
        owners=False,
    ),
    Door(
        "office.rooms",
        _l("Rooms"),
        _l("Where treatments are given, what each room is fit for, and which is out of use."),
    ),
    Door(
        "office.note_formats",
        _l("How notes are written"),
        _l("The parts of a note: SOAP, DAP, free text, and formats of your own."),
    ),
    Door(
        "office.phrases",
        _l("Phrases for notes"),
        _l("Words that are written often, for every therapist to tap or to type short."),
    ),
    Door("office.locations", _l("Locations"), _l("Addresses, how to find them, and whose clock they are on.")),
    Door(
        "office.closures", _l("Closed days"), _l("Public holidays, and whatever else closes the clinic."), owners=False
    ),
    Door("office.time_off", _l("Time off"), _l("Who is away when, and what has to be moved for it."), owners=False),
    Door(
        "qualifications.registers",
        _l("Qualifications"),
        _l("What therapists hold, what waits for a check and what lapses soon."),
    ),
    Door("profile.profiles", _l("Pages of therapists"), _l("What clients read about each: words, languages, a photo.")),
    Door("office.staff", _l("Who works here"), _l("Invite somebody, change what they do here, close an account.")),
    Door("office.imports", _l("Coming from another system"), _l("Bring in clients and appointments from its files.")),
    Door("office.exports", _l("Take everything along"), _l("Clients and appointments as files, for another system.")),
    Door("consent.news_list", _l("Who wants news"), _l("Clients who asked for news by mail, as a list and a table.")),
    Door(
        "office.figures",
        _l("Figures"),
        _l("How full the weeks were, who was new, who came again and who did not come."),
    ),
    Door(
        "today.clients_export",
        _l("All clients as a table"),
        _l("Names, contact and visits, for a spreadsheet. Nothing about anybody's health."),
        owners=False,
    ),
)


@bp.get("")
@desk
def home() -> str:
    """What there is to set up and look at; reception finds what is theirs."""
    owner = access.signed_in().role == "owner"
    doors = [door for door in DOORS if owner or not door.owners]
    return render_template("office/home.html", doors=doors, guide=guide() if owner else [])
