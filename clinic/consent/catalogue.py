"""The consent texts that come with the product: texts.yaml, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("texts.yaml")
ELEMENTS = ("what", "why", "risks", "instead", "if_not", "say")
RELEASE, MASSAGE = "release", "massage"


class WrongTextError(Exception):
    """A text that does not say all six."""


@dataclass(frozen=True)
class ShippedText:
    """What somebody agrees to: the six elements, by name and in order."""

    elements: Mapping[str, str]
    language: str


def shipped(*, is_release: bool) -> ShippedText:
    """The words for a release, or for any other massage."""
    return shipped_texts()[RELEASE if is_release else MASSAGE]


@lru_cache
def shipped_texts() -> dict[str, ShippedText]:
    """All of the file. Raises WrongTextError where one of the six is missing or empty."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {kind: ShippedText(_checked(kind, elements), read["language"]) for kind, elements in read["texts"].items()}


def _checked(kind: str, elements: Mapping[str, str]) -> Mapping[str, str]:
    if set(elements) != set(ELEMENTS) or not all(words.strip() for words in elements.values()):
        raise WrongTextError(f"The text {kind!r} must say each of: {', '.join(ELEMENTS)}.")
    return {name: elements[name] for name in ELEMENTS}
