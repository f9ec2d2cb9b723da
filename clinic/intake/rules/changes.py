"""What a clinic changed on its safety list, row by row, and whether it is weaker for it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from clinic.intake.rules.safety import TIERS, SafetyRule

BLOCKING = TIERS[:5]  # E2 to C: these keep somebody from being booked, or have them rung first
LISTS = ("massage", "deep", "regions", "conditions", "examples")
Row = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One row before and after; None where it was not there, or is not any more."""

    before: SafetyRule | None
    after: SafetyRule | None

    @property
    def row(self) -> SafetyRule:
        """The row as it is, or as it was last."""
        return self.after or self.before  # type: ignore[return-value]  # one of them is there

    @property
    def parts(self) -> list[str]:
        """Which parts of it differ; none for a row that is new or gone."""
        if self.before is None or self.after is None:
            return []
        names = (one.name for one in fields(SafetyRule))
        return [name for name in names if getattr(self.before, name) != getattr(self.after, name)]

    @property
    def weaker(self) -> bool:
        """Whether somebody may be booked now who was not before, or by a call; or is asked something else."""
        if self.before is None:
            return False
        if self.after is None:
            return _blocks(self.before) > set()
        asks_else = {"when", "question", "covered_by"} & set(self.parts)
        loses = _blocks(self.before) - _blocks(self.after)
        return bool(loses or (asks_else and _blocks(self.before)) or (self.before.absolute and not self.after.absolute))


def changes(before: Sequence[SafetyRule], after: Sequence[SafetyRule]) -> list[Change]:
    """Every row that differs between two versions, in the order of the later; what is gone comes last."""
    was, now = ({rule.id: rule for rule in rules} for rules in (before, after))
    both = [Change(was.get(name), rule) for name, rule in now.items() if was.get(name) != rule]
    return both + [Change(rule, None) for name, rule in was.items() if name not in now]


def raw_rows(rules: Sequence[SafetyRule]) -> list[Row]:
    """Rules as the rows of safety.yaml, for a version to be kept."""
    return [_raw(rule) for rule in rules]


def with_row(rules: Sequence[SafetyRule], row: SafetyRule) -> list[SafetyRule]:
    """The list with this row: in the place of the one with its id, else as the last of its group."""
    if any(one.id == row.id for one in rules):
        return [row if one.id == row.id else one for one in rules]
    at = max((n for n, one in enumerate(rules, 1) if one.group == row.group), default=len(rules))
    return [*rules[:at], row, *rules[at:]]


def _raw(rule: SafetyRule) -> Row:
    kept: Mapping[str, Any] = {one.name: getattr(rule, one.name) for one in fields(SafetyRule)}
    return {name: list(value) if name in LISTS else value for name, value in kept.items() if value}


def _blocks(rule: SafetyRule) -> set[tuple[str, str]]:
    """The tiers that keep back, each with what it holds for: what any massage has, deep work has too."""
    massage = {("massage", tier) for tier in rule.massage if tier in BLOCKING}
    return massage | {("deep", tier) for tier in (*rule.massage, *rule.deep) if tier in BLOCKING}
