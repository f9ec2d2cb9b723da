"""The words round the questions of the safety list, and of what is decided. The questions are the list's own.

A clinician signs them off. Words may be improved, meaning may not.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from clinic.intake.rules import PAGE, Decision, SafetyRule


@dataclass(frozen=True)
class EmergencyNumbers:
    """Whom to call in a country. `advice` is the line for somebody unsure, where there is one."""

    ambulance: str
    department: LazyString | str
    advice: str = ""


A_AND_E = _l("A&E")
ROOM = _l("the emergency room")
DEPARTMENT = _l("the nearest emergency department")

# Sources: nhs.uk (999, 111), 911.gov, 112 in every EU state (europa.eu), triplezero.gov.au, healthify.nz.
NUMBERS = {
    "GB": EmergencyNumbers("999", A_AND_E, "111"),
    "IE": EmergencyNumbers("112", A_AND_E),
    "US": EmergencyNumbers("911", ROOM),
    "CA": EmergencyNumbers("911", ROOM, "811"),
    "AU": EmergencyNumbers("000", DEPARTMENT),
    "NZ": EmergencyNumbers("111", A_AND_E),
}
ELSEWHERE = EmergencyNumbers("112", DEPARTMENT)


def numbers(country: str) -> EmergencyNumbers:
    return NUMBERS.get(country, ELSEWHERE)


GROUPS = {
    "now": _l("Right now"),
    "tummy": _l("Your tummy and blood"),
    "who": _l("Who is coming"),
    "heart": _l("Heart and blood vessels"),
    "inside": _l("Tummy and pelvis"),
    "body": _l("Bones, joints, muscles and nerves"),
    "general": _l("Your health in general"),
    "today": _l("Today"),
}
Asked = tuple[str, tuple[str, ...]]  # what to tick, and the list under it


def questions(rules: Sequence[SafetyRule]) -> dict[str, Asked]:
    """The questions of the safety list by their ids; those it only draws from other answers are left out."""
    return {rule.id: (rule.question, rule.examples) for rule in rules if rule.asked}


def the_list(rules: Sequence[SafetyRule]) -> list[tuple[LazyString, list[Asked]]]:
    """All questions of the safety page under the headings of their groups, to read through."""
    asked = {group: [rule for rule in rules if rule.asked and rule.group == group] for group in PAGE}
    return [(GROUPS[group], list(questions(of).values())) for group, of in asked.items()]


GROUP_ERRORS = {
    "blank": _l("%(group)s: tick what is true, or “None of these”."),
    "both": _l("%(group)s: you ticked “None of these” and something else. Keep only what is true."),
}


def reasons(rules: Sequence[SafetyRule], decided: Decision) -> tuple[str, ...]:
    """Why it was decided so: what the therapist reads on the record, one line each. Never shown to reception."""
    return tuple(rule.short for rule in rules if rule.id in decided.reasons)


def ticked(rules: Sequence[SafetyRule], ticks: Collection[str]) -> list[Asked]:
    """The questions that were ticked, as they were asked. What the list asks no more is left out."""
    return [asked for code, asked in questions(rules).items() if code in ticks]


def decision(decided: Decision) -> LazyString:
    """What the answers decided, for the therapist."""
    if decided.release_allowed:
        return _l("Nothing ticked: a release may be given")
    if decided.ring_first:
        return _l("A call first. No deep tummy work")
    if decided.alternative_only:
        return _l("No deep tummy work")
    return _l("Doctor first: no massage")
