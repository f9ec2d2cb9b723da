"""Saving and sending a plan, and taking down how practice went. The caller commits."""

from clinic.aftercare.operations.approving import approve
from clinic.aftercare.operations.content import Content, PointsTo
from clinic.aftercare.operations.freezing import document
from clinic.aftercare.operations.handouts import replace_pdf
from clinic.aftercare.operations.issuing import issue_plan, revoke_link
from clinic.aftercare.operations.planning import save_plan
from clinic.aftercare.operations.practice import Told, log_practice
from clinic.aftercare.operations.thawing import plain, steps_in
from clinic.aftercare.operations.years import ask_year

__all__ = [
    "Content",
    "PointsTo",
    "Told",
    "approve",
    "ask_year",
    "document",
    "issue_plan",
    "log_practice",
    "plain",
    "replace_pdf",
    "revoke_link",
    "save_plan",
    "steps_in",
]
