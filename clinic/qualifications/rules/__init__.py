"""What is decided about credentials. Pure: no clock, no database, no words."""

from clinic.qualifications.rules.bookable import (
    DISCIPLINES,
    LICENCES,
    QUALIFYING,
    RQF_OF,
    Held,
    Needs,
    refusals,
    rqf_level,
    takes_over,
)
from clinic.qualifications.rules.checking import Looked, Person, check_refusals, is_themself
from clinic.qualifications.rules.kinds import FIELDS, is_qualification_no, is_web_address
from clinic.qualifications.rules.states import GOOD, SOON, STATES, WAITS, Check, Entered, state_of

__all__ = [
    "DISCIPLINES",
    "FIELDS",
    "GOOD",
    "LICENCES",
    "QUALIFYING",
    "RQF_OF",
    "SOON",
    "STATES",
    "WAITS",
    "Check",
    "Entered",
    "Held",
    "Looked",
    "Needs",
    "Person",
    "check_refusals",
    "is_qualification_no",
    "is_themself",
    "is_web_address",
    "refusals",
    "rqf_level",
    "state_of",
    "takes_over",
]
