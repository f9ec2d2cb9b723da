"""The server is killed while notes are typed. What was answered "saved" is there, and whole."""

import http.client
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from random import Random

from tests.drills.records import appointment_ids
from tests.drills.served import Served
from tests.drills.stranger import Stranger

Time = tuple[int, str]
PADDING = "front of the right hip, since long drives " * 40  # as long as notes are


class Writer(Stranger):
    """A therapist at one note. Every save says a higher number, at the start of its text and at the end."""

    def __init__(self, port: int, cookie: str, note_id: str) -> None:
        super().__init__(port, 0)
        self.cookie, self.note_id, self.path = cookie, note_id, f"/notes/{note_id}"
        self.number = self.known = 0  # what was sent last, and what was answered "saved" last
        self.told = 0  # how many answers said "saved"
        self.get(self.path)

    @property
    def headers(self) -> dict[str, str]:
        return {**super().headers, "Accept": "application/json"}

    def save(self) -> int:
        """As the script does while somebody types; the answer's status."""
        self.number += 1
        self.post(f"{self.path}/draft", **{**self.form, "subjective": f"{self.number} {PADDING}{self.number}"})
        if self.status == 200:
            self.known, self.told = self.number, self.told + 1
        return self.status

    def kept(self) -> int:
        """The number on the page, opened anew; −1 where the text is not whole."""
        page = self.get(self.path)
        text = re.search(r'<textarea[^>]* name="subjective"[^>]*>\s*(.*?)</textarea>', page.text, re.DOTALL)
        number = re.fullmatch(rf"(\d+) {PADDING}\1", text[1]) if page.status == 200 and text else None
        return int(number[1]) if number else -1


def writers(clinic: Served, times: Sequence[Time]) -> list[Writer]:
    """Ana, signed in once, with the notes of clients who booked these times before her."""
    clients = [Stranger(clinic.port, n).prepare(*time).book() for n, time in enumerate(times)]
    assert {one.status for one in clients} == {303}
    ana = Stranger(clinic.port, 0).sign_in("ana")
    ids = appointment_ids(clinic.database_url, [one.form["key"] for one in clients])
    return [Writer(clinic.port, ana.cookie, note_id) for note_id in ids]


def kill_while_writing(clinic: Served, notes: Sequence[Writer], *, kills: int, chance: Random) -> list[str]:
    """All write on until the server is killed; the notes that are then behind what was answered, or not whole."""
    wrong = []
    for _ in range(kills):
        wrong += _write_until_killed(clinic, notes, answers=chance.randint(1, 60))
        clinic.start()
        for note in notes:
            kept = note.kept()
            if not note.known <= kept <= note.number:
                wrong.append("half-written" if kept < 0 else f"{note.known} answered, {kept} kept")
    return wrong


def _write_until_killed(clinic: Served, notes: Sequence[Writer], *, answers: int) -> list[str]:
    statuses = Queue()
    with ThreadPoolExecutor(len(notes)) as pool:
        for note in notes:
            pool.submit(_write_on, note, statuses)
        found = [statuses.get(timeout=60) for _ in range(answers)]
        clinic.kill()
    return [f"answer {status}" for status in [*found, *statuses.queue] if status != 200]


def _write_on(note: Writer, statuses: Queue) -> None:
    try:
        while True:
            statuses.put(note.save())
    except (OSError, http.client.HTTPException):
        return
