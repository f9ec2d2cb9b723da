"""What the staff may do that clients may not. Pure.

Rules made for people who book alone (notice, horizon, the grid, packed days) are not asked at the desk. Others are
asked, and put aside where somebody says why. Time that is claimed, qualifications and the safety page never are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic.booking.rules.times import Shape, Span, Window, is_free
from clinic.core.refusals import Refusal

WITH_A_REASON = frozenset({
    "past",
    "outside_hours",
    "blocked",
    "rest_short",
    "most_a_day",
    "deep_enough",
    "releases_apart",
    "client_day_full",
    "assessment_first",
    "no_chaperone",
})  # fmt: skip
STEP, SHORTEST, LONGEST = 5, 10, 240  # minutes of a length at the desk
JUST_BEGUN = 15  # minutes: a walk-in is written down once they lie there


@dataclass(frozen=True)
class Taken:
    """What is in the way of one therapist or room: claims, which nothing moves, and blocks."""

    claims: Sequence[Span]
    blocks: Sequence[Span]


def length_is_sound(minutes: int) -> bool:
    return SHORTEST <= minutes <= LONGEST and minutes % STEP == 0


def desk_time_refusals(
    start: int, minutes: int, windows: Iterable[Window], *, now: int, absence: Mapping[str, str]
) -> list[Refusal]:
    """What the clock and the working hours say to the staff. `absence`: why nobody is there, for the sentence."""
    past = [Refusal("past")] if start < now - JUST_BEGUN else []
    inside = any(window.starts <= start and start + minutes <= window.ends for window in windows)
    return past if inside else [*past, Refusal("outside_hours", absence)]


def therapist_refusals(taken: Taken, start: int, shape: Shape) -> list[Refusal]:
    """Whether the therapist is free: for the treatment itself, with its rest, and without a block."""
    bare, whole = (start, start + shape.minutes), shape.of_therapist(start)
    if not is_free(taken.claims, bare):
        return [Refusal("therapist_taken")]
    short = [] if is_free(taken.claims, whole) else [Refusal("rest_short")]
    return short if is_free(taken.blocks, bare) else [*short, Refusal("blocked")]


def room_for(rooms: Mapping[int, Taken], start: int, shape: Shape) -> tuple[int | None, list[Refusal]]:
    """The room with least against it, by its resource, and what is against it. The order of `rooms` breaks ties."""
    bare, whole = (start, start + shape.minutes), shape.of_room(start)
    found: list[tuple[int, int, list[Refusal]]] = []
    for resource_id, taken in rooms.items():
        if is_free(taken.claims, bare):
            short = [] if is_free(taken.claims, whole) else [Refusal("rest_short")]
            blocked = [] if is_free(taken.blocks, bare) else [Refusal("blocked")]
            found.append((len(short) + 2 * len(blocked), resource_id, [*short, *blocked]))
    if not found:
        return None, [Refusal("no_room")]
    _, resource_id, against = min(found, key=lambda one: one[0])
    return resource_id, against


def split(refusals: Iterable[Refusal], reason: str) -> tuple[list[Refusal], list[str]]:
    """What stands, and the codes of what is put aside for this reason; without one, everything stands."""
    refusals = list(refusals)
    if not reason:
        return refusals, []
    stands = [one for one in refusals if one.code not in WITH_A_REASON]
    return stands, sorted({one.code for one in refusals} & WITH_A_REASON)
