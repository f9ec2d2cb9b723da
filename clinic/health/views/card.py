"""The card: what a therapist reads in a minute before a client comes in. Actions first, and never a diagnosis."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.booking.models import Appointment
from clinic.booking.programme import Programme
from clinic.consent import wording as consents
from clinic.consent.queries import consent_states
from clinic.core import clock
from clinic.core.db import db
from clinic.core.times import day_bounds, local
from clinic.drawings.body_chart import Shown, shown
from clinic.drawings.marks import Mark, read_marks
from clinic.health import queries, rules, wording
from clinic.health.rules import Check
from clinic.health.views.history_read import in_words
from clinic.intake.operations import answers_of, latest_history
from clinic.intake.queries import Standing, standing
from clinic.intake.rules import SafetyRule
from clinic.intake.rules.clearing import IN_PERSON, ways
from clinic.intake.rules.history import NONE_OF_THESE, questionnaire
from clinic.people.queries import names_of

WISHES = ("pressure", "avoid", "position", "room", "touch")
MEDICINES = ("medicines", "other_medicines")
TODAY = "painkiller_today"  # of the day on which it was told: the check before a visit asks anew
BODY = ("allergies", "implants")


@dataclass(frozen=True)
class PutAside:
    """A reason that a therapist put aside against the list: which, why, who and when."""

    short: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Card:
    """All of it, for one visit. `above_all` is its one line; `state` says which."""

    state: str
    above_all: str
    actions: list[SafetyRule]
    changes: list[str]
    words: list[str]
    put_aside: list[PutAside]
    marks: tuple[Mark, ...]
    chart: Shown
    wishes: list[tuple[str, str]]
    medicines: list[str]
    body: list[tuple[str, str]]
    consent: str
    consent_good: bool
    missing: tuple[str, ...]
    checked: bool
    askable: frozenset[str]  # rows that are put aside once they were asked in person

    @property
    def speaks_against(self) -> bool:
        return self.state not in {"none", "unknown"}


def card_of(appointment: Appointment, known: Programme) -> Card:
    """The card of a visit. Ten statements; the caller has put on record who reads it."""
    zone = known.location_of(appointment).zone
    on, client_id = local(appointment.starts_at, zone).date(), appointment.client.person.id
    told, answers = standing(db.session, client_id, on=on), _answers(appointment)
    rows = queries.checks_of(db.session, appointment.id)
    checks = [queries.check_in(row) for row in rows]
    lacking = queries.missing_before(db.session, [appointment.id], known.clinic, now=clock.now())[appointment.id]
    consent = consent_states(db.session, [appointment])[appointment.id]
    actions = rules.strongest_first(known.safety, told.decision(known.safety, deep=True).reasons)
    marks = read_marks(answers.get("marks") or [])
    state = _state(told, known, appointment)
    return Card(
        state=state,
        above_all=str(wording.ABOVE_ALL[state]),
        actions=actions,
        changes=_changes(checks),
        words=[one.words for one in checks if one.words],
        put_aside=_put_aside(appointment, known, on),
        marks=marks,
        chart=shown(marks, avoid={place for one in actions for place in one.regions}),
        wishes=_told(answers, WISHES),
        medicines=[words for _, words in _told(answers, MEDICINES)],
        body=_told(answers, BODY),
        consent=consents.to_therapist(consent),
        consent_good=consent == "valid",
        missing=lacking,
        askable=frozenset(one.id for one in actions if IN_PERSON in ways(one) and one.id not in told.lifted),
        checked=rules.checked_that_day(rows[-1].told_at if rows else None, day_bounds(on, zone)[0]),
    )


def _state(told: Standing, known: Programme, appointment: Appointment) -> str:
    """Its one line. Who is still to be rung is not touched before they were asked."""
    any_massage, deep = (told.decision(known.safety, deep=deep) for deep in (False, True))
    if any_massage.emergency or any_massage.refer:
        return "doctor"
    if any_massage.ring_first or (appointment.call and not appointment.call.done_at):
        return "ask"
    if not deep.release_allowed:
        return "no_deep"
    return "none" if told.told or told.history_finished_at or appointment.screening_id else "unknown"


def _answers(appointment: Appointment) -> dict[str, Any]:
    """The latest history, without what was true on its day alone."""
    answers = answers_of(next(iter(latest_history(db.session, appointment.client.person.id)), None))
    lasting = [one for one in answers.get("medicines") or [] if one != TODAY]
    return {**answers, "medicines": lasting}


def _changes(checks: Sequence[Check]) -> list[str]:
    changed = {part for one in checks for part in one.changed}
    return [str(words) for part, words in wording.CHANGES_TOLD.items() if part in changed]


def _put_aside(appointment: Appointment, known: Programme, on: Any) -> list[PutAside]:
    found = queries.overrides_of(db.session, appointment.client.person.id, on=on)
    names = names_of(db.session, [f"account:{one.given_by_id}" for one in found])
    shorts = {rule.id: rule.short for rule in known.safety}
    told = [(one, json.loads(one.content or "{}")) for one in found]
    return [
        PutAside(
            shorts.get(content.get("reason", ""), ""),
            content.get("note", ""),
            names.get(f"account:{one.given_by_id}", ""),
            one.given_at,
        )
        for one, content in told
    ]


def _told(answers: Mapping[str, Any], wanted: Sequence[str]) -> list[tuple[str, str]]:
    """These questions and what was answered; what was left blank, and "none of these", is left out."""
    asked = {one.id: one for page in questionnaire(()) for one in page.questions}
    given = {name: answers[name] for name in wanted if answers.get(name) not in (None, "", [], [NONE_OF_THESE])}
    return [(asked[name].label, in_words(asked[name], answer, {})) for name, answer in given.items()]
