"""Booking, moving and cancelling."""

from clinic.booking.operations.ending import cancel
from clinic.booking.operations.making import Outcome, book
from clinic.booking.operations.moving import change_refusals, move
from clinic.booking.operations.shared import link_of

__all__ = ["Outcome", "book", "cancel", "change_refusals", "link_of", "move"]
