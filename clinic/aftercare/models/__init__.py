"""Take-home plans, how practice went and how clients are; the clinic's own exercises, and what it gives everybody."""

from clinic.aftercare.models.check_ins import CheckIn
from clinic.aftercare.models.exercises import ExerciseApproval, ExerciseVersion
from clinic.aftercare.models.plans import PlanIssue, PlanOverride, StretchPlan
from clinic.aftercare.models.practice import PracticeLog, PracticeReminder
from clinic.aftercare.models.shared import Handout, UsefulLink

__all__ = [
    "CheckIn",
    "ExerciseApproval",
    "ExerciseVersion",
    "Handout",
    "PlanIssue",
    "PlanOverride",
    "PracticeLog",
    "PracticeReminder",
    "StretchPlan",
    "UsefulLink",
]
