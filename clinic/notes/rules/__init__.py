"""What a treatment note is made of, when it may be signed, what a change means, and what to think of. Pure."""

from clinic.drawings.marks import SIDES
from clinic.notes.rules.content import SOAP, Activity, Content, Injury, NoteMark, Result, Stop, Treated
from clinic.notes.rules.formats import (
    begun_in,
    copied_into,
    copy_mark,
    format_in,
    format_named,
    latest,
    offered,
    still_copied,
    turned_to,
)
from clinic.notes.rules.measures import MOST_PAIN, change_between, change_since_first, lower_at_end, value_in
from clinic.notes.rules.prompts import prompts
from clinic.notes.rules.signing import AT_ONCE, REASONS, late_entry, signing_refusals

__all__ = [
    "AT_ONCE",
    "MOST_PAIN",
    "REASONS",
    "SIDES",
    "SOAP",
    "Activity",
    "Content",
    "Injury",
    "NoteMark",
    "Result",
    "Stop",
    "Treated",
    "begun_in",
    "change_between",
    "change_since_first",
    "copied_into",
    "copy_mark",
    "format_in",
    "format_named",
    "late_entry",
    "latest",
    "lower_at_end",
    "offered",
    "prompts",
    "signing_refusals",
    "still_copied",
    "turned_to",
    "value_in",
]
