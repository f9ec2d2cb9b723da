"""What a phone tells later, of the days when it had no network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from clinic.aftercare.operations import Told
from clinic.aftercare.wording import FELT

LONGEST_AGO = timedelta(days=60)
FURTHEST_AHEAD = timedelta(hours=14)  # of UTC: where on Earth a day begins first
KINDS = {"done": (bool,), "numb": (bool,), "settled": (bool, type(None)), "felt": (str,)}


@dataclass(frozen=True)
class Entry:
    """One practice: the phone's id of it, its day, and how it went."""

    id: UUID
    on: date
    told: Told


def entry_told(given: Any, *, today: date, now: datetime) -> Entry | None:
    """None for what no page of ours sends: no id, a day to come or long ago, answers that no form offers. New numbness
    counts whatever else is wrong with it; a phone whose clock is wrong means today.
    """
    if not isinstance(given, Mapping):
        return None
    id_, told = _id(given.get("id")), _told(given)
    if id_ is None or told is None:
        return None
    on = _day(given.get("on"), today, (now + FURTHEST_AHEAD).date())
    return Entry(id_, on or today, told) if on or told.numb else None


def _id(given: Any) -> UUID | None:
    try:
        found = UUID(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return found if found and str(found) == given else None


def _day(given: Any, today: date, last: date) -> date | None:
    try:
        found = date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    if found is None or found.isoformat() != given or not today - LONGEST_AGO <= found <= last:
        return None
    return min(found, today)  # whoever is far east is in the clinic's tomorrow already


def _told(given: Mapping[str, Any]) -> Told | None:
    answers = {name: given.get(name, getattr(Told, name)) for name in Told.__dataclass_fields__}
    pains = answers["pain"], answers["pain_after"]
    fits = all(isinstance(answers[name], kinds) for name, kinds in KINDS.items())
    if not fits or answers["felt"] not in {"", *FELT} or not all(map(_is_pain, pains)):
        return Told(numb=True) if answers["numb"] is True else None
    told = Told(**answers)
    return None if told == Told() else told


def _is_pain(given: Any) -> bool:
    return given is None or (type(given) is int and 0 <= given <= 10)
