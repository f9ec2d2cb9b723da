"""A time is wanted by people on different ways: some tap it, some book it, some move there. And one appointment is
moved, confirmed and cancelled at once.
"""

from concurrent.futures import ThreadPoolExecutor

from tests.drills.clinic import SLUGS
from tests.drills.race import CROWD, WHO, Ending, at_once
from tests.drills.records import at_odds
from tests.drills.stranger import Stranger

WINDOWS = 12
LATER, EARLIER = 90, -60  # in minutes: where one appointment is moved to


def against_taps(port: int, start: int) -> Ending:
    """Half of them tap the time, half press "Book it". Whoever it is kept for books it then."""
    numbers = range(CROWD // 2)
    tapping = [Stranger(port, n).get("/treatments/massage/times") for n in numbers]
    booking = prepared(port, [(start, WHO)] * len(numbers))
    done = at_once([*(lambda one=one: one.tap(start, WHO) for one in tapping), *(one.book for one in booking)])
    won, refused = sum(one.status == 303 for one in done), sum(one.told_other_times for one in done)
    kept_for = [one for one in tapping if one.status == 303]
    lost = sum(one.prepare(start, WHO).book().status != 303 for one in kept_for)
    give_back(tapping + booking)
    return Ending(won - lost, refused, CROWD - won - refused + lost)


def against_moves(port: int, start: int) -> Ending:
    """Some have an appointment already, with another therapist, and move it there; the others book."""
    others = [slug for slug in SLUGS if slug != WHO]
    movers = prepared(port, [(start, slug) for slug in others])
    assert {one.book().status for one in movers} == {303}
    for one in movers:
        one.look_at_move(start, WHO)
    booking = prepared(port, [(start, WHO)] * (CROWD - len(movers)))
    done = at_once([*(one.send for one in movers), *(one.book for one in booking)])
    won, refused = sum(one.status == 303 for one in done), sum(one.told_other_times for one in done)
    give_back(movers + booking)
    return Ending(won, refused, CROWD - won - refused)


def changed_at_once(port: int, url: str, start: int, *, cancelled: bool) -> list[str]:
    """One appointment, its link open in many windows: some confirm, some move it to this time or that, and, where
    asked, some cancel. What is wrong with it afterwards.
    """
    client = Stranger(port, 0).prepare(start, WHO).book()
    windows = [Stranger(port, n, client.appointment) for n in range(WINDOWS)]
    looks = [
        lambda one: one.look_at_move(start + LATER, WHO),
        lambda one: one.look_at_move(start + EARLIER, WHO),
        lambda one: one.look_at("confirmation"),
        lambda one: one.look_at("cancellation" if cancelled else "confirmation"),
    ]
    for n, one in enumerate(windows):
        looks[n % len(looks)](one)
    done = at_once([one.send for one in windows])
    wrong = [f"answer {one.status}" for one in done if one.status not in {303, 409}]
    page = client.get(client.appointment).text
    if cancelled and "cancelled" not in page:
        wrong.append("not cancelled")
    wrong += at_odds(url)
    give_back([client])
    return wrong


def prepared(port: int, times: list[tuple[int, str]]) -> list[Stranger]:
    """Everybody on the check page of their time."""
    with ThreadPoolExecutor(len(times)) as crowd:
        ready = [crowd.submit(Stranger(port, n).prepare, *time) for n, time in enumerate(times)]
        return [one.result() for one in ready]


def give_back(strangers: list[Stranger]) -> None:
    """Whoever has an appointment cancels it: the time is there for the next round."""
    for one in strangers:
        if one.appointment:
            one.cancel()
