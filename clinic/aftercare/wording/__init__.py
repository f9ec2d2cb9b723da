"""Sentences of plans: phases, doses, why an exercise is not for somebody now, and when to stop."""

from clinic.aftercare.wording.calendar_days import day_and_month, week, weekday
from clinic.aftercare.wording.changes import changed_lines
from clinic.aftercare.wording.doses import COUNTS, days, dose, exercises, length, usual_dose
from clinic.aftercare.wording.phases import BEGINS, NEVER_STRETCH, OPENS, PHASES, POSITIONS, approved
from clinic.aftercare.wording.practice import FELT, has_it_settled, this_week
from clinic.aftercare.wording.reasons import LOCKED, SENTENCES, condition, found_lines, gone_over, long, many, sentence
from clinic.aftercare.wording.safety import (
    ASK_FIRST_IF,
    DOCTOR_TODAY_IF,
    EMERGENCY_IF,
    STOP_IF,
    how_much_pain,
    in_general,
)
from clinic.aftercare.wording.sides import how_on_its_side
from clinic.aftercare.wording.sizes import size
from clinic.aftercare.wording.stages import SIDES as STAGE_SIDES
from clinic.aftercare.wording.stages import StageWords, stage_words
from clinic.aftercare.wording.suggestions import suggested, suggested_why, to_be_met

__all__ = [
    "ASK_FIRST_IF",
    "BEGINS",
    "COUNTS",
    "DOCTOR_TODAY_IF",
    "EMERGENCY_IF",
    "FELT",
    "LOCKED",
    "NEVER_STRETCH",
    "OPENS",
    "PHASES",
    "POSITIONS",
    "SENTENCES",
    "STAGE_SIDES",
    "STOP_IF",
    "StageWords",
    "approved",
    "changed_lines",
    "condition",
    "day_and_month",
    "days",
    "dose",
    "exercises",
    "found_lines",
    "gone_over",
    "has_it_settled",
    "how_much_pain",
    "how_on_its_side",
    "in_general",
    "length",
    "long",
    "many",
    "sentence",
    "size",
    "stage_words",
    "suggested",
    "suggested_why",
    "this_week",
    "to_be_met",
    "usual_dose",
    "week",
    "weekday",
]
