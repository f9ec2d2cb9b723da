"""What the demo's clients told about their health: three in four of them, before their first visit."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from clinic.booking.models import Appointment
from clinic.booking.programme import Programme
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.times import local
from clinic.intake.operations import finish, save_page
from clinic.intake.rules.history import asked, questionnaire

BY_LINK = Actor("link", "demo")
WELL = {
    "born": "1984-05-17",
    "sex": "unsaid",
    "ring_name": "Robin Lamp",
    "ring_phone": "0117 496 0999",
    "doctor": "The surgery on Fish Street",
    "pregnancy": "no",
    "pain": "yes",
    "smoking": "never",
    "scan": "normal",
    "work": "At a desk, and on a bicycle to it",
    "seated": 8,
    "posture": ["desk"],
    "sports": ["cycling"],
    "sport_hours": 3,
    "stress": 5,
    "sleep": "broken",
    "pressure": "medium",
    "room": ["quiet"],
    "since": "months",
    "began": "sitting",
    "before_50": "yes",
    "course": "comes_and_goes",
    "worse": ["sitting", "getting_up"],
    "better": ["moving"],
    "morning": "short",
    "night": "no",
    "spread": "no",
    "tissue": "muscle",
    "tried": ["massage", "stretching"],
    "helped.massage": "a_while",
    "helped.stretching": "no",
}
OFTEN = ("low_back", "hip_flexors", "buttock", "front_of_thigh")
TAKEN: tuple[list[str], ...] = ([], [], ["painkiller_today"], [])  # by one in four


def tell_health(session: AnySession, known: Programme, visits: Iterable[Appointment], *, now: datetime) -> None:
    """Before their first visit, but for every fourth client. `visits` in order of time. The caller commits."""
    first = {visit.client_id: visit for visit in reversed(list(visits))}
    chance = Random(8)  # noqa: S311  (nothing here is secret)
    for nth, visit in enumerate(sorted(first.values(), key=lambda one: (one.starts_at, one.therapist_id))):
        if nth % 4 != 3:
            at = min(visit.starts_at - timedelta(hours=30), now)
            _tell(session, known, visit, {**WELL, **_own(nth, chance)}, at)


def _own(nth: int, chance: Random) -> dict[str, Any]:
    """What this client has of their own."""
    place = {"side": chance.choice(("left", "right")), "kind": chance.choice(("dull", "stiff", "sharp"))}
    marks = [{"region": chance.choice(OFTEN), **place, "strength": chance.randint(3, 8)}]
    return {"born": f"{1961 + nth % 40}-03-0{1 + nth % 9}", "marks": marks, "medicines": TAKEN[nth % 4] or ["none"]}


def _tell(session: AnySession, known: Programme, visit: Appointment, said: dict[str, Any], at: datetime) -> None:
    """Every page that is asked, with "None of these" and blanks where nothing is said."""
    pages, on = questionnaire(known.safety), local(at, known.location.zone).date()
    questions = [one for page in asked(pages, said, on=on) for one in page.questions]
    blank = {one.id: ["none"] if one.kind == "ticks" and one.required else "" for one in questions}
    answers = {one: said.get(one, nothing) for one, nothing in blank.items()}
    save_page(session, visit.client_id, answers, base={}, now=at, by=BY_LINK)
    finish(session, visit.client_id, pages, on=on, now=at, by=BY_LINK)
