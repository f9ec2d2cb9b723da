"""Tables for spreadsheets, in which nothing that somebody typed is ever taken for a formula."""

import csv
import re
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"  # by which a spreadsheet knows the letters
FORMULA = re.compile(r"(^|[;,|\t\r\n])(?=[\s\x22]*[=+\-@＝＋－＠])|^(?=[\t\r\n])")


def defused(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula, such as a phone number that begins with +;
    also after what it may take for the end of a cell, for some read semicolons as that, and behind quotes, which mean
    nothing to them there.
    """
    return FORMULA.sub(r"\1'", text)


def line(cells: Iterable[str | int]) -> str:
    """One line of the table, as RFC 4180 has it."""
    return str(csv.writer(_Written()).writerow([defused(one) if isinstance(one, str) else one for one in cells]))


class _Written:
    """A file that hands back each line as it is written."""

    def write(self, text: str) -> str:
        return text
