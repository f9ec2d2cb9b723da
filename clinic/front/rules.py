"""What we would recommend to somebody who says what hurts. Pure: answers and treatments in, codes out.

Never a diagnosis and never a promise: where we would begin, and why. What may be serious comes before everything else,
and whoever answers here is taken for somebody new.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic.intake.rules import Decision

MOST = 3
SEATED_LONG = 6  # hours a day
# Where the muscle at the front of the hip may have a part in it, and what asks something of it.
HIP_PLACES = frozenset({"low_back", "hip"})
HIP_WHEN = frozenset({"sitting", "walking", "stairs", "getting_up"})
HIP_SPORTS = frozenset({"cycling", "running", "climbing"})
LOOKED_AT_FIRST = ("nerve", "joint", "sharp")  # the first of these decides
PLACES = {  # how treatments name what they are for, in their own words
    "low_back": ("back",),
    "hip": ("hip", "psoas"),
    "groin": ("groin",),
    "buttock": ("buttock", "seat", "glute"),
    "thigh": ("thigh", "leg"),
    "neck_shoulders": ("neck", "shoulder"),
}
SPORT = ("sport", "run", "ride", "cycl", "climb")
ASSESSMENT = ("assess", "check")


@dataclass(frozen=True)
class Told:
    """What a client says, as codes. `ticks` are those of the safety page."""

    ticks: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset()
    feels: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()
    since: str = ""
    sports: frozenset[str] = frozenset()
    seated_hours: int = 0

    @property
    def asks_the_hip(self) -> bool:
        """Whether it hurts where and when the front of the hip is worth a look."""
        loaded = self.when & HIP_WHEN or self.sports & HIP_SPORTS or self.seated_hours >= SEATED_LONG
        return bool(self.where & HIP_PLACES and loaded)

    @property
    def looked_at_first(self) -> str | None:
        """Why nobody works on it before somebody has looked at it."""
        return next((one for one in LOOKED_AT_FIRST if one in self.feels), None)


@dataclass(frozen=True)
class Known:
    """A treatment, as far as it matters here; others by their slugs."""

    slug: str
    text: str
    is_release: bool = False
    training: str | None = None
    assessment: str | None = None
    alternative: str | None = None

    def names(self, words: Iterable[str]) -> bool:
        return any(re.search(rf"\b{word}", self.text, re.IGNORECASE) for word in words)


@dataclass(frozen=True)
class Pick:
    """A treatment, and the code of why it."""

    slug: str
    why: str


@dataclass(frozen=True)
class Recommendation:
    """`advice` are codes of what to do besides, or instead where there are no picks."""

    picks: tuple[Pick, ...] = ()
    advice: tuple[str, ...] = ()


def recommend(told: Told, decided: Decision, treatments: Sequence[Known]) -> Recommendation:
    """Up to three, the first first. None in an emergency, nor where a doctor or a call comes first. `decided`: what the
    safety page says to what was ticked, which stands before anything else that was told.
    """
    if decided.emergency or decided.refer:
        return Recommendation()
    if decided.ring_first:
        return Recommendation(advice=("ring",))
    if "pregnant" in told.ticks:
        trained = [Pick(one.slug, "pregnancy") for one in treatments if one.training == "pregnancy"]
        return Recommendation(tuple(trained[:MOST]), () if trained else ("ring",))
    if first := told.looked_at_first:
        return Recommendation(tuple(_assessments(told, treatments, first)[:1]), (first,))
    picks = [
        *_for_the_hip(told, treatments, allowed=decided.release_allowed),
        *_for_the_place(told, treatments),
        *_for_all(told, treatments),
    ]
    return Recommendation(_once(picks, treatments), ("lasting",) if told.since in {"months", "years"} else ())


def _for_the_hip(told: Told, treatments: Sequence[Known], *, allowed: bool) -> list[Pick]:
    """An assessment, then a release; where the safety page speaks against that, what is given instead."""
    if not told.asks_the_hip:
        return []
    releases = [
        Pick(one.slug, "release") if allowed else Pick(one.alternative or "", "instead")
        for one in treatments
        if one.is_release
    ]
    return [*_assessments(told, treatments, "begin")[:1], *releases[:1]]


def _for_the_place(told: Told, treatments: Sequence[Known]) -> list[Pick]:
    """Those that name where it hurts, whoever names most of it first; or sport, where it comes with that."""
    sporty = bool(told.sports or "sport" in told.when)
    found = []
    for one in _plain(treatments):
        places = sum(one.names(PLACES[place]) for place in told.where if place in PLACES)
        sport = sporty and one.names(SPORT)
        if places or sport:
            found.append((-places, -int(sport), Pick(one.slug, "place" if places else "sport")))
    return [pick for *_, pick in sorted(found, key=lambda one: one[:2])]


def _for_all(told: Told, treatments: Sequence[Known]) -> list[Pick]:
    """Those that name no place at all; and a look at it, for whoever is still not sure."""
    named = [word for words in PLACES.values() for word in words]
    general = [Pick(one.slug, "general") for one in _plain(treatments) if not one.names([*named, *ASSESSMENT])]
    return [*general, *_assessments(told, treatments, "look")]


def _assessments(told: Told, treatments: Sequence[Known], why: str) -> list[Pick]:
    """What begins with looking and talking, those first that name where it hurts."""
    asked_first = {one.assessment for one in treatments}
    found = [one for one in _plain(treatments) if one.slug in asked_first or one.names(ASSESSMENT)]
    words = [word for place in told.where for word in PLACES.get(place, ())]
    return [Pick(one.slug, why) for one in sorted(found, key=lambda one: not one.names(words))]


def _plain(treatments: Sequence[Known]) -> list[Known]:
    """Those without deep tummy work that ask for no training of their own."""
    return [one for one in treatments if not one.is_release and one.training is None]


def _once(picks: Sequence[Pick], treatments: Sequence[Known]) -> tuple[Pick, ...]:
    """Each once, and instead of what new clients are assessed for, the assessment."""
    known = {one.slug: one for one in treatments}
    kept: dict[str, Pick] = {}
    for pick in picks:
        if pick.slug in known:
            first = known[pick.slug].assessment
            kept.setdefault(first or pick.slug, Pick(first, "new") if first else pick)
    return tuple(one for one in kept.values() if one.slug in known)[:MOST]
