"""A line of the bench's table: what was measured, beside its floor and its goal."""

from dataclasses import dataclass

from bench.load import Answers, ask, get

HEADS = ("goal", "what", "database", "appointments", "figure", "floor", "share", "to reach", "kept")
SECONDS = 1.0


@dataclass(frozen=True)
class Line:
    goal: str
    what: str
    figure: str
    to_reach: str
    kept: bool
    floor: str = ""
    share: str = ""

    def row(self, kind: str, size: int) -> tuple[str, ...]:
        kept = "yes" if self.kept else "NO"
        return self.goal, self.what, kind, f"{size:,}", self.figure, self.floor, self.share, self.to_reach, kept


def against(goal: str, what: str, rate: float, base: float, least: float, words: str) -> Line:
    """A rate as a share of its floor."""
    share = f"1/{base / rate:.1f}"
    return Line(goal, what, f"{rate:.0f}/s", words, rate / base >= least, f"{base:.0f}/s", share)


def ok(answers: Answers, status: int) -> Answers:
    if set(answers.statuses) != {status}:
        raise RuntimeError(f"Wanted {status} only, got {dict(answers.statuses)}")
    return answers


def page_rate(port: int, paths: list[str], cookie: str = "") -> float:
    """Pages a second, with whoever's session."""
    return ok(ask(port, [get(port, path, cookie) for path in paths], seconds=SECONDS), 200).rate
