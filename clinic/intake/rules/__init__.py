"""What clients told, and what follows from it. Pure: answers in, decision out."""

from clinic.intake.rules.safety import (
    E1,
    E2,
    GROUPS,
    PAGE,
    TIERS,
    C,
    Decision,
    N,
    R,
    SafetyRule,
    conditions_of,
    decide_by,
)
from clinic.intake.rules.safety_names import CONDITIONS, DERIVED
from clinic.intake.rules.safety_rows import WrongListError, facts_in, read_list
from clinic.intake.rules.screening import (
    ANSWER,
    CONFIRM,
    CONFIRMED_WITHIN,
    NONE_OF_THESE,
    NOTHING,
    asked_again,
    unanswered,
)

__all__ = [
    "ANSWER",
    "CONDITIONS",
    "CONFIRM",
    "CONFIRMED_WITHIN",
    "DERIVED",
    "E1",
    "E2",
    "GROUPS",
    "NONE_OF_THESE",
    "NOTHING",
    "PAGE",
    "TIERS",
    "C",
    "Decision",
    "N",
    "R",
    "SafetyRule",
    "WrongListError",
    "asked_again",
    "conditions_of",
    "decide_by",
    "facts_in",
    "read_list",
    "unanswered",
]
