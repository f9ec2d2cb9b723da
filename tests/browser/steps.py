"""What people do on the way to an appointment, step by step."""

import re
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from playwright.sync_api import Locator, expect

from clinic.booking.models import Hold
from clinic.core.throttle import SignInTry
from clinic.demo.cast import PASSWORD
from tests.browser.person import Person

_cookies = {}


def choose_a_time(client: Person, treatment: str) -> None:
    """On the home page, the last of the three: the first might be too soon by the time it is booked."""
    client.open("/")
    heading = client.page.get_by_role("heading", name=treatment, exact=True)
    take(client, client.page.get_by_role("article").filter(has=heading).locator(".time").last)


def choose_a_later_time(client: Person, slug: str) -> None:
    """Days ahead, so that it can still be moved whatever the hour is."""
    client.open(f"/treatments/{slug}/times?from={(datetime.now(UTC) + timedelta(days=3)).date()}")
    take(client, client.page.locator(".time").first)


def take(client: Person, time: Locator) -> None:
    """Whoever waits for a time, and the other browsers of this run, may have been quicker: then others are shown."""
    client.tap_on(time)
    client.page.wait_for_url(re.compile("slot=|/holds"))
    if "/holds" in client.page.url:
        client.tap_on(client.page.locator(".time").last)
        client.page.wait_for_url(re.compile("slot="))


def answer(client: Person, *ticks: str) -> None:
    """The safety page: these lines, and "None of these" in the groups that have none of them."""
    for group in client.page.get_by_role("group").all():
        ticked = [box for line in ticks for box in group.get_by_role("checkbox", name=line).all()]
        for box in ticked or [group.get_by_role("checkbox", name="None of these")]:
            client.tap_on(box)
    client.tap("button", "Continue")


def tell(client: Person, name: str, email: str) -> None:
    client.type("Your name", name)
    client.type("Email", email)


def tell_where(client: Person, area: str, side: str, word: str) -> None:
    """What may stay empty."""
    client.page.get_by_label(area).check()
    client.page.get_by_label(side).check()
    client.page.get_by_label("A word to your therapist").fill(word)


def book_it(client: Person) -> None:
    """Booked, or kept until its therapist says yes."""
    client.tap("button", "Book it")
    expect(client.page.get_by_role("heading", level=1)).to_have_text(re.compile("^(You're booked|Your time is kept)$"))


def fact(client: Person, term: str) -> str:
    """What a page's summary says."""
    line = client.page.locator(".summary > div").filter(has=client.page.get_by_text(term, exact=True))
    return line.locator("dd").first.inner_text()


def in_words(at: datetime) -> str:
    """As the pages say it: Thursday 12 March, 10:30am."""
    time = "midday" if (at.hour, at.minute) == (12, 0) else f"{at:%-I:%M%p}".replace(":00", "").lower()
    return f"{at:%A} {at.day} {at:%B}, {time}"


def signed_in(person: Person, first_name: str) -> Person:
    """At their day sheet. Tries to sign in are counted, so the next browser of the same person is given the cookies."""
    if cookies := _cookies.get((person.url, first_name)):
        person.context.add_cookies(cookies)
        person.open("/today")
    else:
        sign_in(person, first_name)
        _cookies[person.url, first_name] = person.context.cookies()
    return person


def sign_in(person: Person, first_name: str) -> None:
    forget_tries(person.database)
    person.open("/sign-in")
    person.type("Email", f"{first_name.lower()}@demo.test")
    person.type("Password", PASSWORD)
    person.tap("button", "Sign in")
    person.page.wait_for_url("**/today")


def forget_holds(database: str) -> None:
    """One address may hold six times at once, and all browsers of the suite come from one."""
    engine = sa.create_engine(database)
    with engine.begin() as connection:
        connection.execute(sa.update(Hold).values(address_digest=None))
    engine.dispose()


def forget_tries(database: str) -> None:
    """All browsers of the suite come from one address, which may try twenty times an hour."""
    engine = sa.create_engine(database)
    with engine.begin() as connection:
        connection.execute(sa.delete(SignInTry))
    engine.dispose()
