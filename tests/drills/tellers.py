"""The server is killed while clients tell about their health by link. What was answered is there, and whole."""

import re
from collections.abc import Sequence

import sqlalchemy as sa

from clinic.booking.models import Appointment
from tests.drills.drafts import Time
from tests.drills.records import looking_into
from tests.drills.served import Served
from tests.drills.stranger import Stranger

PADDING = "a neighbour two doors down " * 10  # as long as answers are


class Teller(Stranger):
    """A client at the first page. Every save says a higher number, at the start of a name and at its end; what is kept
    is read by the therapist, for the link never shows it.
    """

    def __init__(self, port: int, client: Stranger, therapist: Stranger, record: str) -> None:
        super().__init__(port, 0)
        self.path, self.therapist, self.record = f"{client.appointment}/health/1", therapist, f"{record}/health/1"
        self.number = self.known = 0  # what was sent last, and what was answered last
        self.told = 0  # how many answers there were
        self.get(self.path)

    def save(self) -> int:
        """Send the page anew; 200 where it was taken, and the next page is what comes."""
        self.number += 1
        name = f"{self.number} {PADDING}{self.number}"
        self.post(self.path, **{**self.form, "born": "1990-05-04", "sex": "man", "ring_name": name, "accepted": "y"})
        taken = self.status == 303 and self.location != self.path
        self.known, self.told = (self.number, self.told + 1) if taken else (self.known, self.told)
        return 200 if taken else self.status

    def kept(self) -> int:
        """The number on the therapist's page; −1 where the name is not whole."""
        page = self.therapist.get(self.record)
        name = re.search(r'name="ring_name"[^>]* value="([^"]*)"', page.text)
        number = re.fullmatch(rf"(\d+) {PADDING}\1", name[1]) if page.status == 200 and name else None
        return int(number[1]) if number else -1


def tellers(clinic: Served, times: Sequence[Time]) -> list[Teller]:
    """Clients of Ana's who booked these times."""
    clients = [Stranger(clinic.port, n).prepare(*time).book() for n, time in enumerate(times)]
    ana = Stranger(clinic.port, 0).sign_in("ana")
    with looking_into(clinic.database_url) as database:
        found = dict(database.execute(sa.select(Appointment.booking_key, Appointment.client_id)).all())
    return [Teller(clinic.port, one, ana, f"/clients/{found[one.form['key']]}") for one in clients]
