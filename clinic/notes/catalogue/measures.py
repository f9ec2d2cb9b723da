"""What is measured from visit to visit: measures.yaml, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("measures.yaml")


@dataclass(frozen=True)
class Measure:
    """One measure: what may be entered, which way is better, and from where on a change counts. The file says what
    each means.
    """

    id: str
    name: str
    min: float
    max: float
    better: str
    sources: tuple[str, ...]
    licence: str
    asked: bool = False
    step: float = 1
    meaningful: float | None = None
    meaningful_percent: float | None = None
    error: float | None = None
    single: float | None = None  # instead of `meaningful` and `error` where a mean is of one activity
    anchor: float | None = None
    from_: float | None = None
    to: float | None = None

    @property
    def lower_is_better(self) -> bool:
        return self.better == "lower"

    def holds(self, value: float) -> bool:
        """Whether this may be entered: within its bounds, and a whole number of steps."""
        return self.min <= value <= self.max and abs(value / self.step - round(value / self.step)) < 1e-6


@dataclass(frozen=True)
class Measures:
    """All of measures.yaml, each part in the order of the file."""

    measures: Mapping[str, Measure]
    activities: tuple[str, ...]
    global_change: Mapping[int, str]

    @property
    def totals(self) -> tuple[Measure, ...]:
        """Those answered elsewhere."""
        return tuple(one for one in self.measures.values() if not one.asked)


@lru_cache(maxsize=1)
def measures() -> Measures:
    """The measures as shipped."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Measures:
    """Measures out of parsed YAML. ValueError names one that cannot be."""
    found = {name: _measure(name, raw) for name, raw in data["measures"].items()}
    for one in found.values():
        if one.better not in {"lower", "higher"} or one.min >= one.max or one.step <= 0 or not one.sources:
            raise ValueError(f"{one.id} is no measure: its direction, bounds, step or source is wrong")
    return Measures(found, tuple(data["activities"]), data["global_change"])


def _measure(name: str, raw: Mapping[str, Any]) -> Measure:
    known = {**raw, "id": name, "sources": tuple(raw["sources"]), "from_": raw.get("from")}
    known.pop("from", None)
    return Measure(**known)
