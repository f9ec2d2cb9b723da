"""What came of a file: counted, with every row that was left out and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from clinic.core.refusals import Refusal

EVERY = 500  # rows between two words of progress
Told = Callable[[int, int], None]  # so many rows done, of so many


@dataclass(frozen=True)
class Left:
    """A row that was not brought in: where it stands, whom it names, and why."""

    line: int
    what: str
    why: Refusal


@dataclass
class Report:
    """`made` and `joined` came in. `there`: were here already. `cancelled`: called off there, so not brought. `alike`:
    seem to be somebody who is known. `refused`: cannot be brought. `unknown`: names to map, by what they are.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    headings: Sequence[str] = ()
    read: int = 0
    made: int = 0
    joined: int = 0
    there: int = 0
    cancelled: int = 0
    alike: list[Left] = field(default_factory=list)
    refused: list[Left] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    first: list[Sequence[str]] = field(default_factory=list)

    @property
    def left(self) -> list[Left]:
        """All that was left out, in the order of the file."""
        return sorted([*self.alike, *self.refused], key=lambda one: one.line)


def silent(done: int, of: int) -> None:
    """For those who wait for the whole."""
