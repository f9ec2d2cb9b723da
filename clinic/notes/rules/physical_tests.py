"""What the results of physical tests mean: what is missing, what changed, and what has to be done that day. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clinic.core.refusals import Refusal
from clinic.notes.catalogue.physical_tests import YES, PhysicalTest, Value, as_kept
from clinic.notes.rules.content import Content, Result


@dataclass(frozen=True)
class Change:
    """What became of one value. `by` is how much more it is than before, in its unit; None where it is no number.

    `meaning`: better, worse, changed (where neither is better), within (the error of measurement), unknown (nobody
    knows the error), or not_comparable.
    """

    meaning: str
    by: float | None = None


@dataclass(frozen=True)
class Caution:
    """An answer after which something has to be done that day: `value.action`."""

    test: PhysicalTest
    side: str
    value: Value
    answer: str


def definition(result: Result, tests: Sequence[PhysicalTest]) -> PhysicalTest | None:
    """The test of a result, in the version it was made with."""
    return next((one for one in tests if (one.code, one.number) == (result.test, result.number)), None)


def incomplete(content: Content, tests: Sequence[PhysicalTest]) -> list[Refusal]:
    """What each result still needs before it is signed: `test_incomplete`, with test, side and value."""
    return [
        Refusal("test_incomplete", {"test": test.name, "on": result.side, "value": value.label})
        for result, test in _with_tests(content.results, tests)
        for value in test.of_side(result.side)
        if value.required and value.id not in result.values
    ]


def changes(before: Result, then: PhysicalTest, result: Result, now: PhysicalTest) -> Mapping[str, Change]:
    """What became of each number since an earlier result of the same side, by the id of the value."""
    old = {value.id: value for value in then.of_side(result.side)}
    comparable = all(_allows(value, before, result) for value in now.of_side(result.side))
    return {
        value.id: _change(value, before, result, comparable=comparable and old[value.id].unit == value.unit)
        for value in now.of_side(result.side)
        if value.kind == "number" and value.id in old and {value.id} <= before.values.keys() & result.values.keys()
    }


def side_differences(test: PhysicalTest, results: Sequence[Result]) -> Mapping[str, tuple[float, bool | None]]:
    """How much more each number is on the left than on the right, by the id of the value, and whether that is more than
    the error of measurement: None where nobody knows it. Only where both sides were measured alike.
    """
    of = {result.side: result for result in results if result.test == test.code}
    left, right = of.get("left"), of.get("right")
    if left is None or right is None or not all(_allows(value, left, right) for value in test.of_side("left")):
        return {}
    numbers = [value for value in _numbers(test) if value.id in left.values.keys() & right.values.keys()]
    return {value.id: _difference(value, left.values[value.id] - right.values[value.id]) for value in numbers}


def is_normal(value: Value, number: float) -> bool | None:
    """Whether it is within what is commonly found; None where nobody knows."""
    least, most = value.normal_least, value.normal_most
    if least is None and most is None:
        return None
    return (least is None or number >= least) and (most is None or number <= most)


def cautions(results: Sequence[Result], tests: Sequence[PhysicalTest]) -> list[Caution]:
    """All answers after which something has to be done that day."""
    return [
        Caution(test, result.side, value, result.values[value.id])
        for result, test in _with_tests(results, tests)
        for value in test.of_side(result.side)
        if result.values.get(value.id) in value.acts_on
    ]


def frozen(results: Sequence[Result], tests: Sequence[PhysicalTest]) -> dict[str, Any]:
    """The definitions of the tests that were used, by their codes, for the document that is signed."""
    return {test.code: as_kept(test) for _result, test in _with_tests(results, tests)}


def _with_tests(results: Sequence[Result], tests: Sequence[PhysicalTest]) -> Iterator[tuple[Result, PhysicalTest]]:
    for result in results:
        if test := definition(result, tests):
            yield result, test


def _numbers(test: PhysicalTest) -> tuple[Value, ...]:
    return tuple(value for value in test.of_side("left") if value.kind == "number")


def _difference(value: Value, by: float) -> tuple[float, bool | None]:
    return by, None if value.error is None else abs(by) >= value.error


def _allows(value: Value, one: Result, other: Result) -> bool:
    """Whether this value lets two results be compared."""
    answers = {one.values.get(value.id), other.values.get(value.id)}
    if value.compare == "yes":
        return answers == {YES}
    return value.compare != "same" or len(answers) == 1


def _change(value: Value, before: Result, now: Result, *, comparable: bool) -> Change:
    if not comparable:
        return Change("not_comparable")
    by = now.values[value.id] - before.values[value.id]
    if value.error is None:
        return Change("unknown", by)
    if abs(by) < value.error:
        return Change("within", by)
    if value.direction == "neither":
        return Change("changed", by)
    return Change("better" if (by > 0) is (value.direction == "higher_better") else "worse", by)
