"""Poses that somebody outside this house wrote: read like our own files, after a look at what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any

import yaml

from clinic.drawings.figure.checks import faults
from clinic.drawings.figure.pose import Picture
from clinic.drawings.figure.pose_files import FOLDER, read_pictures
from clinic.drawings.figure.svg import draw
from clinic.drawings.figure.words import described

MOST_CHARACTERS = 12_000
MOST_DEEP = 6
MOST_IN_ONE = 30
"""Things in one list or group: no exercise has so many mats, arrows or touches."""
LARGEST = 2_000
"""Units or degrees: a person is 400 units tall."""
LONGEST_WORD = 80
MOST_TOLD = 5
MISPLACED = "Something is not where it belongs, or is spelt differently. Compare it with the example."


@lru_cache(maxsize=64)
def pictures_in(text: str) -> Mapping[str, Picture]:
    """The pictures of this text, each drawn once and checked like our own. Raises ValueError with sentences for
    whoever wrote it.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"This is longer than {MOST_CHARACTERS} characters.")
    try:
        _look_at_form(text)
        kept = _read(text)
    except yaml.YAMLError as error:
        raise ValueError(_where(error)) from error
    for leaf in _leaves(kept):
        _look_at(leaf)
    return _drawable(kept)


def example(exercise: str) -> str:
    """The text of an exercise of ours, for somebody to begin with; of the half-kneeling stretch where there is none."""
    files = (FOLDER / f"{name}.yaml" for name in (exercise, "half_kneeling_hip_flexor"))
    return next(file for file in files if file.exists()).read_text(encoding="utf-8")


def _look_at_form(text: str) -> None:
    """Before anything is built of it: a few lines that point at each other can be made to fill all memory."""
    deep = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ValueError("Write everything out: & and * are not read here.")
        if getattr(event, "tag", None):
            raise ValueError("Plain words and numbers only: ! is not read here.")
        deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if deep > MOST_DEEP:
            raise ValueError("There are too many brackets inside each other.")


def _read(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except ValueError as error:  # a day that is in no calendar, or a number of thousands of digits
        raise ValueError("There is a number in it that cannot be read.") from error


def _leaves(kept: Any) -> Iterator[Any]:
    """Every single word and number in it."""
    if kept is None:
        raise ValueError("There is a gap: something has no value.")
    if not isinstance(kept, dict | list):
        yield kept
        return
    if len(kept) > MOST_IN_ONE:
        raise ValueError(f"There are more than {MOST_IN_ONE} things in one place.")
    for part in [*kept, *kept.values()] if isinstance(kept, dict) else kept:
        yield from _leaves(part)


def _look_at(leaf: Any) -> None:
    if isinstance(leaf, str):
        if len(leaf) > LONGEST_WORD or not leaf.isprintable():
            raise ValueError(f"“{leaf[:20]}…” is too long, or holds signs that are no words.")
    elif not isinstance(leaf, int | float) or not -LARGEST <= leaf <= LARGEST:
        raise ValueError(f"Each number is from -{LARGEST} to {LARGEST}, and written as one.")


def _drawable(kept: Any) -> Mapping[str, Picture]:
    try:
        pictures = read_pictures(kept)
        wrong = [fault for name, picture in pictures.items() for fault in faults(name, picture)]
        for picture, mirrored in product(pictures.values(), (False, True)):
            draw(picture, title="", description=described(picture, mirrored=mirrored), mirrored=mirrored)
    except ValueError as error:
        raise ValueError(_in_words(error)) from error
    except (AttributeError, IndexError, KeyError, TypeError, ZeroDivisionError) as error:
        raise ValueError(MISPLACED) from error
    if wrong:
        raise ValueError(" ".join(wrong[:MOST_TOLD]))
    return pictures


def _in_words(error: ValueError) -> str:
    """Its own sentence, unless that is one of the machine's."""
    root: BaseException = error
    while root.__cause__:
        root = root.__cause__
    return f"{str(error).partition(':')[0]}: {MISPLACED}" if isinstance(root, TypeError) else str(error)


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"Line {mark.line + 1} cannot be read." if mark else "This cannot be read."
