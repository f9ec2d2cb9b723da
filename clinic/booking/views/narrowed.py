"""What the page of times is narrowed to: therapist, weekdays, parts of the day, the therapist's gender, a chaperone.

All of it stands in the address, so that it works without a script and each keeps the others.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import url_for
from flask_babel import gettext as _
from werkzeug.utils import cached_property

from clinic.booking import wording
from clinic.booking.offered import ListedTherapist, OfferedLength, OfferedTreatment
from clinic.booking.pairs import joined, length_refusals
from clinic.booking.rules import PARTS, Narrowing
from clinic.booking.views.asked import ANYBODY, WEEK
from clinic.booking.views.choice import Choice


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
        return Narrowing(ids, [int(day) for day in self.weekdays], self.parts, self.gender, self.chosen.chaperone)

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
        if self.chosen.chaperone and not self.chosen.standing:
            asked.append(_("with a chaperone"))
        return " · ".join(filter(None, asked))

    def href(self, **other: Any) -> str:
        """The page of times narrowed like this, but for what is given otherwise."""
        args = {"weekday": self.weekdays, "part": self.parts, "gender": self.gender, **other}
        anybody = ANYBODY if self.chosen.usual_therapist else None
        args.setdefault("therapist", self.therapist.slug if self.therapist else anybody)
        return self.chosen.times_href(**args)

    @property
    def anybody(self) -> str:
        return self.href(therapist=ANYBODY if self.chosen.usual_therapist else None)

    @property
    def all_times(self) -> str:
        """With this therapist or anybody, at any time."""
        return self.href(weekday=(), part=(), gender=None, chaperone=None)

    @property
    def waiting_lists(self) -> list[tuple[str, str]]:
        """To wait for a time like this: the name and address of each treatment, which are waited for one by one."""
        who = self.therapist.slug if self.therapist else None
        asked: dict[str, Any] = {"therapist": who, "weekday": self.weekdays, "part": self.parts, "gender": self.gender}
        known = {name: value for name, value in asked.items() if value}
        each = zip(self.chosen.treatment.each, self.chosen.minutes_of_each, strict=True)
        return [
            (one.name, url_for("booking.waiting_list", slug=one.slug, minutes=minutes, **known))
            for one, minutes in each
        ]

    def from_day(self, first: date) -> str:
        return self.href(**{"from": first.isoformat()})

    def with_length(self, length: OfferedLength) -> str:
        return self.href(minutes=length.minutes)

    @property
    def can_ask_chaperone(self) -> bool:
        return bool(self.chosen.programme.chaperones) and not self.chosen.standing

    @cached_property
    def seconds(self) -> list[tuple[str, str, OfferedLength]]:
        """What may be given after the first in the same visit, by somebody who may give both: as the address carries
        it, its name and length.
        """
        known, first = self.chosen.programme, self.chosen.treatment.each[0]
        length = first.length(self.chosen.minutes_of_each[0])
        if self.chosen.standing or length is None:
            return []
        others = [one for one in known.treatments if one is not first]
        pairs = [
            (joined(known, [first, one], [length.minutes, of.minutes]), one, of) for one in others for of in one.lengths
        ]
        return [(f"{one.slug}-{of.minutes}", one.name, of) for pair, one, of in pairs if pair and self._is_given(pair)]

    def _is_given(self, pair: OfferedTreatment) -> bool:
        days = (self.chosen.today, self.chosen.last_day)
        able = (
            self.chosen.programme.may_give(one, pair, day) for one in self.chosen.programme.therapists for day in days
        )
        return not length_refusals(pair, pair.usual.minutes) and any(able)

    @property
    def action(self) -> str:
        """Where the form leads; what it does not ask is carried along."""
        return urlsplit(self.all_times).path

    @property
    def carried(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in parse_qsl(urlsplit(self.all_times).query) if name != "with"]

    @property
    def all_weekdays(self) -> list[str]:
        """The days on which somebody works who may give it."""
        hours = self.chosen.programme.hours
        worked = {of.weekday for one in self.therapists for of in hours.get(one.id, ())}
        return [day for day in WEEK if int(day) in worked]

    all_parts = tuple(PARTS)


def narrowed_in_address(chosen: Choice) -> Narrowed:
    """As the address has it; what nobody could choose here narrows nothing."""
    asked = dict(chosen.narrowed_by)
    (slug, *_), (gender, *_) = asked.get("therapist") or ("",), asked.get("gender") or ("",)
    therapist = chosen.programme.therapist(slug) if slug else chosen.usual_therapist
    found = Narrowed(chosen, therapist, asked.get("weekday", ()), asked.get("part", ()), None)
    return replace(found, gender=gender if gender in found.genders else None)
