"""When a check before a visit is asked, what it may say, and what is still missing before somebody is treated. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from clinic.core.refusals import Refusal
from clinic.intake.rules import TIERS, Decision, SafetyRule

ASKED_BEFORE = timedelta(hours=72)
HISTORY_GOOD = timedelta(days=365)
AWAY = timedelta(days=90)
HISTORY, CHECK, CONSENT, NOTICE = "history", "check", "consent", "notice"
CHANGES = ("health", "medicines", "operation")  # what the health history is gone through again for
PAINKILLER, PREGNANT = "painkiller_today", "pregnant"
WORDS_LENGTH = 500


@dataclass(frozen=True)
class Check:
    """What somebody said when they were asked whether anything has changed: `told` are facts of the safety list,
    `changed` parts of the health history, `words` for the therapist.
    """

    told: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    words: str = ""

    @property
    def nothing(self) -> bool:
        return not (self.told or self.changed or self.words)

    def as_kept(self) -> dict[str, Any]:
        return {"told": sorted(self.told), "changed": sorted(self.changed), "words": self.words}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Check":
        told, changed = frozenset(kept.get("told", ())), frozenset(kept.get("changed", ()))
        return cls(told, changed, kept.get("words", ""))


def red_flags(rules: Sequence[SafetyRule]) -> list[SafetyRule]:
    """What is asked right now, before every visit."""
    return [rule for rule in rules if rule.asked and rule.group == "now"]


def of_the_day(rules: Sequence[SafetyRule]) -> list[SafetyRule]:
    """What may be true today and not tomorrow, and whether they are pregnant."""
    return [rule for rule in rules if rule.asked and (rule.group == "today" or rule.id == PREGNANT)]


def check_refusals(check: Check, *, unchanged: bool) -> list[Refusal]:
    """Why these answers cannot stand: nothing said, or "nothing has changed" beside something that has."""
    if unchanged and not check.nothing:
        return [Refusal("check_both")]
    return [] if unchanged or not check.nothing else [Refusal("check_blank")]


def may_check(now: datetime, *, starts_at: datetime, day_ends: datetime, cancelled: bool, late: bool = False) -> bool:
    """Whether it is asked at this time: from three days before until the end of the visit's day. `late`: their
    therapist may still write down afterwards what was said in the room.
    """
    return not cancelled and starts_at - ASKED_BEFORE <= now and (late or now < day_ends)


def strongest_first(rules: Sequence[SafetyRule], reasons: Sequence[str]) -> list[SafetyRule]:
    """The rows of the list that hold, those that weigh most first."""
    holding = [rule for rule in rules if rule.id in reasons]
    return sorted(holding, key=lambda rule: min((TIERS.index(one) for one in (*rule.massage, *rule.deep)), default=9))


@dataclass(frozen=True)
class Told:
    """What the clinic has of a client before one visit. `seen_at`: when the visit before it ended. `check_at`: when
    they were last asked for this visit. `consent`: as `consent.rules` calls its state.
    """

    history_at: datetime | None = None
    change_at: datetime | None = None
    seen_at: datetime | None = None
    check_at: datetime | None = None
    consent: str = "valid"
    notice: bool = True


def missing(told: Told, *, starts_at: datetime, now: datetime) -> tuple[str, ...]:
    """What is still to be asked before a visit, in the order in which it is done. The check is asked in its last three
    days only.
    """
    asked = starts_at - ASKED_BEFORE
    checked = told.check_at is not None and told.check_at >= asked
    wants = {
        NOTICE: not told.notice,
        HISTORY: not history_good(told, starts_at),
        CONSENT: told.consent != "valid",
        CHECK: asked <= now and not checked,
    }
    return tuple(name for name, is_missing in wants.items() if is_missing)


def history_good(told: Told, starts_at: datetime) -> bool:
    """Whether the health history holds for a visit: not after a year, not after 90 days without a visit, and not once
    something has changed since.
    """
    if told.history_at is None or told.history_at < starts_at - HISTORY_GOOD:
        return False
    last_here = max(told.history_at, told.seen_at or told.history_at)
    changed = told.change_at is not None and told.change_at > told.history_at
    return last_here >= starts_at - AWAY and not changed


def checked_that_day(check_at: datetime | None, day_begins: datetime) -> bool:
    """Whether they were asked on the day of the visit itself, or its therapist wrote down later that they were."""
    return check_at is not None and check_at >= day_begins


def release_refusals(decision: Decision, *, checked: bool) -> list[Refusal]:
    """Why no note of a release may be signed: nobody asked that day, or what was told speaks against it."""
    against = [] if decision.release_allowed else [Refusal("release_spoken_against")]
    return against if checked else [*against, Refusal("check_missing")]
