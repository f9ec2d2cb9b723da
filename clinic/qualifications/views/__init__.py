"""The pages of the register."""

from clinic.qualifications.views import education, education_papers, evidence, register
from clinic.qualifications.views.page import bp

__all__ = ["bp", "education", "education_papers", "evidence", "register"]
