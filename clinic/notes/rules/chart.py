"""The body chart of a note: how a place is treated, and how pain changes there within one visit. Pure."""

from clinic.notes.rules.content import NoteMark

TECHNIQUES = (
    "slow_pressure",
    "stretch_under_pressure",
    "kneading",
    "friction",
    "trigger_point",
    "muscle_energy",
    "mobilising",
    "other",
)
"""How a place is treated. The ids are final: they stand in signed notes."""

FIRMEST = 10
MOST_MINUTES = 240
MOST_PLACES = 48
TOGETHER = {"neck_and_shoulder": ("neck", "shoulder")}
"""What notes of version 1 called by one name, as the chart calls it."""


def on_chart(place: str) -> tuple[str, ...]:
    """The places of the chart that a note means by this one."""
    region, _, side = place.partition("/")
    return tuple(f"{one}/{side}" for one in TOGETHER.get(region, (region,)))


def change_of(mark: NoteMark) -> int | None:
    """How much less (below 0) or more it hurts at the end of a visit than on arrival; None where one was not asked."""
    return None if mark.before is None or mark.after is None else mark.after - mark.before
