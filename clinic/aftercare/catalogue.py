"""The exercises a take-home plan is made of: exercises.yaml, read once and checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from clinic.notes.catalogue.muscles import shipped_muscles

FILE = Path(__file__).with_name("exercises.yaml")
PHASES = ("warm_up", "calm", "strengthen", "stretch")
KINDS = ("", "mobility", "stretch")
POSITIONS = ("standing", "lying", "side_lying", "all_fours", "seated", "kneeling")
SIDES = ("none", "each", "alternate")
SENTENCES = {"prepare": "preparation", "do": "step", "cue": "cue", "breathe": "breathing", "safety": "safety"}


@dataclass(frozen=True)
class Dose:
    """What is done: sets × (reps, hold or time). Seconds and counts; None where it does not apply."""

    sets: int
    reps: int | None = None
    hold_s: int | None = None  # beside reps: how long each one is held
    time_s: int | None = None
    rest_s: int = 0  # between sets
    switch_s: int = 0  # to change sides
    per_week: int = 3  # days
    unit: str = ""  # "breaths" where reps are breaths


@dataclass(frozen=True)
class Sentence:
    """Something said to the client on the way: how to begin, what to do, what to mind, how to breathe, when to stop."""

    kind: str  # preparation, step, cue, breathing or safety
    words: str


@dataclass(frozen=True)
class Exercise:
    """One exercise, in words said to the client, and what stands against it per condition.

    `easier` and `harder` are words; where they mean another exercise, its id stands in `easier_id` and `harder_id`.
    What is not offered is in no new plan, but a plan that has it keeps it.
    """

    id: str
    name: str
    phase: str
    kind: str
    position: str
    targets: tuple[str, ...]  # muscles
    sides: str
    purpose: str  # what it is for, in a sentence
    steps: tuple[Sentence, ...]
    feel: str
    effort: str
    easier: str
    easier_id: str
    harder: str
    harder_id: str
    cautions: tuple[str, ...]
    equipment: tuple[str, ...]
    dose: Dose
    avoid_if: frozenset[str]  # conditions
    ask_first: frozenset[str]  # conditions
    modify: Mapping[str, str]  # condition → a sentence to the client that stands alone
    instead: Mapping[str, str]  # condition → the exercise to offer
    sources: tuple[str, ...]
    version: int = 1  # as shipped; then as the clinic changed it
    offered: bool = True


@dataclass(frozen=True)
class Catalogue:
    """All of exercises.yaml, each part in the order of the file, and the muscles it speaks of."""

    version: int
    exercises: Mapping[str, Exercise]
    conditions: Mapping[str, str]  # id → words for the therapist's tick list
    muscles: Mapping[str, str]  # id → words
    groups: Mapping[str, tuple[str, ...]]  # group → muscles


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue as shipped, for builder, plan page and print."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Catalogue:
    """A catalogue out of parsed YAML. ValueError names whatever is spoken of but not there."""
    found = Catalogue(
        version=data["version"],
        exercises={name: read_exercise(name, raw) for name, raw in data["exercises"].items()},
        conditions=data["conditions"],
        muscles=shipped_muscles().names,
        groups=shipped_muscles().groups,
    )
    for exercise in found.exercises.values():
        _check(exercise, found)
    return found


def read_exercise(name: str, raw: Mapping[str, Any]) -> Exercise:
    """One exercise, as the file or a version of the clinic's own has it."""
    texts = {key: raw.get(key, "") for key in ("kind", "purpose", "feel", "easier", "easier_id", "harder", "harder_id")}
    lists = {key: tuple(raw.get(key, ())) for key in ("targets", "cautions", "equipment", "sources")}
    sets = {key: frozenset(raw.get(key, ())) for key in ("avoid_if", "ask_first")}
    maps = {key: raw.get(key, {}) for key in ("modify", "instead")}
    spoken = [pair for one in raw["steps"] for pair in one.items()]
    _all_known(name, "kind of sentence", [kind for kind, _ in spoken], SENTENCES)
    steps = tuple(Sentence(SENTENCES[kind], words) for kind, words in spoken)
    return Exercise(
        **{**raw, **texts, **lists, **sets, **maps, "id": name, "steps": steps, "dose": Dose(**raw["dose"])}
    )


def _check(exercise: Exercise, found: Catalogue) -> None:
    conditions = [*exercise.avoid_if, *exercise.ask_first, *exercise.modify, *exercise.instead]
    _all_known(exercise.id, "phase", [exercise.phase], PHASES)
    _all_known(exercise.id, "kind", [exercise.kind], KINDS)
    _all_known(exercise.id, "position", [exercise.position], POSITIONS)
    _all_known(exercise.id, "sides", [exercise.sides], SIDES)
    _all_known(exercise.id, "muscle", exercise.targets, found.muscles)
    _all_known(exercise.id, "condition", conditions, found.conditions)
    links = {exercise.easier_id, exercise.harder_id} - {""}
    _all_known(exercise.id, "exercise", [*exercise.instead.values(), *links], found.exercises)


def _all_known(where: str, what: str, named: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(named) - set(known)):
        raise ValueError(f"{where} names an unknown {what}: {', '.join(unknown)}")
