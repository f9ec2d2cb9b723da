"""A stranger at a browser, over real HTTP: a cookie of their own, and no redirect followed."""

import http.client
import re
from datetime import timedelta
from urllib.parse import urlencode

from clinic.core import clock
from clinic.core.times import address_of, instant_of
from tests.cast import PASSWORD, PHONE
from tests.visitor import fields_of

SLOT = re.compile(r"\d{8}T\d{4}Z\.[a-z-]+")


class Stranger:
    """Books a massage of an hour: as far as the check page with `prepare`, then `book`."""

    def __init__(self, port: int, number: int, appointment: str = "") -> None:
        self.port, self.cookie = port, ""
        self.appointment, self.page = appointment, ""  # the address of theirs, and of the page they look at
        self.word = f"word number {number} of this stranger"
        self.form = {}

    def prepare(self, start: int, slug: str) -> "Stranger":
        """Choose a time (minutes since 1970) and therapist, type details, and stop at "Book it"."""
        address = f"/treatments/massage/details?minutes=60&slot={address_of(instant_of(start))}.{slug}"
        typed = {"name": "Clara Teacup", "email": "clara@client.test", "word": self.word}
        self.get(address)
        self.post(address, **typed, csrf_token=self.form["csrf_token"])
        assert self.form.get("key"), f"no check page for {address}: {self.status}"
        return self

    def book(self) -> "Stranger":
        """Press "Book it". The answer is in `status`, `text` and `location`."""
        self.post("/appointments", **self.form)
        if self.status == 303:
            self.appointment = self.location
        return self

    def tap(self, start: int, slug: str) -> "Stranger":
        """Choose a time, to be kept."""
        return self.post("/holds", treatment="massage", minutes="60", slot=f"{address_of(instant_of(start))}.{slug}")

    def look_at(self, page: str) -> "Stranger":
        """One of the pages of their appointment, as far as its button."""
        self.page = f"{self.appointment}/{page}"
        return self.get(self.page)

    def look_at_move(self, start: int, slug: str) -> "Stranger":
        self.look_at(f"move?slot={address_of(instant_of(start))}.{slug}")
        self.page = f"{self.appointment}/move"
        return self

    def send(self) -> "Stranger":
        """Press the button of that page."""
        return self.post(self.page, **self.form)

    def cancel(self) -> "Stranger":
        return self.look_at("cancellation").send()

    def sign_in(self, name: str) -> "Stranger":
        """As one of the staff, by the first code of their phone that nobody has used yet."""
        self.get("/sign-in")
        self.post("/sign-in", **{**self.form, "email": f"{name}@clinic.test", "password": PASSWORD})
        for ahead in (-1, 0, 1):
            self.get("/sign-in/code").post(
                "/sign-in/code", **{**self.form, "code": PHONE.at(clock.now() + timedelta(seconds=30 * ahead))}
            )
            if self.status == 303:
                return self
        raise AssertionError(f"{name} could not sign in: {self.status}")

    @property
    def told_other_times(self) -> bool:
        """409, and three other times at least."""
        return self.status == 409 and len(set(SLOT.findall(self.text))) >= 3

    @property
    def refused_politely(self) -> bool:
        """409, everything typed still there, and three other times to tap."""
        return self.status == 409 and self.word in self.text and self.text.count('name="slot"') == 3

    def get(self, path: str) -> "Stranger":
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> "Stranger":
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None = None) -> "Stranger":
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, self.headers)
            answer = connection.getresponse()
            self.status, self.location, self.text = answer.status, answer.headers["Location"], answer.read().decode()
        finally:
            connection.close()
        if given := answer.headers["Set-Cookie"]:
            self.cookie = given.partition(";")[0]
        self.form = fields_of(self.text) or self.form
        return self

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
