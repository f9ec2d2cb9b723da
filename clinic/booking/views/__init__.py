"""The client's way: safety page, times, details, check, booked; and afterwards, their appointment."""

from clinic.booking.views import (
    again,
    appointment,
    assessment,
    details,
    feeds,
    hold,
    lost_link,
    move,
    offer,
    screening,
    times,
    waiting,
)
from clinic.booking.views.page import bp

__all__ = [
    "again",
    "appointment",
    "assessment",
    "bp",
    "details",
    "feeds",
    "hold",
    "lost_link",
    "move",
    "offer",
    "screening",
    "times",
    "waiting",
]
