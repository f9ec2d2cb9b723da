"""What is still missing before anybody can book a first time. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

INSURANCE = frozenset({"insurance_missing", "insurance_lapsed"})


@dataclass(frozen=True)
class Person:
    """A listed therapist: for each treatment what they lack for it today, as codes; and whether they have hours."""

    lacks: Sequence[Collection[str]]
    has_hours: bool


@dataclass(frozen=True)
class Step:
    code: str
    done: bool


def first_steps(
    *, phone: bool, locations: int, rooms: int, treatments: int, people: Sequence[Person], lacks_checker: bool = False
) -> list[Step]:
    """In the order in which they are best done. All done: the first time can be booked. `locations` are those with an
    address; `rooms` those in use that are fit for a treatment, or any while there is no treatment yet. Whose papers
    nobody may check is told first: nothing of theirs is ever offered before somebody else has looked.
    """
    qualified = [one for one in people if any(set(codes) <= INSURANCE for codes in one.lacks)]
    insured = [one for one in qualified if any(not codes for codes in one.lacks)]
    ready = insured or qualified or people
    done = {
        "phone": phone,
        "location": locations > 0,
        "room": rooms > 0,
        "treatment": treatments > 0,
        "therapist": bool(people),
        "qualification": bool(qualified),
        "insurance": bool(insured),
        "hours": any(one.has_hours for one in ready),
    }
    first = [Step("checker", done=False)] if lacks_checker else []
    return first + [Step(code, is_done) for code, is_done in done.items()]
