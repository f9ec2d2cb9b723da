"""The pages of the register."""

from clinic.qualifications.views import register
from clinic.qualifications.views.page import bp

__all__ = ["bp", "register"]
