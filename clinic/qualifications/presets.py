"""What therapists commonly hold, and how it maps to a level: presets.yaml, read once and checked."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from clinic.qualifications.models import KINDS
from clinic.qualifications.rules import LICENCES, RQF_OF

FILE = Path(__file__).with_name("presets.yaml")
FRAMEWORKS = ("", *RQF_OF, *LICENCES)
LEVELS = (None, *range(1, 9))
MARKS = ("S", "K")
EDUCATION = {"years", "minutes", "least", "most", "most_of_one", "another_discipline"}
COUNTRY = re.compile(r"([A-Z]{2})?")


@dataclass(frozen=True)
class Preset:
    """One kind of paper, to fill in the form with. `meets_level` is proposed to whoever checks it, with its `source`;
    `mark` is S where a published source was read, else K.
    """

    code: str
    kind: str
    words: str
    country: str = ""  # empty: anywhere
    discipline: str = ""
    framework: str = ""
    level: int | None = None
    meets_level: int | None = None
    skill: str = ""
    body: str = ""
    examples: tuple[str, ...] = ()  # of awarding bodies
    jurisdiction: str = ""
    register_url: str = ""
    number_like: str = ""  # what a qualification number looks like
    education: Mapping[str, Any] = field(default_factory=dict)  # asked by the body: see `rules.education`
    source: str = ""
    mark: str = "K"
    hidden: bool = False  # by this clinic: not offered in the form


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Preset]:
    """The presets that come with the house, by code, in the order of the file."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Mapping[str, Preset]:
    """Presets out of parsed YAML. ValueError names whatever is not known."""
    return {code: preset_of(code, raw) for code, raw in data["presets"].items()}


def preset_of(code: str, raw: Mapping[str, Any]) -> Preset:
    """One of them, as the file or the clinic's own row has it."""
    _all_known(code, "field", raw, {one.name for one in fields(Preset)} - {"code"})
    preset = Preset(**{**raw, "code": code, "examples": tuple(raw.get("examples", ()))})
    _all_known(code, "kind", [preset.kind], KINDS)
    _all_known(code, "framework", [preset.framework], FRAMEWORKS)
    _all_known(code, "level", [preset.meets_level], LEVELS)
    _all_known(code, "mark", [preset.mark], MARKS)
    _all_known(code, "part of education", preset.education, EDUCATION)
    if not COUNTRY.fullmatch(preset.country):
        raise ValueError(f"{code} names an unknown country: {preset.country}")
    if preset.level is not None and preset.level not in RQF_OF.get(preset.framework, {}):
        raise ValueError(f"{code} has a level that its framework does not have: {preset.level}")
    return preset


def raw_of(preset: Preset) -> dict[str, Any]:
    """As the file would have it: what is empty is left out."""
    kept = {one.name: getattr(preset, one.name) for one in fields(Preset) if one.name != "code"}
    lists = {"examples": list(preset.examples), "education": dict(preset.education)}
    return {name: value for name, value in {**kept, **lists}.items() if value or name == "country"}


def _all_known(code: str, what: str, named: Collection[Any], known: Collection[Any]) -> None:
    if unknown := sorted(map(str, set(named) - set(known))):
        raise ValueError(f"{code} names an unknown {what}: {', '.join(unknown)}")
