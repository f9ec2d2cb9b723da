"""The physical tests of the product, as physical_tests.yaml has them, and what makes such a definition a sound one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from clinic.core.refusals import Refusal

FILE = Path(__file__).with_name("physical_tests.yaml")
KINDS = ("number", "choice", "yes_no", "words")
DIRECTIONS = ("higher_better", "lower_better", "neither")
COMPARES = ("", "same", "yes")
ACTIONS = ("", "no_release", "refer", "no_deep_work")
YES, NO = "yes", "no"
CODE = re.compile("[a-z][a-z0-9_]{0,19}")
MOST_VALUES = 12


@dataclass(frozen=True)
class Value:
    """One thing that a test records.

    `compare`: two results can be compared only where this is the `same` in both, or only where it is `yes` in both.
    `error`: a change smaller than this is within the error of measurement; None where no figure is known, which the
    source then tells about. `acts_on`: the answers after which `action` is needed that day.
    """

    id: str
    label: str
    kind: str = "number"
    unit: str = ""
    hint: str = ""
    least: float | None = None
    most: float | None = None
    step: float = 1
    required: bool = False
    each_side: bool = True
    direction: str = "neither"
    compare: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    acts_on: tuple[str, ...] = ()
    action: str = ""
    error: float | None = None
    error_source: str = ""
    normal_least: float | None = None
    normal_most: float | None = None
    normal_source: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """What can be chosen; none for a number or words."""
        return (YES, NO) if self.kind == "yes_no" else tuple(self.choices)


@dataclass(frozen=True)
class PhysicalTest:
    """A test in one version. `chip` is its short name. `trained`: only for whoever was trained in it. What is not
    offered is in no new note, but where it was used it is still read.
    """

    code: str
    name: str
    chip: str
    values: tuple[Value, ...]
    number: int = 1
    how: str = ""
    source: str = ""
    trained: bool = False
    offered: bool = True

    @property
    def sides(self) -> tuple[str, ...]:
        """Which sides it has values for; empty is the one for the whole body."""
        sided = ("left", "right") if any(value.each_side for value in self.values) else ()
        return (*sided, *(("",) if any(not value.each_side for value in self.values) else ()))

    def of_side(self, side: str) -> tuple[Value, ...]:
        return tuple(value for value in self.values if value.each_side is bool(side))


@lru_cache(maxsize=1)
def shipped() -> tuple[PhysicalTest, ...]:
    """The tests that come with the product, in the order of the file. Raises ValueError where one is not sound."""
    return read(yaml.safe_load(FILE.read_text(encoding="utf-8"))["tests"])


def read(rows: Sequence[Mapping[str, Any]]) -> tuple[PhysicalTest, ...]:
    """Tests out of parsed YAML. ValueError names the test and what is wrong with it."""
    for row in rows:
        for fault in faults(row):
            raise ValueError(f"{row.get('code')}: {fault.code} {dict(fault.values)}")
    codes = [row["code"] for row in rows]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise ValueError(f"{min(twice)} is there twice")
    return tuple(definition_of(row) for row in rows)


def definition_of(row: Mapping[str, Any]) -> PhysicalTest:
    """A sound definition as a test; what later versions of the product may add stays unread."""
    values = tuple(Value(**{**_known(Value, one), "acts_on": tuple(one.get("acts_on", ()))}) for one in row["values"])
    return PhysicalTest(**{**_known(PhysicalTest, row), "values": values})


def as_kept(test: PhysicalTest) -> dict[str, Any]:
    """As JSON keeps it; `definition_of` reads it again."""
    return asdict(test)


def faults(row: Mapping[str, Any]) -> list[Refusal]:
    """What is wrong with a definition, of the product's or of the clinic's own."""
    return [*_faults_of_test(row), *(fault for value in row.get("values") or () for fault in _faults_of_value(value))]


def _faults_of_test(row: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in sorted(row.keys() - {one.name for one in fields(PhysicalTest)}):
        yield Refusal("test_unknown_part", {"value": name})
    if not CODE.fullmatch(str(row.get("code", ""))):
        yield Refusal("test_without_code")
    if not row.get("name") or not row.get("chip"):
        yield Refusal("test_without_name")
    values = row.get("values") or ()
    if not 1 <= len(values) <= MOST_VALUES:
        yield Refusal("test_without_values", {"most": MOST_VALUES})
    ids = [value.get("id") for value in values]
    if len(set(ids)) < len(ids):
        yield Refusal("test_value_twice")


def _faults_of_value(row: Mapping[str, Any]) -> Iterator[Refusal]:
    named = {"value": row.get("label") or row.get("id") or "?"}
    if unknown := sorted(row.keys() - {one.name for one in fields(Value)}):
        yield Refusal("test_unknown_part", {"value": unknown[0]})
    elif not row.get("label") or not CODE.fullmatch(str(row.get("id", ""))):
        yield Refusal("test_value_without_name", named)
    else:
        value = definition_of({"code": "", "name": "", "chip": "", "values": [row]}).values[0]
        yield from (Refusal(code, named) for code, wrong in _checks(value).items() if wrong)


def _checks(value: Value) -> dict[str, bool]:
    """Each thing that may be wrong with a value, and whether it is."""
    bounds = (value.least, value.most)
    named = {(value.kind, KINDS), (value.direction, DIRECTIONS), (value.compare, COMPARES), (value.action, ACTIONS)}
    normal = (value.normal_least, value.normal_most)
    return {
        "test_value_unknown_word": any(word not in known for word, known in named),
        "test_value_without_bounds": value.kind == "number" and (None in bounds or not _in_order(*bounds)),
        "test_value_bad_step": not value.step > 0,
        "test_value_without_choices": (value.kind == "choice") is not (len(value.choices) > 1),
        "test_value_no_number": value.kind != "number" and any(one is not None for one in (value.error, *normal)),
        "test_value_bad_error": value.error is not None and (value.error <= 0 or not value.error_source),
        "test_value_bad_normal": not _in_order(*normal) or (normal != (None, None) and not value.normal_source),
        "test_value_bad_action": bool(value.acts_on) is not bool(value.action)
        or not set(value.acts_on) <= set(value.answers),
    }


def _in_order(least: float | None, most: float | None) -> bool:
    return least is None or most is None or least < most


def _known(kind: type[Any], row: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: row[one.name] for one in fields(kind) if one.name in row}
