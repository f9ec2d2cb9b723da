"""One table for what was measured: name, figure, goal, kept or not."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    figure: str
    goal: str
    kept: bool


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Lines that read well in a terminal, and as a table in Markdown."""
    cells = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(heads))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def figures_table(figures: Sequence[Figure]) -> str:
    rows = [[*astuple(one)[:3], "yes" if one.kept else "NO"] for one in figures]
    return table(("drill", "figure", "goal", "kept"), rows)
