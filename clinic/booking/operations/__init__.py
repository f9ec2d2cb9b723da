"""Holding, booking, confirming, moving and cancelling; and the addresses at which calendars read of it."""

from clinic.booking.operations.asking import ask_for_links
from clinic.booking.operations.confirming import confirm
from clinic.booking.operations.ending import cancel
from clinic.booking.operations.holding import Visitor, hold, let_go
from clinic.booking.operations.making import Outcome, book
from clinic.booking.operations.moving import change_refusals, move
from clinic.booking.operations.shared import link_of
from clinic.booking.operations.subscribing import feed_link, open_feed, revoke_feed

__all__ = [
    "Outcome",
    "Visitor",
    "ask_for_links",
    "book",
    "cancel",
    "change_refusals",
    "confirm",
    "feed_link",
    "hold",
    "let_go",
    "link_of",
    "move",
    "open_feed",
    "revoke_feed",
]
