"""The tests of a note as its page shows them: beside each value what it was last time, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.dates import format_date

from clinic.core.templating import language
from clinic.core.times import local
from clinic.notes.catalogue.physical_tests import PhysicalTest
from clinic.notes.forms.results import Cell, ShownTest
from clinic.notes.queries import SignedNote
from clinic.notes.rules import Result
from clinic.notes.rules.physical_tests import changes, definition
from clinic.notes.wording.results import change_words, value_words


@dataclass(frozen=True)
class Earlier:
    """What a test showed on one side at the latest visit before, by the definition it was signed with."""

    result: Result
    test: PhysicalTest
    day: str


def last_time(shown: Sequence[ShownTest], notes: Sequence[SignedNote], zone: str) -> Mapping[str, str]:
    """By the name of a field: what was recorded there last, when, and what became of it."""
    before = _before(notes, zone)
    said = {
        cell.name: _words(one, side, cell, before[one.test.code, side])
        for one in shown
        for side, cells in one.cells.items()
        for cell in cells
        if (one.test.code, side) in before
    }
    return {name: words for name, words in said.items() if words}


def _before(notes: Sequence[SignedNote], zone: str) -> dict[tuple[str, str], Earlier]:
    """By test and side; the notes come with the latest first."""
    found: dict[tuple[str, str], Earlier] = {}
    for note in notes:
        for result in note.content.results:
            if test := definition(result, note.tests):
                found.setdefault((result.test, result.side), Earlier(result, test, _day(note, zone)))
    return found


def _words(shown: ShownTest, side: str, cell: Cell, before: Earlier) -> str:
    """18 Feb: 14°, 6° less: better."""
    kept = before.result.values.get(cell.value.id)
    value = next((one for one in before.test.of_side(side) if one.id == cell.value.id), None)
    if kept is None or value is None:
        return ""
    now = next((result for result in shown.results if result.side == side), None)
    change = changes(before.result, before.test, now, shown.test).get(cell.value.id) if now else None
    became = f" · {change_words(cell.value, change)}" if change else ""
    return f"{before.day}: {value_words(value, kept)}{became}"


def _day(note: SignedNote, zone: str) -> str:
    return str(format_date(local(note.starts_at, zone), "d MMM", locale=language()))
