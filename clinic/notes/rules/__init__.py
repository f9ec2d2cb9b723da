"""What a treatment note is made of, when it may be signed, and what a change in pain means. Pure."""

from clinic.drawings.marks import SIDES
from clinic.notes.rules.content import SOAP, Activity, Content, Injury, NoteMark, Result, Stop, Treated
from clinic.notes.rules.pain import MEANINGFUL_CHANGE, MOST_PAIN, Pain, change_since_start
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
    "MEANINGFUL_CHANGE",
    "MOST_PAIN",
    "SIDES",
    "SOAP",
    "Activity",
    "Content",
    "Injury",
    "NoteMark",
    "Pain",
    "Result",
    "Stop",
    "Treated",
    "change_since_start",
    "signing_refusals",
]
