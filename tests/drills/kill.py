"""The server is killed while it books. Whoever was told "booked" is booked; nobody is booked by half."""

import http.client
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import time
from queue import Queue
from random import Random

from clinic.core.times import wall_minute
from tests.drills.clinic import SLUGS, ZONE
from tests.drills.race import weekdays
from tests.drills.served import Served
from tests.drills.stranger import Stranger

CLIENTS = 8
TIMES = [time(9), time(10, 15), time(11, 30), time(12, 45), time(14), time(15, 15)]


@dataclass
class Aftermath:
    """What the strangers were told, before and after."""

    keys: set[str] = field(default_factory=set)
    tokens: list[str] = field(default_factory=list)
    surprises: list[int] = field(default_factory=list)


def distinct_times() -> list[tuple[int, str]]:
    """Times that nobody else wants: an hour and the rest after it, of every therapist, the furthest day first."""
    return [(wall_minute(day, at, ZONE), slug) for day in reversed(weekdays()) for at in TIMES for slug in SLUGS]


def kill_while_booking(clinic: Served, *, kills: int, bookings: int, chance: Random) -> Aftermath:
    """Everybody books in the end: who got no answer presses "Book it" again, as people do."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        ready = [
            clients.submit(Stranger(clinic.port, n).prepare, *time)
            for n, time in enumerate(distinct_times()[:bookings])
        ]
        waiting = deque(one.result() for one in ready)
    told, share = Aftermath(), bookings // kills
    for _ in range(kills):
        _book(clinic, waiting, told, until=chance.randint(1, share - CLIENTS))
        clinic.start()
    _book(clinic, waiting, told, until=None)
    return told


def _book(clinic: Served, waiting: deque, told: Aftermath, *, until: int | None) -> None:
    """All clients book on; after so many answers the server is killed, or, with None, when nobody waits."""
    answers = Queue()
    with ThreadPoolExecutor(CLIENTS) as clients:
        for _ in range(CLIENTS):
            clients.submit(_client, waiting, answers)
        if until:
            for _ in range(until):
                _note(answers.get(timeout=60), told)
            clinic.kill()
    while not answers.empty():
        _note(answers.get(), told)


def _client(waiting: deque, answers: Queue) -> None:
    while waiting:
        try:
            one = waiting.popleft()
        except IndexError:
            return
        key = one.form["key"]
        try:
            one.book()
        except (OSError, http.client.HTTPException):
            waiting.append(one)
            return
        answers.put((key, one))


def _note(answer: tuple[str, Stranger], told: Aftermath) -> None:
    key, one = answer
    if one.status == 303:
        told.keys.add(key)
        told.tokens.append(one.location.rpartition("/")[2])
    else:
        told.surprises.append(one.status)
