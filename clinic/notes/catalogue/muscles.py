"""The muscles that injuries are told of: muscles.yaml, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("muscles.yaml")


@dataclass(frozen=True)
class Muscles:
    """Both in the order of the file."""

    names: Mapping[str, str]  # id → words
    groups: Mapping[str, tuple[str, ...]]  # group → muscles


@lru_cache(maxsize=1)
def shipped_muscles() -> Muscles:
    """The muscles as shipped, for notes, findings and plans."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Muscles:
    """Muscles out of parsed YAML. ValueError names whatever is spoken of but not there."""
    found = Muscles(data["muscles"], {group: tuple(muscles) for group, muscles in data["groups"].items()})
    for group, muscles in found.groups.items():
        if unknown := sorted(set(muscles) - set(found.names)):
            raise ValueError(f"{group} names an unknown muscle: {', '.join(unknown)}")
    return found
