"""The words of the safety page and of what it decides.

A clinician signs them off. Words may be improved, meaning may not.
"""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from clinic.intake import rules
from clinic.intake.rules import Decision


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
}

# Each question: what to tick, and the list under it.
QUESTIONS: dict[str, tuple[LazyString, tuple[LazyString, ...]]] = {
    "saddle_or_leg": (
        _l("Any of these, new or worse"),
        (
            _l("numbness between your legs, or round your genitals or back passage"),
            _l("trouble peeing, or holding pee or poo"),
            _l("changed sexual feeling"),
            _l("pain, numbness or weakness in both legs"),
            _l("one leg swollen, hot and sore"),
        ),
    ),
    "chest_or_sudden": (
        _l("Any of these"),
        (
            _l("chest pain, hard to breathe, or fainting"),
            _l("sudden severe tummy or back pain"),
            _l("back pain since a serious accident"),
        ),
    ),
    "unwell_with_pain": (
        _l("With this pain, any of these"),
        (
            _l("fever, or feeling very unwell"),
            _l("losing weight without trying"),
            _l("blood in your pee or poo"),
            _l("a recent fall"),
            _l("one leg newly weak, numb or giving way"),
            _l("you have had cancer, and no doctor has looked at this pain"),
        ),
    ),
    "groin_locked": (_l("Sudden groin pain, and the hip won't straighten"), ()),
    "tummy_unexplained": (_l("Tummy pain, a lump, or anything a doctor is still looking into"), ()),
    "pregnant": (_l("Pregnant, might be, or gave birth in the last 12 weeks"), ()),
    "blood_thinner": (
        _l("A blood thinner, or a bleeding problem"),
        (_l("such as warfarin, apixaban or clopidogrel"),),
    ),
    "aspirin": (_l("Aspirin every day"), ()),
    "vessels_or_operation": (
        _l("Any of these"),
        (
            _l("an aneurysm, or a narrowed or stented artery"),
            _l("a blood clot in the last 6 months"),
            _l("a hernia"),
            _l("a bowel, kidney, liver or spleen illness now"),
            _l("an operation on tummy, pelvis, hip or back in the last 6 months"),
            _l("cancer treatment now"),
        ),
    ),
    "under_18": (_l("Under 18"), ()),
    "aneurysm_risk": (
        _l("One of these, without a normal scan of the main artery in the tummy since"),
        (
            _l("a man of 65 or over, not scanned since turning 65"),
            _l("anyone of 50 or over whose parent, brother or sister had an aortic aneurysm"),
        ),
    ),
}


def the_list() -> list[tuple[LazyString, list[tuple[LazyString, tuple[LazyString, ...]]]]]:
    """All questions under the headings of their groups, to read through."""
    return [(GROUPS[group], [QUESTIONS[q.code] for q in rules.QUESTIONS if q.group == group]) for group in GROUPS]


GROUP_ERRORS = {
    "blank": _l("%(group)s: tick what is true, or “None of these”."),
    "both": _l("%(group)s: you ticked “None of these” and something else. Keep only what is true."),
}

# What the therapist reads on the record, one line a question. Never shown to reception.
SHORT = {
    "saddle_or_leg": _l("Numbness, bladder or bowel, both legs, or a swollen leg (question 1)"),
    "chest_or_sudden": _l("Chest, breath, fainting, sudden severe pain, or an accident (question 2)"),
    "unwell_with_pain": _l("Unwell with this pain, a fall, or weakness (question 3)"),
    "groin_locked": _l("Sudden groin pain, the hip won't straighten (question 3)"),
    "tummy_unexplained": _l("Tummy pain, a lump, or still under investigation (question 4)"),
    "pregnant": _l("Pregnant, might be, or gave birth in the last 12 weeks (question 5)"),
    "blood_thinner": _l("Blood thinner or bleeding problem (question 6)"),
    "aspirin": _l("Daily aspirin (question 6)"),
    "vessels_or_operation": _l("Vessels, hernia, organs, operation or cancer treatment (question 7)"),
    "under_18": _l("Under 18: guardian to be present (question 8a)"),
    "aneurysm_risk": _l("Aneurysm risk by age or family, no normal scan (question 8b)"),
}


def short(code: str) -> LazyString:
    return SHORT[code]


def decision(decided: Decision) -> LazyString:
    """What the answers decided, for the therapist."""
    if decided.release_allowed:
        return _l("Nothing ticked: a release may be given")
    if decided.ring_first:
        return _l("A call first. No deep tummy work")
    if decided.alternative_only:
        return _l("No deep tummy work")
    return _l("Doctor first: no massage")
