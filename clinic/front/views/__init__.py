"""The clinic's public pages: the home page, a page for each therapist, and whom we recommend."""

from clinic.front.views import home, recommendation, therapist
from clinic.front.views.page import bp

__all__ = ["bp", "home", "recommendation", "therapist"]
