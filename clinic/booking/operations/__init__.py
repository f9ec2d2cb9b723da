"""Holding, booking, approving, confirming, moving, cancelling, waiting, blocking; and addresses calendars read at."""

from clinic.booking.operations.absences import (
    Off,
    Shut,
    change_time_off,
    close,
    end_time_off,
    open_again,
    seen_of_time_off,
    take_off,
)
from clinic.booking.operations.approving import APPROVE, approve, refuse
from clinic.booking.operations.asking import ask_for_links
from clinic.booking.operations.attending import attend, undo
from clinic.booking.operations.blocking import Blocked, block, change_block, seen_of, unblock
from clinic.booking.operations.calling import RING_NOW
from clinic.booking.operations.changing import make_release, releases_for
from clinic.booking.operations.confirming import confirm
from clinic.booking.operations.delaying import run_late
from clinic.booking.operations.displacing import ASSESS, MOVE, REPLACE
from clinic.booking.operations.ending import cancel
from clinic.booking.operations.heeding import Heeded, called, heed
from clinic.booking.operations.holding import Visitor, hold, let_go
from clinic.booking.operations.making import Outcome, book
from clinic.booking.operations.moving import change_refusals, move
from clinic.booking.operations.offering import accept, decline, offer_free_times
from clinic.booking.operations.renewing import ask_for_renewals
from clinic.booking.operations.replacing import ask_for_replacements
from clinic.booking.operations.shared import link_of
from clinic.booking.operations.subscribing import feed_link, open_feed, revoke_feed
from clinic.booking.operations.waiting import Waits, join, leave
from clinic.booking.operations.working import is_one_day, seen_of_hours, set_day, set_week

__all__ = [
    "APPROVE",
    "ASSESS",
    "MOVE",
    "REPLACE",
    "RING_NOW",
    "Blocked",
    "Heeded",
    "Off",
    "Outcome",
    "Shut",
    "Visitor",
    "Waits",
    "accept",
    "approve",
    "ask_for_links",
    "ask_for_renewals",
    "ask_for_replacements",
    "attend",
    "block",
    "book",
    "called",
    "cancel",
    "change_block",
    "change_refusals",
    "change_time_off",
    "close",
    "confirm",
    "decline",
    "end_time_off",
    "feed_link",
    "heed",
    "hold",
    "is_one_day",
    "join",
    "leave",
    "let_go",
    "link_of",
    "make_release",
    "move",
    "offer_free_times",
    "open_again",
    "open_feed",
    "refuse",
    "releases_for",
    "revoke_feed",
    "run_late",
    "seen_of",
    "seen_of_hours",
    "seen_of_time_off",
    "set_day",
    "set_week",
    "take_off",
    "unblock",
    "undo",
]
