"""The clinic's public pages: the home page, and a page for each therapist."""

from clinic.front.views import home, therapist
from clinic.front.views.page import bp

__all__ = ["bp", "home", "therapist"]
