"""Appointments and the time they claim."""

from clinic.booking.models.appointments import Appointment, Attendance, Cancellation, Delay, Move, Override
from clinic.booking.models.claims import Claim, Hold, Versions
from clinic.booking.models.hours import Block, ChaperoneHours, Closure, TimeOff, WorkingHours
from clinic.booking.models.waiting import Offer, WaitingListEntry
from clinic.people.models import Resource

__all__ = [
    "Appointment",
    "Attendance",
    "Block",
    "Cancellation",
    "ChaperoneHours",
    "Claim",
    "Closure",
    "Delay",
    "Hold",
    "Move",
    "Offer",
    "Override",
    "Resource",
    "TimeOff",
    "Versions",
    "WaitingListEntry",
    "WorkingHours",
]
