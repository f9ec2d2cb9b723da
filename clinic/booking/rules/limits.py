"""How much of a treatment one therapist gives. Pure: what stands in the diary in, starts that are ruled out."""

from collections.abc import Iterable
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
    """What the clinic sets for one treatment by one therapist. None, or 0 apart: as much as there is time for."""

    treatment_id: int
    most_a_day: int | None
    deep_minutes_a_day: int | None
    releases_apart_minutes: int

    def __bool__(self) -> bool:
        return self.releases_apart_minutes > 0 or (self.most_a_day, self.deep_minutes_a_day) != (None, None)


def limited_starts(limits: Limits, minutes: int, booked: Iterable[Booked], day: Span) -> dict[str, list[Span]]:
    """The starts on this local day that a limit rules out, by the refusal's code. `booked` is the therapist's."""
    booked = list(booked)
    of_day = [one for one in booked if day[0] <= one.starts < day[1]]
    given = sum(one.treatment_id == limits.treatment_id for one in of_day)
    deep = sum(one.ends - one.starts for one in of_day if one.deep)
    apart, releases = limits.releases_apart_minutes, [(one.starts, one.ends) for one in booked if one.is_release]
    found: dict[str, list[Span]] = {}
    if limits.most_a_day is not None and given >= limits.most_a_day:
        found["most_a_day"] = [day]
    if limits.deep_minutes_a_day is not None and deep + minutes > limits.deep_minutes_a_day:
        found["deep_enough"] = [day]
    if apart and releases:
        found["releases_apart"] = blocked_starts(releases, (-apart, minutes + apart))
    return found
