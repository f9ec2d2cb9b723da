"""Booking, moving and cancelling; and the addresses at which calendars read of it."""

from clinic.booking.operations.ending import cancel
from clinic.booking.operations.making import Outcome, book
from clinic.booking.operations.moving import change_refusals, move
from clinic.booking.operations.shared import link_of
from clinic.booking.operations.subscribing import feed_link, open_feed, revoke_feed

__all__ = ["Outcome", "book", "cancel", "change_refusals", "feed_link", "link_of", "move", "open_feed", "revoke_feed"]
