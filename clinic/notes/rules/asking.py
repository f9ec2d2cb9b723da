"""When a client is asked before a visit how they are getting on. Pure."""

from datetime import datetime

from clinic.health.rules import ASKED_BEFORE

NOT_YET, OPEN, TOO_LATE = "not_yet", "open", "too_late"
ASKED = ("pain_on_arrival", "pain_worst", "pain_average", "hours_seated", "practice_days", "global_change")


def asking(now: datetime, *, starts_at: datetime, cancelled: bool) -> str:
    """Whether it is asked at this time: from three days before a visit until it begins."""
    if cancelled or now < starts_at - ASKED_BEFORE:
        return NOT_YET
    return OPEN if now < starts_at else TOO_LATE
