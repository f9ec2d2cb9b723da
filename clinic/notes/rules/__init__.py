"""What a treatment note is made of, when it may be signed, what a change means, and what to think of. Pure."""

from clinic.drawings.marks import SIDES
from clinic.notes.rules.content import SOAP, Activity, Content, Injury, NoteMark, Result, Stop, Treated
from clinic.notes.rules.measures import MOST_PAIN, change_between, change_since_first, lower_at_end, value_in
from clinic.notes.rules.prompts import prompts
from clinic.notes.rules.signing import signing_refusals

AREAS = (
    "hip_flexors",
    "groin",
    "abdomen",
    "low_back",
    "buttock",
    "front_of_thigh",
    "back_of_thigh",
    "calf",
    "upper_back",
    "neck_and_shoulder",
)

__all__ = [
    "AREAS",
    "MOST_PAIN",
    "SIDES",
    "SOAP",
    "Activity",
    "Content",
    "Injury",
    "NoteMark",
    "Result",
    "Stop",
    "Treated",
    "change_between",
    "change_since_first",
    "lower_at_end",
    "prompts",
    "signing_refusals",
    "value_in",
]
