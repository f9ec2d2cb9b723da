"""What the fields of a credential are called, kind by kind, and what stands in them, in words."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.core.money import Money
from clinic.qualifications.models import Credential
from clinic.qualifications.rules import FIELDS
from clinic.qualifications.wording import ACTIVITIES, DISCIPLINES, FRAMEWORKS, SKILLS, on

LABELS = {
    "title": _l("What it is called"),
    "discipline": _l("In what?"),
    "framework": _l("Framework of its level"),
    "level": _l("Level"),
    "skill": _l("What is it in?"),
    "activities": _l("What does it cover?"),
    "body": _l("Awarding body"),
    "number": _l("Certificate number"),
    "qualification_no": _l("Qualification number"),
    "register_no": _l("Number in the register"),
    "register_url": _l("Where it can be looked up"),
    "jurisdiction": _l("State or province"),
    "hours": _l("Hours of study"),
    "distance_learning": _l("Learned at a distance alone"),
    "cover_minor": _l("Pays at most"),
    "starts_on": _l("Issued on"),
    "expires_on": _l("Last good day"),
    "shown": _l("Show it on the profile once it is verified"),
}
LABELS_OF = {  # where a kind has its own word for it
    "insurance": {"body": _l("Insurer"), "number": _l("Policy number"), "starts_on": _l("In force from")},
    "licence": {"framework": _l("Whose licence?"), "body": _l("Licensing board"), "register_no": _l("Licence number")},
    "registration": {"framework": _l("Whose register?"), "body": _l("Registering body")},
    "membership": {"body": _l("Association"), "register_no": _l("Membership number"), "starts_on": _l("Member since")},
    "board_certification": {"body": _l("Board"), "register_no": _l("Certification number")},
    "training": {"body": _l("School or teacher")},
    "first_aid": {"body": _l("Who gave the course")},
    "background_check": {"body": _l("Who made it"), "jurisdiction": _l("For which state or country")},
}
CHOICES: dict[str, dict[str, Any]] = {"skill": SKILLS, "discipline": DISCIPLINES, "framework": FRAMEWORKS}
TOLD_APART = {"title", "level", "register_url", "shown"}  # in the heading, beside the framework, as a link, not at all


def label(kind: str, name: str) -> Any:
    """What a field is called in an entry of this kind."""
    return LABELS_OF.get(kind, {}).get(name) or LABELS[name]


def facts(row: Credential, currency: str) -> Iterator[tuple[str, str]]:
    """What is entered, each with what it is called. The address of a register is left to the page, which links it."""
    for name in FIELDS[row.kind]:
        value = getattr(row, name)
        if name == "expires_on" and value is None:
            yield str(label(row.kind, name)), str(_("none: it does not end"))
        elif name not in TOLD_APART and value not in (None, "", False, []):
            yield str(label(row.kind, name)), in_words(row, name, value, currency)


def in_words(row: Credential, name: str, value: Any, currency: str) -> str:
    """One value of a credential."""
    if name == "framework":
        words = str(FRAMEWORKS.get(value, value))
        return words if row.level is None else str(_("%(framework)s, level %(n)d", framework=words, n=row.level))
    if name == "activities":
        return ", ".join(str(ACTIVITIES.get(one, one)) for one in value)
    if name == "cover_minor":
        return Money(value, currency).words()
    if isinstance(value, date):
        return on(value)
    if value is True:
        return str(_("yes"))
    return str(CHOICES.get(name, {}).get(value, value))
