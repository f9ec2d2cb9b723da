"""What the page of times is narrowed to: therapist, weekdays, parts of the day, the therapist's gender.

All of it stands in the address, so that it works without a script and each keeps the others.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import request

from clinic.booking import wording
from clinic.booking.programme import ListedTherapist, OfferedLength
from clinic.booking.rules import PARTS, Narrowing
from clinic.booking.views.page import Choice

WEEK = tuple(str(day) for day in range(7))


@dataclass(frozen=True)
class Narrowed:
    """A choice of treatment, and which of its times are shown."""

    chosen: Choice
    therapist: ListedTherapist | None
    weekdays: tuple[str, ...]
    parts: tuple[str, ...]
    gender: str | None

    @cached_property
    def narrowing(self) -> Narrowing:
        ids = [self.therapist.id] if self.therapist else []
        return Narrowing(ids, [int(day) for day in self.weekdays], self.parts, self.gender)

    @cached_property
    def therapists(self) -> list[ListedTherapist]:
        """Who may give it at some time before the horizon, to narrow by."""
        known, treatment = self.chosen.programme, self.chosen.treatment
        days = (self.chosen.today, self.chosen.last_day)
        return [one for one in known.therapists if any(known.may_give(one, treatment, day) for day in days)]

    @property
    def genders(self) -> list[str]:
        """To choose from where the clinic has told both, and nobody in person is chosen."""
        told = {one.gender for one in self.therapists if one.gender}
        return sorted(told, reverse=True) if len(told) > 1 and not self.therapist else []

    @property
    def words(self) -> str:
        """What only is shown, besides the therapist, whose name stands above; empty where all is."""
        asked = [wording.weekdays(self.narrowing.weekdays), wording.parts(self.parts), wording.with_whom(self.gender)]
        return " · ".join(filter(None, asked))

    def href(self, **other: Any) -> str:
        """The page of times narrowed like this, but for what is given otherwise."""
        args = {"weekday": self.weekdays, "part": self.parts, "gender": self.gender, **other}
        anybody = "any" if self.chosen.usual_therapist else None
        args.setdefault("therapist", self.therapist.slug if self.therapist else anybody)
        return self.chosen.times_href(**args)

    @property
    def anybody(self) -> str:
        return self.href(therapist="any" if self.chosen.usual_therapist else None)

    @property
    def all_times(self) -> str:
        """With this therapist or anybody, at any time."""
        return self.href(weekday=(), part=(), gender=None)

    @property
    def waiting_list(self) -> str:
        """To wait for a time like this."""
        who = self.therapist.slug if self.therapist else None
        asked = {"therapist": who, "weekday": self.weekdays, "part": self.parts}
        return self.chosen.href("waiting_list", slot=None, **{k: v for k, v in asked.items() if v})

    def from_day(self, first: date) -> str:
        return self.href(**{"from": first.isoformat()})

    def with_length(self, length: OfferedLength) -> str:
        return replace(self, chosen=replace(self.chosen, length=length)).href()

    @property
    def action(self) -> str:
        """Where the form leads; what it does not ask is carried along."""
        return urlsplit(self.all_times).path

    @property
    def carried(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.all_times).query)

    @property
    def all_weekdays(self) -> list[str]:
        """The days on which somebody works who may give it."""
        hours = self.chosen.programme.hours
        worked = {of.weekday for one in self.therapists for of in hours.get(one.id, ())}
        return [day for day in WEEK if int(day) in worked]

    all_parts = tuple(PARTS)


def narrowed_in_address(chosen: Choice) -> Narrowed:
    """Read it; what cannot be read narrows nothing."""
    asked = request.args.get("therapist")
    therapist = chosen.programme.therapist(asked) if asked else chosen.usual_therapist
    weekdays, parts = (set(request.args.getlist(name)) for name in ("weekday", "part"))
    open_to_all = Narrowed(chosen, therapist, (), (), None)
    gender = request.args.get("gender")
    return replace(
        open_to_all,
        weekdays=tuple(day for day in WEEK if day in weekdays),
        parts=tuple(part for part in PARTS if part in parts),
        gender=gender if gender in open_to_all.genders else None,
    )
