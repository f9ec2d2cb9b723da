"""The client's way: safety page, times, details, check, booked; and afterwards, their appointment."""

from clinic.booking.views import appointment, details, move, screening, times
from clinic.booking.views.page import bp

__all__ = ["appointment", "bp", "details", "move", "screening", "times"]
