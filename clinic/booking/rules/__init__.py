"""When something may be booked, by whom and for whom. Pure: no clock, no database, no words."""

from clinic.booking.rules.addresses import meant
from clinic.booking.rules.changes import is_late, move_refusals
from clinic.booking.rules.clients import assessment_refusals, day_refusals, months_before, screening_refusals
from clinic.booking.rules.limits import Booked, Limits, limited_starts
from clinic.booking.rules.narrowing import ANY_TIME, PARTS, Narrowing
from clinic.booking.rules.times import (
    Shape,
    Span,
    Window,
    blocked_starts,
    common,
    free_starts,
    is_free,
    merged,
    packed,
    roomless_starts,
    time_refusals,
)

__all__ = [
    "ANY_TIME",
    "PARTS",
    "Booked",
    "Limits",
    "Narrowing",
    "Shape",
    "Span",
    "Window",
    "assessment_refusals",
    "blocked_starts",
    "common",
    "day_refusals",
    "free_starts",
    "is_free",
    "is_late",
    "limited_starts",
    "meant",
    "merged",
    "months_before",
    "move_refusals",
    "packed",
    "roomless_starts",
    "screening_refusals",
    "time_refusals",
]
