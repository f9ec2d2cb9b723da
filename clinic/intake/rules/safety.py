"""The safety list: each row says when it holds, and what that means for massage and for deep work on the tummy.

Tiers, the strongest first: E1 and E2 emergency, R see a doctor first, N no deep abdominal work, C a therapist calls
first, L leave out an area, M change how it is done, I know of it. Rows rest on published sources where they say so;
a clinician signs the list off. Where two tiers meet, all stand, and the strongest decides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TIERS = ("E2", "E1", "R", "N", "C", "L", "M", "I")
E1, E2, R, N, C = "E1", "E2", "R", "N", "C"
PAGE = ("now", "tummy", "who")  # groups of the safety page of a release; the others are asked in the health history
GROUPS = (*PAGE, "heart", "inside", "body", "general", "today")

When = str | Mapping[str, Any]  # a fact; or {all: […]}, {any: […]}, {not: …}, {least: 2, of: […]}


@dataclass(frozen=True)
class SafetyRule:
    """One row of the list.

    `when`: what must have been told; by default the row's own id, which is what its question ticks. `massage` holds
    for every treatment, `deep` for deep abdominal work besides. `absolute`: no call and no letter lifts it for deep
    work. `regions` are those of the body chart that are left out. `conditions` are those of the exercises that follow.
    `covered_by` is a question of the safety page: whoever said no to that is not asked this one. `number` is that of
    the printed list; `examples` stand under the question.
    """

    id: str
    group: str
    question: str
    short: str
    when: When
    massage: tuple[str, ...]
    deep: tuple[str, ...]
    absolute: bool
    regions: tuple[str, ...]
    action: str
    conditions: tuple[str, ...]
    source: str
    checked: str  # S: its source was read; K: known in the field, not checked yet
    number: str = ""
    examples: tuple[str, ...] = ()
    covered_by: str = ""

    @property
    def asked(self) -> bool:
        """Whether it has a question of its own; else it follows from others."""
        return bool(self.question)


@dataclass(frozen=True)
class Decision:
    """What follows from the answers. `reasons` are ids of rows, all of them, for the therapist alone."""

    tiers: frozenset[str]
    reasons: tuple[str, ...]

    @property
    def emergency(self) -> str | None:
        """E1 or E2, the second being the more urgent; None where it is no emergency."""
        return next((tier for tier in (E2, E1) if tier in self.tiers), None)

    @property
    def refer(self) -> bool:
        """A doctor comes before any massage."""
        return not self.emergency and R in self.tiers

    @property
    def alternative_only(self) -> bool:
        """No deep abdominal work; anything else may be booked. Who is to be rung first gets none either."""
        return not self.emergency and not self.refer and bool(self.tiers & {N, C})

    @property
    def ring_first(self) -> bool:
        """A therapist rings before the visit."""
        return self.alternative_only and C in self.tiers

    @property
    def release_allowed(self) -> bool:
        return not self.tiers & {E1, E2, R, N, C}


def holds(when: When, told: Collection[str]) -> bool:
    """Whether what was told makes a row hold."""
    if isinstance(when, str):
        return when in told
    if "not" in when:
        return not holds(when["not"], told)
    parts = [holds(one, told) for one in when.get("of") or when.get("all") or when["any"]]
    return sum(parts) >= int(when.get("least", len(parts) if "all" in when else 1))


def decide_by(
    rules: Sequence[SafetyRule], told: Collection[str], *, deep: bool, lifted: Collection[str] = ()
) -> Decision:
    """What the list says to somebody who told these facts, for deep abdominal work or for any other massage. `lifted`
    are rows that a clearance puts aside; one that is absolute stays for deep work whatever was lifted.
    """
    found = [rule for rule in rules if holds(rule.when, told)]
    standing = [rule for rule in found if rule.id not in lifted or (deep and rule.absolute)]
    tiers = {tier for rule in standing for tier in (*rule.massage, *(rule.deep if deep else ()))}
    return Decision(frozenset(tiers), tuple(rule.id for rule in standing))


def conditions_of(rules: Sequence[SafetyRule], told: Collection[str]) -> frozenset[str]:
    """The conditions of the exercises that follow from what was told."""
    return frozenset(one for rule in rules if holds(rule.when, told) for one in rule.conditions)
