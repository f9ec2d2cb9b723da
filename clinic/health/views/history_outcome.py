"""What follows from a health history: help at once, a doctor first, or what becomes of the visits to come."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template

from clinic.booking import wording as booking_wording
from clinic.booking.operations import Heeded
from clinic.booking.programme import Programme
from clinic.intake import wording
from clinic.intake.models import HealthHistory
from clinic.intake.operations import answers_of
from clinic.intake.rules import R, SafetyRule, decide_by
from clinic.intake.rules.facts import Answers
from clinic.intake.rules.history import told


def emergency_in(known: Programme, answers: Answers, *, on: date) -> str | None:
    """E1 or E2, where these answers are an emergency for anybody."""
    return decide_by(known.safety, told(answers, on=on), deep=True).emergency


def emergency_page(known: Programme, emergency: str, **place: Any) -> str:
    numbers = wording.numbers(known.clinic.country)
    return render_template("health/history_emergency.html", emergency=emergency, numbers=numbers, **place)


def outcome_page(known: Programme, done: HealthHistory, heeded: Sequence[Heeded], *, today: date, **place: Any) -> str:
    """Thanks, and what it means for the visits to come; with a letter where a doctor comes first."""
    decision = decide_by(known.safety, told(answers_of(done), on=today), deep=False)
    return render_template(
        "health/history_outcome.html",
        lines=list(dict.fromkeys(map(_words, heeded))),
        refer=decision.refer,
        reasons=_reasons(known, decision.reasons),
        numbers=wording.numbers(known.clinic.country),
        location=known.location,
        today=today,
        **place,
    )


def _words(one: Heeded) -> str:
    """What became of a visit, for its client."""
    instead = " + ".join(each.name for each in one.appointment.treatments) if one.instead else ""
    first_name = one.appointment.therapist.name.split()[0]
    return booking_wording.heeded(first_name, instead, rings=one.rings, at_once=one.at_once)


def _reasons(known: Programme, reasons: tuple[str, ...]) -> list[SafetyRule]:
    """The rows that send somebody to a doctor, for the letter."""
    return [rule for rule in known.safety if rule.id in reasons and R in rule.massage]
