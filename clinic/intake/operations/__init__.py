"""Keeping what clients told, for as long as it is needed, and no longer."""

from clinic.intake.operations.clearing import Cleared, clear, revoke_clearance
from clinic.intake.operations.history import answers_of, draft_of, finish, forget_old_drafts, latest_history, save_page
from clinic.intake.operations.screening import (
    confirm_answers,
    forget_answers,
    forget_old_answers,
    keep_answers,
    same_answers,
    screening_of,
)

__all__ = [
    "Cleared",
    "answers_of",
    "clear",
    "confirm_answers",
    "draft_of",
    "finish",
    "forget_answers",
    "forget_old_answers",
    "forget_old_drafts",
    "keep_answers",
    "latest_history",
    "revoke_clearance",
    "same_answers",
    "save_page",
    "screening_of",
]
