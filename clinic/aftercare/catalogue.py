"""The exercises a take-home plan is made of: exercises.yaml, read once and checked; and the clinic's own over them.

Pages take them from `versions.current`, which asks the database for what the clinic changed and made.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

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
    pose: str = ""  # the clinic's own pose file
    has_photo: bool = False
    photo_words: str = ""  # what the photo shows


OF_THE_VERSION = ("id", "version", "offered", "pose", "has_photo", "photo_words")  # what stands beside the words


class Change(NamedTuple):
    """The latest version of an exercise that the clinic changed or made. `content` is the JSON of what `as_kept` gives;
    `{}` is as shipped.
    """

    code: str
    number: int
    content: str
    offered: bool
    pose: str = ""
    has_photo: bool = False
    photo_words: str = ""


class Mistaken(NamedTuple):
    """For the therapist: the stretch that an exercise is taken for, why it is none, and the stretch to give instead."""

    words: str
    stretch: str


@dataclass(frozen=True)
class Catalogue:
    """All of exercises.yaml, each part in the order of the file, and the muscles it speaks of."""

    version: int
    exercises: Mapping[str, Exercise]
    mistaken: Mapping[str, Mistaken]  # by exercise
    conditions: Mapping[str, str]  # id → words for the therapist's tick list
    muscles: Mapping[str, str]  # id → words
    groups: Mapping[str, tuple[str, ...]]  # group → muscles


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue as shipped."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@lru_cache(maxsize=8)
def merged(changes: tuple[Change, ...]) -> Catalogue:
    """The catalogue with what the clinic changed and made; its own exercises come last, by name."""
    shipped = catalogue()
    changed = {one.code: _changed(one, shipped.exercises.get(one.code)) for one in changes}
    own = sorted((one for one in changed.values() if one.id not in shipped.exercises), key=lambda one: one.name)
    exercises = {**shipped.exercises, **{one.id: one for one in own}}
    return replace(shipped, exercises={name: changed.get(name, one) for name, one in exercises.items()})


def _changed(change: Change, shipped: Exercise | None) -> Exercise:
    """Other words never take away what locks an exercise of the product: that it is a stretch, and of which muscles."""
    content = json.loads(change.content)
    exercise = read_exercise(change.code, content) if content or not shipped else shipped
    if shipped:
        targets = tuple(dict.fromkeys((*shipped.targets, *exercise.targets)))
        exercise = replace(exercise, phase=shipped.phase, kind=shipped.kind, targets=targets)
    beside = change._asdict()
    return replace(exercise, version=change.number, **{name: beside[name] for name in OF_THE_VERSION[2:]})


def read(data: Mapping[str, Any]) -> Catalogue:
    """A catalogue out of parsed YAML. ValueError names whatever is spoken of but not there."""
    found = Catalogue(
        version=data["version"],
        exercises={name: read_exercise(name, raw) for name, raw in data["exercises"].items()},
        mistaken={name: Mistaken(**raw) for name, raw in data["mistaken"].items()},
        conditions=data["conditions"],
        muscles=shipped_muscles().names,
        groups=shipped_muscles().groups,
    )
    for exercise in found.exercises.values():
        check(exercise, found)
    stretches = [name for name, one in found.exercises.items() if one.phase == "stretch"]
    _all_known("mistaken", "exercise", found.mistaken, found.exercises)
    _all_known("mistaken", "stretch", [one.stretch for one in found.mistaken.values()], stretches)
    return found


def read_exercise(name: str, raw: Mapping[str, Any]) -> Exercise:
    """One exercise, as the file or a version of the clinic's own has it; checked for nothing but its sentences."""
    blank = ("kind", "purpose", "feel", "effort", "easier", "easier_id", "harder", "harder_id")
    texts = {key: raw.get(key, "") for key in blank}
    lists = {key: tuple(raw.get(key, ())) for key in ("targets", "cautions", "equipment", "sources")}
    sets = {key: frozenset(raw.get(key, ())) for key in ("avoid_if", "ask_first")}
    maps = {key: raw.get(key, {}) for key in ("modify", "instead")}
    spoken = [pair for one in raw.get("steps", ()) for pair in one.items()]
    _all_known(name, "kind of sentence", [kind for kind, _ in spoken], SENTENCES)
    steps = tuple(Sentence(SENTENCES[kind], words) for kind, words in spoken)
    return Exercise(
        **{**raw, **texts, **lists, **sets, **maps, "id": name, "steps": steps, "dose": Dose(**raw["dose"])}
    )


def as_kept(exercise: Exercise) -> dict[str, Any]:
    """Its words and rules as JSON can keep them, without what is blank; `read_exercise` reads them again."""
    kinds = {kind: name for name, kind in SENTENCES.items()}
    plain = {one.name: getattr(exercise, one.name) for one in fields(exercise) if one.name not in OF_THE_VERSION}
    listed = {name: list(value) for name, value in plain.items() if isinstance(value, tuple)}
    sets = {name: sorted(value) for name, value in plain.items() if isinstance(value, frozenset)}
    steps = [{kinds[sentence.kind]: sentence.words} for sentence in exercise.steps]
    dose = {name: value for name, value in asdict(exercise.dose).items() if value}
    return {name: value for name, value in {**plain, **listed, **sets, "steps": steps, "dose": dose}.items() if value}


def digest(exercise: Exercise) -> str:
    """Another one for other words, doses, rules or pictures of the clinic's own: these are to be read anew. A photo is
    known by its version, for nobody reads it here.
    """
    photo = (exercise.version, exercise.photo_words) if exercise.has_photo else None
    said = {**as_kept(exercise), "pose": exercise.pose, "photo": photo}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def check(exercise: Exercise, found: Catalogue) -> None:
    """ValueError names what it speaks of that is not there; and a stretch, by any other name, is one that may lock."""
    conditions = [*exercise.avoid_if, *exercise.ask_first, *exercise.modify, *exercise.instead]
    _all_known(exercise.id, "phase", [exercise.phase], PHASES)
    _all_known(exercise.id, "kind", [exercise.kind], KINDS)
    _all_known(exercise.id, "position", [exercise.position], POSITIONS)
    _all_known(exercise.id, "sides", [exercise.sides], SIDES)
    _all_known(exercise.id, "muscle", exercise.targets, found.muscles)
    _all_known(exercise.id, "condition", conditions, found.conditions)
    if (exercise.kind == "stretch") is not (exercise.phase == "stretch"):
        raise ValueError(f"{exercise.id} must be a stretch by phase and by kind, or by neither")
    links = {exercise.easier_id, exercise.harder_id} - {""}
    _all_known(exercise.id, "exercise", [*exercise.instead.values(), *links], found.exercises)


def _all_known(where: str, what: str, named: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(named) - set(known)):
        raise ValueError(f"{where} names an unknown {what}: {', '.join(unknown)}")
