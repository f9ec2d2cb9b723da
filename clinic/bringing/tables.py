"""A file of another system as rows, each with the line it begins on. Pure; a trouble is an UnreadableError."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clinic.core.refusals import Refusal
from clinic.people.rules import folded

DELIMITERS = ",;\t"
MOST_LINES = 20  # of one row: more, and a quotation mark was never closed
LONGEST_CELL = 5000
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
DEFUSED = re.compile(r"(^|[;,|\t\r\n])'(?=[\s\x22]*[=+\-@＝＋－＠])|^'(?=[\t\r\n])")


class UnreadableError(Exception):
    """Nothing of this file can be brought in. `refusal` says why, and what to do."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, values)


@dataclass(frozen=True)
class Row:
    """What stands in one row, by the name of its column; or why it cannot be told."""

    line: int
    cells: Mapping[str, str]
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Row]


def text_of(data: bytes) -> str:
    """The letters of a file: UTF-8, or what its byte order mark says."""
    if data.startswith(WORKBOOKS):
        raise UnreadableError("is_workbook")
    coding = next((MARKS[mark] for mark in MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError("wrong_letters", line=line) from error
    if not text.strip():
        raise UnreadableError("is_empty")
    if "\0" in text:
        raise UnreadableError("wrong_letters", line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def table_of(text: str) -> Table:
    """Its columns and rows. Cells end at commas, semicolons or tabs, whichever the first line has most of."""
    first = re.sub(r'"[^"]*"', "", text.lstrip().partition("\n")[0])
    records = _records(text, max(DELIMITERS, key=first.count))
    line, columns, broken = next(records, (1, [], False))
    if broken or not any(columns):
        raise UnreadableError("no_heading", line=line)
    heads = [" ".join(one.split()) for one in columns]
    rows = [_row(line, heads, cells, broken=broken) for line, cells, broken in records if broken or any(cells)]
    return Table([one for one in heads if one], rows)


def chosen_columns(
    table: Table, guesses: Mapping[str, Sequence[str]], chosen: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Which column holds what: those that were `chosen`, the others by how they are called. "" leaves one out."""
    by_name = {_bare(one): one for one in reversed(table.columns)}
    found = {what: next((by_name[one] for one in names if one in by_name), "") for what, names in guesses.items()}
    for what, column in (chosen or {}).items():
        if what not in guesses:
            raise UnreadableError("no_such_field", field=what, fields=", ".join(guesses))
        if column and _bare(column) not in by_name:
            raise UnreadableError("no_such_column", column=column, columns=", ".join(table.columns))
        found[what] = by_name[_bare(column)] if column else ""
    return {what: column for what, column in found.items() if column}


def _bare(name: str) -> str:
    """As columns are compared: small letters and digits alone."""
    return re.sub(r"[\W_]+", "", folded(name))


def _row(line: int, heads: Sequence[str], cells: list[str], *, broken: bool) -> Row:
    if broken:
        return Row(line, {}, Refusal("broken_quotes"))
    if any(cells[len(heads) :]):
        return Row(line, {}, Refusal("too_many_cells", {"cells": len(cells), "columns": len(heads)}))
    if max(map(len, cells)) > LONGEST_CELL:
        return Row(line, {}, Refusal("too_long_a_cell", {"most": LONGEST_CELL}))
    pairs = [(head, _plain(cell)) for head, cell in zip(heads, cells, strict=False) if head]
    return Row(line, dict(reversed(pairs)))  # of two columns of one name the first counts


def _plain(cell: str) -> str:
    """Trimmed, and without the apostrophe by which our own tables keep a spreadsheet from reading a formula."""
    return DEFUSED.sub(r"\1", cell).strip()


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """Each record with the line it begins on, and whether its quotation marks go wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line, cells, broken = reader.line_num + 1, [""], False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise UnreadableError("quote_left_open", line=line) from error
            broken = True
        if reader.line_num - line > MOST_LINES:
            raise UnreadableError("quote_left_open", line=line)
        yield line, cells, broken
