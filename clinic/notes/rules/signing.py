"""When a note may be signed, and how long after its visit it still counts as written at once. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from clinic.core.refusals import Refusal
from clinic.drawings.marks import SIDES
from clinic.notes.rules.content import Content

AT_ONCE = timedelta(hours=24)  # signed later than this after the visit, a note says that it is a late entry
REASONS = ("mistake", "forgotten", "asked", "later")  # why something is written beside a signed note


def signing_refusals(
    content: Content,
    *,
    begun: bool,
    cancelled: bool,
    consent: str = "",
    unsafe: Sequence[Refusal] = (),
) -> list[Refusal]:
    """Why this note may not be signed now: all that is missing at once. `consent`: how that to a release stands; empty
    where none was given. `unsafe`: what else stands against a release, and what its tests lack.
    """
    if cancelled:
        return [Refusal("note_of_cancelled")]
    if not begun:
        return [Refusal("note_too_early")]
    empty = [Refusal("note_empty")] if content.is_empty else []
    return [*empty, *unsafe, *(_of_release(content, consent) if consent else [])]


def _of_release(content: Content, consent: str) -> list[Refusal]:
    """A release is done with a consent that holds, and asked for aloud once more before it begins; and its note says
    where, and on which side.
    """
    missing = []
    if consent != "valid":
        missing.append(Refusal("consent_lacking"))
    elif not content.asked_again:
        missing.append(Refusal("consent_not_asked_again"))
    if not any(place.rpartition("/")[2] in SIDES for place in content.places_treated):
        missing.append(Refusal("release_place_missing"))
    return missing


def late_entry(ends_at: datetime, signed_at: datetime) -> timedelta | None:
    """How long after the visit a note was signed, where that was late; None where it was signed in time."""
    after = signed_at - ends_at
    return after if after > AT_ONCE else None
