"""Reading the rows of a safety list, and what keeps a list from being one. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from clinic.drawings.marks import PLACES
from clinic.intake.rules.safety import E1, E2, GROUPS, PAGE, TIERS, N, SafetyRule, When
from clinic.intake.rules.safety_names import CONDITIONS, DERIVED

NEEDED = ("id", "group", "short", "action", "source", "checked")
LISTS = ("massage", "deep", "regions", "conditions", "examples")
PARTS = frozenset(SafetyRule.__dataclass_fields__)


class WrongListError(ValueError):
    """A list that cannot be: its text is one sentence for whoever wrote it."""


def read_list(rows: Sequence[Mapping[str, Any]]) -> tuple[SafetyRule, ...]:
    """The rows of safety.yaml, or of a clinic's version, as rules. Raises WrongListError."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WrongListError("This is no list of rows.")
    rules = tuple(_rule(row) for row in rows)
    if twice := {rule.id for rule in rules if sum(one.id == rule.id for one in rules) > 1}:
        raise WrongListError(f"{min(twice)} is on the list twice.")
    _check_together(rules)
    return rules


def facts_in(when: When) -> frozenset[str]:
    """All facts that a condition names."""
    if isinstance(when, str):
        return frozenset({when})
    parts = when.get("of") or when.get("all") or when.get("any") or [when["not"]]
    return frozenset(fact for part in parts for fact in facts_in(part))


def is_readable(when: Any) -> bool:
    """Whether a condition has one of the forms that `holds` understands."""
    match when:
        case str():
            return True
        case {"not": part} if len(when) == 1:
            return is_readable(part)
        case {"all": [_, *_] as parts} | {"any": [_, *_] as parts} if len(when) == 1:
            return all(map(is_readable, parts))
        case {"least": int(least), "of": [_, *_] as parts} if len(when) == 2:
            return 1 <= least <= len(parts) and all(map(is_readable, parts))
    return False


def _rule(row: Mapping[str, Any]) -> SafetyRule:
    name = str(row.get("id") or "A row without an id")
    _check_parts(name, row)
    lists = {key: tuple(row.get(key, ())) for key in LISTS}
    rule = SafetyRule(**{"question": "", "when": name, "absolute": False, **row, **lists})
    _check(rule)
    return rule


def _check_parts(name: str, row: Mapping[str, Any]) -> None:
    if missing := [key for key in NEEDED if not row.get(key)]:
        raise WrongListError(f"{name}: {missing[0]} is missing.")
    if strange := row.keys() - PARTS:
        raise WrongListError(f"{name}: {min(strange)} is no part of a row.")
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        raise WrongListError(f"{name}: an id is small letters, digits and underscores.")
    if no_list := [key for key in LISTS if not isinstance(row.get(key, []), list)]:
        raise WrongListError(f"{name}: {no_list[0]} must be a list.")
    if not is_readable(row.get("when", name)):
        raise WrongListError(f"{name}: its condition cannot be read.")


def _check(rule: SafetyRule) -> None:
    """One row by itself."""
    _known(rule, "group", [rule.group], GROUPS)
    _known(rule, "tier", [*rule.massage, *rule.deep], TIERS)
    _known(rule, "place of the body chart", rule.regions, PLACES)
    _known(rule, "condition", rule.conditions, CONDITIONS)
    _known(rule, "mark of how it was checked", [rule.checked], ("S", "K"))
    if not (rule.massage or rule.deep):
        raise WrongListError(f"{rule.id}: it has no tier.")
    if {E1, E2} & set(rule.deep):
        raise WrongListError(f"{rule.id}: an emergency is one for every massage.")
    if rule.absolute and N not in rule.deep:
        raise WrongListError(f"{rule.id}: what is absolute is N for deep tummy work.")


def _check_together(rules: Sequence[SafetyRule]) -> None:
    """What rows say of each other."""
    asked = {rule.id for rule in rules if rule.asked}
    on_page = {rule.id for rule in rules if rule.asked and rule.group in PAGE}
    for rule in rules:
        _known(rule, "fact", facts_in(rule.when), asked | DERIVED)
        _known(rule, "question of the safety page", [rule.covered_by] if rule.covered_by else [], on_page)
    for group in PAGE:
        if not any(rule.asked for rule in rules if rule.group == group):
            raise WrongListError(f"The safety page asks nothing in the group {group}.")


def _known(rule: SafetyRule, what: str, named: Iterable[str], known: Collection[str]) -> None:
    if unknown := sorted(set(named) - set(known)):
        raise WrongListError(f"{rule.id}: {unknown[0]} is no {what}.")
