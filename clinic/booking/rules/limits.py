"""How much of a treatment one therapist gives. Pure: what stands in the diary in, starts that are ruled out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic.booking.rules.times import Span, blocked_starts


@dataclass(frozen=True)
class Booked:
    """A treatment in a therapist's diary, booked or held: from when until when, without preparation and rest."""

    starts: int
    ends: int
    treatment_id: int
    is_release: bool
    deep: bool


@dataclass(frozen=True)
class Limits:
    """What the clinic sets for what one therapist gives in a visit: the most a day by treatment, deep minutes a day,
    minutes between releases. None, or 0 apart: as much as there is time for.
    """

    most_a_day: Mapping[int, int]
    deep_minutes_a_day: int | None
    releases_apart_minutes: int

    def __bool__(self) -> bool:
        return bool(self.most_a_day or self.releases_apart_minutes > 0) or self.deep_minutes_a_day is not None


def limited_starts(
    limits: Limits, visit: Sequence[Booked], booked: Iterable[Booked], day: Span
) -> dict[str, list[Span]]:
    """The starts on this local day that a limit rules out, by the refusal's code. `visit` is what would be given, as
    if it began at 0; `booked` is the therapist's diary.
    """
    booked = list(booked)
    of_day = [one for one in booked if day[0] <= one.starts < day[1]]
    given = Counter(one.treatment_id for one in of_day)
    deep = sum(one.ends - one.starts for one in [*of_day, *visit] if one.deep)
    apart = _too_close(limits.releases_apart_minutes, visit, booked, day)
    found: dict[str, list[Span]] = {}
    if any(given[treatment_id] >= most for treatment_id, most in limits.most_a_day.items()):
        found["most_a_day"] = [day]
    if limits.deep_minutes_a_day is not None and deep > limits.deep_minutes_a_day:
        found["deep_enough"] = [day]
    if apart:
        found["releases_apart"] = apart
    return found


def _too_close(apart: int, visit: Sequence[Booked], booked: Iterable[Booked], day: Span) -> list[Span]:
    """The starts at which a release comes too soon before or after another; two in one visit always do."""
    wanted = [one for one in visit if one.is_release]
    if not apart or not wanted:
        return []
    if len(wanted) > 1:
        return [day]
    releases = [(one.starts, one.ends) for one in booked if one.is_release]
    return blocked_starts(releases, (wanted[0].starts - apart, wanted[0].ends + apart))
