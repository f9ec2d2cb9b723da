"""When something may be booked, by whom and for whom. Pure: no clock, no database, no words."""

from clinic.booking.rules.addresses import meant
from clinic.booking.rules.attendance import (
    HERE,
    STEPS,
    furthest,
    has_missed_too_many,
    missed_within,
    moved_refusals,
    open_steps,
    stays,
    step_refusals,
)
from clinic.booking.rules.blocks import MOST_WEEKS, Stretch
from clinic.booking.rules.changes import is_late, move_refusals
from clinic.booking.rules.clients import assessment_refusals, day_refusals, months_before, screening_refusals
from clinic.booking.rules.desk import (
    WITH_A_REASON,
    Taken,
    desk_time_refusals,
    length_is_sound,
    room_for,
    split,
    therapist_refusals,
)
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
    within,
)

__all__ = [
    "ANY_TIME",
    "HERE",
    "MOST_WEEKS",
    "PARTS",
    "STEPS",
    "WITH_A_REASON",
    "Booked",
    "Limits",
    "Narrowing",
    "Shape",
    "Span",
    "Stretch",
    "Taken",
    "Window",
    "assessment_refusals",
    "blocked_starts",
    "common",
    "day_refusals",
    "desk_time_refusals",
    "free_starts",
    "furthest",
    "has_missed_too_many",
    "is_free",
    "is_late",
    "length_is_sound",
    "limited_starts",
    "meant",
    "merged",
    "missed_within",
    "months_before",
    "move_refusals",
    "moved_refusals",
    "open_steps",
    "packed",
    "room_for",
    "roomless_starts",
    "screening_refusals",
    "split",
    "stays",
    "step_refusals",
    "therapist_refusals",
    "time_refusals",
    "within",
]
