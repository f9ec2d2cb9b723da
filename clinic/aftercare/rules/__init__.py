"""What may stand in a take-home plan, how long it takes, and what practice says. Pure: values in, reasons out."""

from clinic.aftercare.rules.advice import (
    INJURY,
    STRETCH_HOLD_S,
    Advice,
    advise,
    as_held,
    conditions_holding,
    easier_words,
    given_all_the_same,
    is_clear,
    may_go_over,
    muscles_that_lock,
    refusals,
)
from clinic.aftercare.rules.beginning import LeftOut, begun
from clinic.aftercare.rules.changes import Changes, changes
from clinic.aftercare.rules.doses import WARM_UP, Step, in_order, minutes, seconds, switch_s, usual, with_warm_up
from clinic.aftercare.rules.gates import Gate, Practised, gates
from clinic.aftercare.rules.order import moved
from clinic.aftercare.rules.overrides import gone_over, keys, may_be_overridden, uncovered
from clinic.aftercare.rules.own import faults
from clinic.aftercare.rules.practice import (
    LOOK,
    RING,
    Day,
    Zones,
    corrected,
    days_planned,
    is_alarming,
    news_in,
    practised_percent,
    put_together,
    task_after,
    to_ask_about,
)
from clinic.aftercare.rules.progress import Suggestion, for_now, gates_ahead, suggestions
from clinic.aftercare.rules.stages import READY_S, Stage, sides_of, stages, stages_of
from clinic.aftercare.rules.weeks import days_a_week, lacks_rest

__all__ = [
    "INJURY",
    "LOOK",
    "READY_S",
    "RING",
    "STRETCH_HOLD_S",
    "WARM_UP",
    "Advice",
    "Changes",
    "Day",
    "Gate",
    "LeftOut",
    "Practised",
    "Stage",
    "Step",
    "Suggestion",
    "Zones",
    "advise",
    "as_held",
    "begun",
    "changes",
    "conditions_holding",
    "corrected",
    "days_a_week",
    "days_planned",
    "easier_words",
    "faults",
    "for_now",
    "gates",
    "gates_ahead",
    "given_all_the_same",
    "gone_over",
    "in_order",
    "is_alarming",
    "is_clear",
    "keys",
    "lacks_rest",
    "may_be_overridden",
    "may_go_over",
    "minutes",
    "moved",
    "muscles_that_lock",
    "news_in",
    "practised_percent",
    "put_together",
    "refusals",
    "seconds",
    "sides_of",
    "stages",
    "stages_of",
    "suggestions",
    "switch_s",
    "task_after",
    "to_ask_about",
    "uncovered",
    "usual",
    "with_warm_up",
]
