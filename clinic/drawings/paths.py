"""Outlines as SVG path data, in tenths of a unit and with y pointing down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clinic.drawings.geometry import Bend, Outline, Point, bends, counter_clockwise, open_bends


def shapes(outlines: Iterable[Outline]) -> str:
    """Closed shapes as one path. All turn the same way, so that where two overlap there is no hole."""
    return "".join(_bent(bends(counter_clockwise(outline))) + "z" for outline in outlines)


def line(outline: Outline) -> str:
    return _bent(open_bends(outline))


def swing(bend: Bend) -> str:
    return f"M{_pair(bend.start)}Q{_pair(bend.pull)} {_pair(bend.end)}"


def straight(*points: Point) -> str:
    return "M" + "L".join(_pair(point) for point in points)


def tenths(units: float) -> int:
    """The drawing's grid is a tenth of a unit, so that no number needs a decimal point."""
    return round(units * 10)


def _bent(curve: Sequence[Bend]) -> str:
    """In relative steps. After the first bend, SVG's t mirrors its pull: just where the next one lies."""
    first, *rest = curve
    opening = f"M{_pair(first.start)}q{_step(first.start, first.pull)} {_step(first.start, first.end)}"
    steps = " ".join(_step(bend.start, bend.end) for bend in rest)
    return f"{opening}t{steps}".replace(" -", "-")


def _step(here: Point, there: Point) -> str:
    return _pair(there.minus(here))


def _pair(point: Point) -> str:
    return f"{tenths(point.x)} {tenths(-point.y)}"
