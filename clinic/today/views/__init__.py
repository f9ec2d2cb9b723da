"""The pages of the staff's day."""

from clinic.today.views import (
    appointment,
    approval,
    blocks,
    booking,
    calendar,
    clients,
    day,
    diary,
    merging,
    names,
    record,
    todo,
    waiting,
    work,
)
from clinic.today.views.page import bp

__all__ = [
    "appointment",
    "approval",
    "blocks",
    "booking",
    "bp",
    "calendar",
    "clients",
    "day",
    "diary",
    "merging",
    "names",
    "record",
    "todo",
    "waiting",
    "work",
]
