"""What the answers of a health history say in facts of the safety list. Pure.

Ticks say theirs by themselves (`tells` in history.yaml). What follows from days, from the body chart or from several
answers is found here; where an answer is vague, the more careful fact holds.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

Answers = Mapping[str, Any]  # question id → a word, a number, a day as 2026-03-12, words ticked, or marks

ADULT, FIFTY, SIXTY_FIVE = 18, 50, 65
YOUNGEST_PREGNANT, OLDEST_PREGNANT = 12, 60
TERM = timedelta(weeks=40)
OVERDUE = timedelta(weeks=3)  # a child comes by then
SIXTEEN_WEEKS, TWELVE_WEEKS, SIX_WEEKS = timedelta(weeks=16), timedelta(weeks=12), timedelta(weeks=6)
SIX_MONTHS = timedelta(days=183)
SEVERAL = 3  # places that have nothing to do with each other
TRUNK_AND_HIP = ("tummy", "hernia", "caesarean", "pelvis", "back", "hip", "hip_front", "hip_back", "hip_unsure")
PLACES = {
    "back_pain": ("low_back", "mid_back", "sacrum"),
    "tummy_pain": ("abdomen",),
    "groin_pain": ("groin", "hip_flexors"),
    "leg_pain": ("front_of_thigh", "back_of_thigh", "inner_thigh", "outer_thigh", "knee", "calf", "shin", "foot"),
}
OF_NERVES = ("tingling", "numb", "burning")


def told_by(tells: Mapping[str, Mapping[str, str]], answers: Answers, *, on: date) -> frozenset[str]:
    """All facts. `tells`: what each question's answers say by themselves; `on`: the day they are asked about."""
    ticked = {
        tells[name][one] for name in answers if name in tells for one in _chosen(answers[name]) if one in tells[name]
    }
    of_list = {one for name in answers if name.startswith("list.") for one in _chosen(answers[name]) if one != "none"}
    return frozenset(
        {*ticked, *of_list, *_ages(answers, on), *_birth(answers, on), *_operations(answers, on), *_marks(answers)}
    )


def tokens(answers: Answers) -> set[str]:
    """Each answer that was chosen as `question=answer`, for pages that are asked because of it."""
    return {f"{name}={one}" for name, value in answers.items() for one in _chosen(value)}


def _chosen(value: Any) -> list[str]:
    """What is ticked or picked; nothing where it is a number or marks."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _day(answers: Answers, name: str) -> date | None:
    value = answers.get(name)
    return date.fromisoformat(value) if value else None


def years_old(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _ages(answers: Answers, on: date) -> Iterable[str]:
    born = _day(answers, "born")
    if born is None:
        return set()
    age = years_old(born, on)
    found = {
        "under_16": age < 16,
        "under_18": age < ADULT,
        "age_50_or_over": age >= FIFTY,
        "age_65_or_over": age >= SIXTY_FIVE,
        "age_12_to_60": YOUNGEST_PREGNANT <= age <= OLDEST_PREGNANT,
    }
    return {name for name, holds in found.items() if holds}


def _birth(answers: Answers, on: date) -> Iterable[str]:
    """Pregnant until three weeks after the day it is due, or born since: from then on it counts as a birth."""
    due, born = _day(answers, "due"), _day(answers, "birth")
    told = answers.get("pregnancy")
    if told == "yes" and due is None:
        return {"pregnant", "pregnant_16w"}
    if told == "yes" and due is not None:
        pregnant = {"pregnant"} if on <= due + OVERDUE else set()
        later = {"pregnant_16w"} if pregnant and on >= due - TERM + SIXTEEN_WEEKS else set()
        return {*pregnant, *later, *({"birth_12w"} if due <= on < due + OVERDUE + TWELVE_WEEKS else ())}
    recent = told == "birth" and (born is None or on < born + TWELVE_WEEKS)
    return {"birth_12w"} if recent else set()


def _operations(answers: Answers, on: date) -> Iterable[str]:
    """Counted from its day; without one it may have been yesterday."""
    had = [one for one in _chosen(answers.get("operations")) if one != "none"]
    days = {one: _day(answers, f"operated.{one}") or on for one in had}
    found = {"hip_replacement_anterior", "hip_replacement_posterior"} if "hip_unsure" in had else set()
    found |= {"operation_6w"} if any(on < day + SIX_WEEKS for day in days.values()) else set()
    of_trunk = [day for one, day in days.items() if one in TRUNK_AND_HIP]
    return found | ({"operation_6m"} if any(on < day + SIX_MONTHS for day in of_trunk) else set())


def _marks(answers: Answers) -> Iterable[str]:
    """What was marked on the body chart."""
    marks = answers.get("marks") or []
    regions = {mark["region"] for mark in marks}
    found = {fact for fact, places in PLACES.items() if regions & set(places)}
    found |= {"nerve_signs"} if any(mark["kind"] in OF_NERVES for mark in marks) else set()
    return found | ({"several_sites"} if len(regions) >= SEVERAL else set())
