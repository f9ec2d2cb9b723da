"""When somebody is asked how they are, what their answers mean, and how often it did not come back. Pure."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from clinic.core.times import instant_of, local, wall_minute

EMERGENCY = ("numb_between_legs", "bladder_or_bowel", "both_legs_weak")  # do not wait
DOCTOR_TODAY = ("one_leg_weak", "since_a_fall", "fever")
COMPARED = ("better", "same", "worse")
NEW = ("sore_settled", "sore_lasts", "bruise", "numb")
BACK = ("no", "now_and_then", "yes")
TOLD_BACK = "back"  # the kind that a client tells of by themselves

ASKED_UNTIL = timedelta(hours=72)
GRACE = timedelta(days=1)
LINK_LASTS = timedelta(days=14)
FROM, UNTIL = time(9), time(20)  # when a mail about somebody's body may come, on the clinic's wall
FEWEST = 5  # answers that are shown as a figure


@dataclass(frozen=True)
class HowTheyAre:
    """What a client answered; what is empty was left out. `flags`: of EMERGENCY and DOCTOR_TODAY. `pain`: 0 to 10."""

    flags: tuple[str, ...] = ()
    pain: int | None = None
    compared: str = ""
    new: tuple[str, ...] = ()
    back: str = ""
    word: str = ""


@dataclass(frozen=True)
class NeverBack:
    """Of so many who answered when their plan was looked at again, for how many the pain has not come back."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.of)


def needs_help(told: HowTheyAre) -> bool:
    """True where somebody is shown at once what to do: a red flag, or new numbness."""
    return bool(told.flags) or "numb" in told.new


def answered_again(before: HowTheyAre, told: HowTheyAre) -> HowTheyAre:
    """The last answer counts; red flags and numbness that were told stay, for somebody rings about them."""
    flags = tuple(one for one in (*EMERGENCY, *DOCTOR_TODAY) if one in before.flags or one in told.flags)
    new = tuple(one for one in NEW if one in told.new or (one == "numb" and one in before.new))
    return replace(told, flags=flags, new=new)


def is_alarming(told: HowTheyAre, *, red_from: int) -> bool:
    """True where their therapist should ring. `red_from`: the pain of 10 from which the clinic does."""
    return needs_help(told) or told.compared == "worse" or (told.pain is not None and told.pain >= red_from)


def wait_for_call(calls: Iterable[HowTheyAre | None], *, red_from: int) -> bool:
    """True where no exercise is offered until the therapist has rung. `calls`: what each call that was not made yet is
    about; None for practice. That it is back, with nothing alarming, leaves the gentle part.
    """
    return any(told is None or is_alarming(told, red_from=red_from) for told in calls)


def decent(at: datetime, zone: str) -> datetime:
    """The next moment at which a mail does not wake anybody: now, or at nine in the morning."""
    wall = local(at, zone)
    if FROM <= wall.time() < UNTIL:
        return at
    day = wall.date() if wall.time() < FROM else wall.date() + timedelta(days=1)
    return instant_of(wall_minute(day, FROM, zone))


def last_told(told: Iterable[tuple[Hashable, str, str]]) -> list[str]:
    """Of each client who answered at a review, whether it came back, by what they told last. `told`: of each answer the
    client, its kind and what it says of that, the first first; whoever tells "It's back" afterwards says yes by that.
    """
    last: dict[Hashable, str] = {}
    for client, kind, back in told:
        if kind != TOLD_BACK:
            last[client] = back
        elif client in last:
            last[client] = "yes"
    return list(last.values())


def never_back(answers: Sequence[str]) -> NeverBack | None:
    """Of these answers whether it came back; None where they are too few to say."""
    told = [one for one in answers if one in BACK]
    return NeverBack(told.count("no"), len(told)) if len(told) >= FEWEST else None
