"""What may be put aside of what a client told, and how. Pure."""

from collections.abc import Collection, Sequence

from clinic.core.refusals import Refusal
from clinic.intake.rules.safety import E1, E2, C, N, R, SafetyRule, When, holds

CALL, LETTER, IN_PERSON, OVERRIDE = "call", "letter", "in_person", "override"
ONLY_BY_CALL = frozenset({"aspirin"})


def stands(rules: Sequence[SafetyRule], told: Collection[str], lifted: Collection[str]) -> list[SafetyRule]:
    """The rows that keep somebody from a treatment, or have a therapist ring first, and are not put aside for all."""
    against = {E1, E2, R, N, C}
    found = [rule for rule in rules if {*rule.massage, *rule.deep} & against and holds(rule.when, told)]
    return [rule for rule in found if rule.id not in lifted or (rule.absolute and against & {*rule.deep})]


def ways(rule: SafetyRule) -> tuple[str, ...]:
    """How a therapist may put this row aside: after a call, by a letter, having asked in person; or against the list,
    by their own judgement. None where a doctor comes first, or where an answer, such as a scan, is what ends it.
    """
    tiers = {*rule.massage, *rule.deep}
    if tiers & {E1, E2, R} or _ends_by_an_answer(rule.when):
        return ()
    if rule.id in ONLY_BY_CALL:
        return (CALL,)
    rings = C in rule.massage or (C in rule.deep and not rule.absolute)
    judged = bool(tiers & {N, C}) and not rule.absolute
    return (*((CALL, LETTER, IN_PERSON) if rings else ()), *((OVERRIDE,) if judged else ()))


def clearance_refusals(standing: Sequence[SafetyRule], reason: str, way: str, note: str) -> list[Refusal]:
    """Why this row is not put aside in this way."""
    rule = next((rule for rule in standing if rule.id == reason), None)
    if rule is None:
        return [Refusal("nothing_to_clear")]
    if way not in ways(rule):
        return [Refusal("not_cleared_so")]
    return [Refusal("override_unsaid")] if way == OVERRIDE and not note else []


def _ends_by_an_answer(when: When) -> bool:
    if isinstance(when, str):
        return False
    if "not" in when:
        return True
    return any(_ends_by_an_answer(one) for one in when.get("of") or when.get("all") or when["any"])
