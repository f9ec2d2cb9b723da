"""The pages of the staff's day."""

from clinic.today.views import (
    appointment,
    approval,
    blocks,
    booking,
    calendar,
    clients,
    contact,
    day,
    diary,
    export,
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
    "contact",
    "day",
    "diary",
    "export",
    "merging",
    "names",
    "record",
    "todo",
    "waiting",
    "work",
]
