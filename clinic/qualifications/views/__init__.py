"""The pages of the register."""

from clinic.qualifications.views import (
    check,
    checkers,
    checking,
    credentials,
    education,
    education_papers,
    evidence,
    register,
)
from clinic.qualifications.views.page import bp

__all__ = [
    "bp",
    "check",
    "checkers",
    "checking",
    "credentials",
    "education",
    "education_papers",
    "evidence",
    "register",
]
