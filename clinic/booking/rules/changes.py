"""What a client may still change. Pure."""

from datetime import datetime, timedelta

from clinic.core.refusals import Refusal


def move_refusals(starts_at: datetime, now: datetime, *, notice_minutes: int, moves: int, most: int) -> list[Refusal]:
    """Why its client may not move an appointment any more; `moves` are those they have made themselves."""
    if starts_at <= now:
        return [Refusal("already_begun")]
    if is_late(starts_at, now, notice_minutes):
        return [Refusal("change_too_late", {"hours": notice_minutes // 60})]
    return [Refusal("moved_enough", {"most": most})] if moves >= most else []


def is_late(starts_at: datetime, now: datetime, notice_minutes: int) -> bool:
    """Less notice than the clinic asks for."""
    return starts_at - now < timedelta(minutes=notice_minutes)
