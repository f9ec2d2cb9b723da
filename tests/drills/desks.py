"""Two appointments lie open at many desks, and all move them at once: to one time, or to times that overlap."""

import sqlalchemy as sa

from clinic.core.times import instant_of, local
from clinic.people.models import Therapist
from tests.drills.clinic import SLUGS, ZONE
from tests.drills.race import WHO, at_once
from tests.drills.records import appointment_ids, at_odds, looking_into, moves, overlaps
from tests.drills.stranger import Stranger

DESKS = 12
LATER = 120  # minutes


def moved_at_the_desks(port: int, url: str, start: int, cookie: str, *, apart: bool) -> list[str]:
    """Half of the desks move the one, half the other: all to one time of one therapist or, `apart`, to times that
    overlap; `cookie` is reception's. What is wrong: each page showed the first version, and the time is there once, so one desk wins.
    """
    clients = [Stranger(port, 0).prepare(start, slug).book() for slug in SLUGS[1:3]]
    ids, before = appointment_ids(url, [one.form["key"] for one in clients]), moves(url)
    to = {"therapist": _therapist(url), "room": "0"}
    times = [start + LATER + (5 * n if apart else 0) for n in range(DESKS)]
    desks = [_desk(port, cookie, ids[n % 2], time, to) for n, time in enumerate(times)]
    done = at_once([one.send for one in desks])
    wrong = [f"answer {one.status}" for one in done if one.status not in {303, 409}]
    won, moved = sum(one.status == 303 for one in done), moves(url) - before
    wrong += [f"{won} won, {moved} moved"] * ((won, moved) != (1, 1))
    wrong += [*at_odds(url), *["overlaps"] * (overlaps(url) > 0)]
    for one in clients:
        one.cancel()
    return wrong


def _therapist(url: str) -> str:
    with looking_into(url) as database:
        return str(database.scalar(sa.select(Therapist.id).where(Therapist.slug == WHO)))


def _desk(port: int, cookie: str, appointment_id: str, start: int, to: dict[str, str]) -> Stranger:
    """The appointment's own page at the desk, filled in, as far as its button."""
    one, at = Stranger(port, 0), local(instant_of(start), ZONE)
    one.cookie = cookie
    one.get(f"/diary/appointments/{appointment_id}")
    one.form |= {**to, "on": f"{at:%Y-%m-%d}", "at": f"{at:%H:%M}", "minutes": "60"}
    one.page = f"/diary/appointments/{appointment_id}/time"
    return one
