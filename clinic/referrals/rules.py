"""Kinds of contacts and letters, what a letter is made of, and when it may leave the clinic. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from clinic.core.refusals import Refusal
from clinic.notes.catalogue.physical_tests import PhysicalTest
from clinic.notes.rules import Content

CONTACTS = ("gp", "physio", "osteopath", "movement", "yoga", "other")
LETTERS = ("referral", "report", "doctor")
WAYS = ("person", "phone", "writing")
PARTS = ("reason", "found", "done", "asked")


@dataclass(frozen=True)
class Words:
    """What a letter says. `identity`: whatever lets its reader find the client among their own, as typed."""

    kind: str = "referral"
    identity: str = ""
    greeting: str = ""
    reason: str = ""
    found: str = ""
    done: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Consent:
    """That the client agreed to one letter being given to its reader: who said so, how, on which day (2026-03-12), and
    to what. `recorded_by` is an account's id; the instants are as ISO writes them, empty where it did not happen.
    """

    who: str
    way: str
    on: str
    to: str
    recorded_at: str
    recorded_by: int
    withdrawn_at: str = ""

    @property
    def holds(self) -> bool:
        return not self.withdrawn_at


@dataclass(frozen=True)
class Written:
    """All that is sealed of a letter. `printed`: what stands on its paper, once it is filed. `consents`: the last one
    counts.
    """

    words: Words
    printed: Mapping[str, Any] = field(default_factory=dict)
    consents: tuple[Consent, ...] = ()

    @property
    def consent(self) -> Consent | None:
        return self.consents[-1] if self.consents else None

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Written":
        consents = tuple(Consent(**one) for one in kept["consents"])
        return cls(Words(**kept["words"]), kept["printed"], consents)


@dataclass(frozen=True)
class Seen:
    """A signed note, on the day of its visit, with the tests as they were defined then."""

    on: date
    content: Content
    tests: tuple[PhysicalTest, ...] = ()


@dataclass(frozen=True)
class Story:
    """What a client's signed notes say of them, for the first words of a letter. Pain is 0 to 10, on arrival. `charted`
    and `tested`: the last visits with marks on the chart, and with tests.
    """

    visits: int = 0
    first_on: date | None = None
    last_on: date | None = None
    complaint: str = ""
    side: str = ""
    onset: str = ""
    mechanism: str = ""
    objective: str = ""
    places: tuple[str, ...] = ()
    pain_at_first: int | None = None
    pain_at_last: int | None = None
    charted: Seen | None = None
    tested: Seen | None = None


def story_of(notes: Sequence[Seen]) -> Story:
    """Of signed notes, the first first. Remarks a therapist keeps for themself are no part of it."""
    if not notes:
        return Story()
    contents, latest = [one.content for one in notes], notes[::-1]
    told = next((one for one in reversed(contents) if one.complaint), contents[-1])
    pains = [one.pain_on_arrival for one in contents if one.pain_on_arrival is not None]
    return Story(
        visits=len(notes),
        first_on=notes[0].on,
        last_on=notes[-1].on,
        complaint=told.complaint,
        side=told.complaint_side,
        onset=told.onset,
        mechanism=told.mechanism,
        objective=next((words for one in reversed(contents) if (words := one.words.get("objective"))), ""),
        places=tuple(dict.fromkeys(place for one in contents for place in one.places_treated)),
        pain_at_first=pains[0] if len(pains) > 1 else None,
        pain_at_last=pains[-1] if pains else None,
        charted=next((one for one in latest if one.content.marks), None),
        tested=next((one for one in latest if one.content.results), None),
    )


def filing_refusals(words: Words, contact_id: int | None) -> list[Refusal]:
    """Why a letter cannot be filed yet."""
    if not any(getattr(words, part) for part in PARTS):
        return [Refusal("letter_empty")]
    return [] if contact_id else [Refusal("letter_to_nobody")]


def release_refusals(consent: Consent | None, *, filed: bool) -> list[Refusal]:
    """Why a letter may not leave the clinic: only one that is filed, and with a consent to this very letter."""
    if not filed:
        return [Refusal("letter_not_filed")]
    if consent is None:
        return [Refusal("letter_without_consent")]
    return [] if consent.holds else [Refusal("letter_consent_withdrawn")]
