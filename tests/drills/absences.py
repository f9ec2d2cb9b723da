"""The desk takes a time away, by time off, a closed day or a block, at the moment at which everybody else books it."""

from dataclasses import dataclass

import sqlalchemy as sa

from clinic.core.audit import AuditLine
from clinic.core.times import address_of, instant_of, local
from tests.drills.clinic import ZONE
from tests.drills.contests import give_back, prepared
from tests.drills.race import CROWD, WHO, at_once
from tests.drills.records import at_odds, looking_into
from tests.drills.stranger import Stranger


@dataclass(frozen=True)
class Way:
    """One way to take a time away: the page with its form, where that is sent, and how it is undone."""

    form: str
    sent_to: str
    made: str  # as the audit trail says it
    undone: str


WAYS = (
    Way("/clinic/time-off/new?therapist={who}&on={on}", "/clinic/time-off", "time_off.made", "removal"),
    Way("/clinic/closures", "/clinic/closures", "closure.made", "removal"),
    Way("/diary/blocks/new?therapist={who}&at={at}&minutes=60", "/diary/blocks", "block.made", "deletion"),
)


def taken_away(port: int, url: str, start: int, cookie: str, way: Way) -> list[str]:
    """What is wrong: it is taken away whatever happens, one booking at most was there before, and none comes after."""
    desk, before = _at_the_desk(port, start, cookie, way), _last_line(url)
    booking = prepared(port, [(start, WHO)] * (CROWD - 1))
    done = at_once([desk.send, *(one.book for one in booking)])
    wrong = [f"answer {one.status}" for one in done[1:] if one.status != 303 and not one.told_other_times]
    booked = sum(one.status == 303 for one in booking)
    lines = _since(url, before, ("appointment.booked", way.made))
    if desk.status != 303 or lines != ["appointment.booked"] * booked + [way.made] or booked > 1:
        wrong.append(f"{way.made}: answer {desk.status}, {booked} booked, {lines}")
    wrong += at_odds(url)
    give_back(booking)
    made = desk.location
    desk.get(made).post(f"{made}/{way.undone}", csrf_token=desk.form["csrf_token"])
    return wrong


def _at_the_desk(port: int, start: int, cookie: str, way: Way) -> Stranger:
    """The form, filled in, as far as its button."""
    one, at = Stranger(port, 0), instant_of(start)
    one.cookie, on = cookie, f"{local(at, ZONE):%Y-%m-%d}"
    one.get(way.form.format(who=WHO, on=on, at=address_of(at)))
    one.form |= {"first_day": on, "last_day": on, "kind": "meeting"}
    one.page = way.sent_to
    return one


def _last_line(url: str) -> int:
    with looking_into(url) as database:
        return database.scalar(sa.select(sa.func.max(AuditLine.id))) or 0


def _since(url: str, line: int, actions: tuple[str, ...]) -> list[str]:
    """These of the trail, in order: what was committed earlier stands earlier, for all of them wait for one lock."""
    lines = sa.select(AuditLine.action).where(AuditLine.id > line, AuditLine.action.in_(actions))
    with looking_into(url) as database:
        return list(database.scalars(lines.order_by(AuditLine.id)))
