"""The waiting list in every state: joining it, what is offered, and who waits, for the staff."""

from itertools import count
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.accounts import follow
from tests.browser.afterwards import LONG
from tests.browser.person import Person
from tests.browser.steps import answer, choose_a_time, signed_in, tell

MASSAGE, RELEASE = "Sports massage", "Psoas release"
OFFER = "/offers/"
_numbers = count()


def form(person: Person) -> None:
    """As somebody comes to it who has narrowed the times."""
    person.open("/treatments/sports-massage/times?weekday=1&weekday=2&part=morning")
    person.tap("link", "Tell me when a time frees up")


def form_with_errors(person: Person) -> None:
    form(person)
    tell(person, "", LONG)
    person.page.get_by_label("Phone").fill(LONG)
    person.tap("button", "Join the waiting list")


def joined(person: Person, treatment: str = MASSAGE) -> str:
    """For any time of this treatment, under an address of their own, which is given back."""
    email = f"{'w' * 50}{next(_numbers)}@{'d' * 60}.test"
    if treatment == RELEASE:
        choose_a_time(person, RELEASE)
        answer(person)
        expect(person.page.get_by_text("Who is it for?")).to_be_visible()
    person.open(f"/treatments/{treatment.lower().replace(' ', '-')}/waiting-list")
    tell(person, LONG, email)
    person.tap("button", "Join the waiting list")
    expect(person.page).to_have_title(f"The waiting list - {CLINIC}")
    return email


def waiting(person: Person) -> None:
    """Narrowed to all that there is; nothing is free on Sundays before twelve for long."""
    person.open("/treatments/sports-massage/waiting-list")
    for group in ("With whom", "Which days suit you?", "Which part of the day?"):
        for box in person.page.get_by_role("group", name=group).get_by_role("checkbox").all():
            box.check()
    tell(person, LONG, f"{'w' * 50}{next(_numbers)}@{'d' * 60}.test")
    person.tap("button", "Join the waiting list")


def waiting_with_an_offer(person: Person) -> None:
    email = joined(person)
    entry = urlsplit(person.page.url).path
    nudge(person)
    follow(person, email, OFFER)
    person.open(entry)


def waits_no_more(person: Person) -> None:
    joined(person)
    person.tap("button", "Leave the waiting list")


def offered(person: Person, treatment: str = MASSAGE) -> None:
    email = joined(person, treatment)
    nudge(person)
    follow(person, email, OFFER)


def nudge(person: Person) -> None:
    """The worker looks anew when a time is taken, else once a minute."""
    other, person.page = person.page, person.new_page()
    choose_a_time(person, "Low back and hips")
    person.page.close()
    person.page = other


def offer_left(person: Person) -> None:
    offered(person)
    person.tap("button", "No, leave it")


def offer_taken(person: Person) -> None:
    offered(person)
    offer = person.page.url
    person.tap("button", "Yes, book it")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("You're booked")
    person.open(offer)


def who_waits(person: Person) -> None:
    waiting(person)
    signed_in(person, "Rosa")
    person.open("/today/waiting-list")


CLINIC = "Harbour Bodywork"
STATES = {
    "waiting list": form,
    "waiting list with errors": form_with_errors,
    "waiting": waiting,
    "waiting, with an offer": waiting_with_an_offer,
    "waits no more": waits_no_more,
    "offer": offered,
    "offer of a release": lambda person: offered(person, RELEASE),
    "offer left": offer_left,
    "offer taken": offer_taken,
    "who waits": who_waits,
}
TITLES = {
    "waiting list": "Tell me when",
    "waiting list with errors": "Error: Tell me when",
    "waiting": "The waiting list",
    "waiting, with an offer": "The waiting list",
    "waits no more": "The waiting list",
    "offer": "A time for you",
    "offer of a release": "A time for you",
    "offer left": "A time for you",
    "offer taken": "A time for you",
    "who waits": "Waiting list",
}
