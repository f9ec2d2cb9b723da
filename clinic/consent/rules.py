"""When a consent counts, and what a signature needs. Pure."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from clinic.core.refusals import Refusal

VALID, MISSING, RENEW, WITHDRAWN, EACH_VISIT = "valid", "missing", "renew", "withdrawn", "each_visit"
STATES = (VALID, EACH_VISIT, RENEW, MISSING, WITHDRAWN)  # of two treatments in one visit, the later one here counts
PLACES = ("online", "clinic")


def digest_of(elements: Mapping[str, str], language: str) -> str:
    """SHA-256 of the words as they are signed: another word is another text."""
    words = json.dumps([elements, language], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True)
class Version:
    """A text of one treatment: from when its words hold."""

    number: int
    digest: str
    made_at: datetime


@dataclass(frozen=True)
class Signed:
    """A consent, as far as it matters whether it counts."""

    treatment_id: int
    digest: str
    appointment_id: UUID | None
    signed_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """What a visit asks of consent: for which treatment, and when it begins and ends."""

    appointment_id: UUID
    treatment_id: int
    is_release: bool
    each_visit: bool
    starts_at: datetime
    ends_at: datetime


def consent_state(asked: Asked, signed: Collection[Signed], versions: Collection[Version], shipped: str) -> str:
    """How the consent to one treatment of a visit stands: `valid`, `missing`, `renew` (its text has changed),
    `withdrawn`, or `each_visit` (it is signed anew each time, and not yet for this one).

    `versions`: the texts of the treatment. `shipped`: the digest of the product's own words for it. A release always
    needs its own consent; for other treatments whoever signed the same words once has signed them.
    """
    good = digests_for(asked.starts_at, versions, shipped)
    counting = [one for one in signed if one.treatment_id == asked.treatment_id]
    if not asked.is_release:
        counting += [one for one in signed if one.treatment_id != asked.treatment_id and one.digest in good]
    if not counting:
        return MISSING
    last = max(counting, key=lambda one: (one.signed_at, one.digest in good, one.withdrawn_at is None))
    if _withdrawn(last, asked):
        return WITHDRAWN
    if last.digest not in good:
        return RENEW
    signed_for_it = any(one.appointment_id == asked.appointment_id and one.digest in good for one in counting)
    return VALID if signed_for_it or not asked.each_visit else EACH_VISIT


def digests_for(starts_at: datetime, versions: Collection[Version], shipped: str) -> frozenset[str]:
    """The words that count for a visit: those that held when it began, and any since."""
    ordered = sorted(versions, key=lambda one: one.number)
    before = [one for one in ordered if one.made_at <= starts_at]
    since = [one.digest for one in ordered if one.made_at > starts_at]
    held = before[-1].digest if before else shipped
    return frozenset({held, *since})


def _withdrawn(one: Signed, asked: Asked) -> bool:
    """Taken back before the visit was over. What is taken back afterwards says nothing of a visit that was."""
    return one.withdrawn_at is not None and one.withdrawn_at < asked.ends_at


def together(states: Collection[str]) -> str:
    """How the consents to all treatments of a visit stand: as the one that lacks most."""
    return max(states, key=STATES.index, default=VALID)


@dataclass(frozen=True)
class Guardian:
    """Who signs for somebody under 18, and whether they will be there."""

    name: str
    relation: str
    present: bool | None


@dataclass(frozen=True)
class Signature:
    """What somebody puts under a text: a name typed or drawn. `strokes` are what was drawn, as `drawings` reads
    them, and `digest` is of the words they were shown.
    """

    digest: str
    name: str
    strokes: Sequence[Any] = ()
    guardian: Guardian | None = None
    witness: str = ""
    place: str = "online"

    @property
    def way(self) -> str:
        return "drawn" if self.strokes else "typed"


def signature_refusals(signature: Signature, *, under_18: bool) -> list[Refusal]:
    """Why this is no signature. Somebody under 18 needs a grown-up who says whether they will be there."""
    refusals = [] if signature.name or signature.strokes else [Refusal("unsigned")]
    guardian = signature.guardian
    if guardian and not (guardian.name and guardian.relation and guardian.present is not None):
        refusals.append(Refusal("guardian_incomplete"))
    if under_18 and guardian is None:
        refusals.append(Refusal("guardian_needed"))
    return refusals


@dataclass(frozen=True)
class Piece:
    """Some words of a text that was changed: `same`, `gone` or `new`."""

    kind: str
    words: str


def changed(before: str, after: str) -> list[Piece]:
    """A text beside the one before it, word by word, in the order they are read."""
    was, is_now = before.split(), after.split()
    pieces = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        found = ("same", is_now[j1:j2]) if kind == "equal" else ("gone", was[i1:i2])
        pieces.append(Piece(found[0], " ".join(found[1])))
        if kind != "equal":
            pieces.append(Piece("new", " ".join(is_now[j1:j2])))
    return [one for one in pieces if one.words]
