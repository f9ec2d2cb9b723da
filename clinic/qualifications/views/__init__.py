"""The pages of the register."""

from clinic.qualifications.views import (
    certificates,
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
    "certificates",
    "check",
    "checkers",
    "checking",
    "credentials",
    "education",
    "education_papers",
    "evidence",
    "register",
]
