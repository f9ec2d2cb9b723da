"""The formats of notes that come with the product, and the words offered under their parts: formats.yaml, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

USUAL = ("soap", 1)
FILE = Path(__file__).with_name("formats.yaml")


@dataclass(frozen=True)
class Part:
    """One text of a note. Its id never changes, whatever it is called."""

    id: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Format:
    """The parts of a note, in order, in one version."""

    code: str
    number: int
    name: str
    parts: tuple[Part, ...]
    offered: bool = True

    @property
    def key(self) -> str:
        """As forms send it: soap/1."""
        return f"{self.code}/{self.number}"


Formats = Mapping[tuple[str, int], Format]


@lru_cache(maxsize=1)
def shipped() -> Formats:
    """The formats of the product, by code and number, in the order of the file."""
    read = (format_of(code, 1, raw["name"], raw["parts"]) for code, raw in _file()["formats"].items())
    return {(one.code, one.number): one for one in read}


@lru_cache(maxsize=1)
def shipped_chips() -> Mapping[str, tuple[str, ...]]:
    """By the id of a part: words to tap. ValueError where no format has that part."""
    chips = {part: tuple(words) for part, words in _file()["chips"].items()}
    if strange := chips.keys() - {part.id for one in shipped().values() for part in one.parts}:
        raise ValueError(f"No format has these parts: {', '.join(sorted(strange))}")
    return chips


def format_of(code: str, number: int, name: str, parts: Sequence[Mapping[str, str]], *, offered: bool = True) -> Format:
    """One of them, as the file or the clinic's own row has it."""
    return Format(code, number, name, tuple(Part(**one) for one in parts), offered)


@lru_cache(maxsize=1)
def _file() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))
