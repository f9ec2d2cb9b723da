"""What tests showed in a visit: a field for each value of each side. What cannot be read is told, and not kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import Field

from clinic.core.db import db
from clinic.core.forms import Form
from clinic.notes.catalogue.physical_tests import PhysicalTest, Value
from clinic.notes.queries.physical_tests import known_tests, latest
from clinic.notes.rules import Content, Result
from clinic.notes.wording.results import number_words, side_and_name

NUMBER = re.compile(r"[+-]?\d{1,5}(\.\d{1,2})?")
LONGEST = 300
WHOLE = "whole"  # the side of what has none, in the names of fields


@dataclass(frozen=True)
class Cell:
    """One value of one side as a field: what was typed, what is kept of it, or what is wrong with it."""

    name: str
    value: Value
    typed: str
    kept: Any = None
    error: str = ""


@dataclass(frozen=True)
class ShownTest:
    """A test on the page, its fields by side. `name` is the hidden field that says which version it is."""

    test: PhysicalTest
    name: str
    cells: Mapping[str, Sequence[Cell]]

    @property
    def wrong(self) -> list[tuple[str, Cell]]:
        """The fields that cannot be read, each with its side."""
        return [(side, cell) for side, cells in self.cells.items() for cell in cells if cell.error]

    @property
    def results(self) -> list[Result]:
        """What was filled in, side by side."""
        values = {
            side: {cell.value.id: cell.kept for cell in cells if cell.kept is not None}
            for side, cells in self.cells.items()
        }
        return [Result(self.test.code, side, self.test.number, said) for side, said in values.items() if said]


class ResultsField(Field):  # type: ignore[misc]  # wtforms has no types
    """The results of all tests at once, in fields named results-thomas-left-hip. A page that shows an older version of
    a test goes on with that one.
    """

    data: Sequence[Result]

    def process(self, formdata: Any, data: Any = (), extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []  # what cannot be read is told by `validate`
        self.object_data, self.tests = data, known_tests(db.session)
        names = [name for name in formdata or () if name.startswith("results-")]
        typed = {name: _trimmed(formdata.get(name)) for name in names} if formdata else _as_typed(data)
        self.shown = [_shown(test, typed) for test in _on_page(self.tests, typed)]
        self.data = tuple(result for one in self.shown for result in one.results)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Says what cannot be read, with test and side; the summary of the page leads to the first."""
        wrong = [(one.test, side, cell) for one in self.shown for side, cell in one.wrong]
        self.errors = [f"{side_and_name(test, side)}, {cell.value.label}: {cell.error}" for test, side, cell in wrong]
        self.id = wrong[0][2].name if wrong else self.name
        return not wrong


class ResultsPart(Form):
    results = ResultsField()


def said(form: Any) -> dict[str, Any]:
    return {"results": form.results.data}


def kept(content: Content) -> dict[str, Any]:
    return {"results": content.results}


def shown_alone(test: PhysicalTest) -> ShownTest:
    """As a note would show it, with nothing filled in."""
    return _shown(test, {})


def _on_page(tests: Sequence[PhysicalTest], typed: Mapping[str, str]) -> list[PhysicalTest]:
    """Those that are offered, and those that something was typed into, each in the version of the page."""
    versions = {(test.code, str(test.number)): test for test in tests}
    filled = {name.split("-")[1] for name, words in typed.items() if words and not name.endswith("-number")}
    return [
        versions.get((test.code, typed.get(_version(test.code), "")), test)
        for test in latest(tests)
        if test.offered or test.code in filled
    ]


def _shown(test: PhysicalTest, typed: Mapping[str, str]) -> ShownTest:
    cells = {side: [_cell(test.code, side, value, typed) for value in test.of_side(side)] for side in test.sides}
    return ShownTest(test, _version(test.code), cells)


def _cell(code: str, side: str, value: Value, typed: Mapping[str, str]) -> Cell:
    name = _name(code, side, value.id)
    words = typed.get(name, "")
    try:
        return Cell(name, value, words, _read(value, words) if words else None)
    except ValueError as error:
        return Cell(name, value, words, error=str(error))


def _read(value: Value, words: str) -> Any:
    """What was typed as it is kept. ValueError says what is wrong with it."""
    if value.kind == "number":
        return _number(value, words.replace(",", ".").replace("−", "-"))
    if value.kind == "words" and len(words) > LONGEST:
        raise ValueError(_("Shorten this to %(max)d characters or fewer.", max=LONGEST))
    if value.kind != "words" and words not in value.answers:
        raise ValueError(_("Choose one of these."))
    return words


def _number(value: Value, typed: str) -> float:
    least, most = value.least or 0, value.most or 0
    number = float(typed) if NUMBER.fullmatch(typed) else None
    if number is None or not least <= number <= most or (number / value.step) % 1:
        bounds = {"least": number_words(least), "most": number_words(most), "step": number_words(value.step)}
        raise ValueError(_("Enter %(least)s to %(most)s, in steps of %(step)s.", **bounds))
    return int(number) if number.is_integer() else number


def _as_typed(results: Any) -> dict[str, str]:
    """Kept results as a page would send them."""
    versions = {_version(one.test): str(one.number) for one in results or ()}
    values = {_name(one.test, one.side, name): kept for one in results or () for name, kept in one.values.items()}
    return {**versions, **{name: kept if isinstance(kept, str) else f"{kept:g}" for name, kept in values.items()}}


def _name(code: str, side: str, value: str) -> str:
    return f"results-{code}-{side or WHOLE}-{value}"


def _version(code: str) -> str:
    return f"results-{code}-number"


def _trimmed(typed: str) -> str:
    return " ".join(typed.replace("\0", "").split())
