"""Plans to begin from: plan_templates.yaml, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from clinic.aftercare.catalogue import Catalogue, catalogue
from clinic.aftercare.rules import Step, usual

FILE = Path(__file__).with_name("plan_templates.yaml")


@dataclass(frozen=True)
class PlanTemplate:
    """A plan to begin from: its name, whom it is meant for, and for each exercise what differs from its usual dose."""

    id: str
    name: str
    suits: str
    doses: Mapping[str, Mapping[str, Any]]

    def steps(self, known: Catalogue) -> list[Step]:
        """Its exercises, in the doses that this clinic gives them."""
        return [replace(usual(known.exercises[name]), **dose) for name, dose in self.doses.items()]


@lru_cache(maxsize=1)
def plan_templates() -> Mapping[str, PlanTemplate]:
    """All of them by id, in the order of the file."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8")), catalogue())


def read(data: Mapping[str, Any], known: Catalogue) -> Mapping[str, PlanTemplate]:
    """Out of parsed YAML. ValueError names an exercise that is not there; TypeError a dose that no exercise has."""
    found = {name: _template(name, raw) for name, raw in data["templates"].items()}
    for one in found.values():
        if unknown := sorted(set(one.doses) - set(known.exercises)):
            raise ValueError(f"{one.id} names an unknown exercise: {', '.join(unknown)}")
        one.steps(known)
    return found


def _template(name: str, raw: Mapping[str, Any]) -> PlanTemplate:
    doses = {step["exercise"]: {key: step[key] for key in step if key != "exercise"} for step in raw["steps"]}
    return PlanTemplate(name, raw["name"], raw["for"], doses)
