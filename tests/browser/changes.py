"""What becomes of an appointment, in every state: moved, booked again, approved, over; and treatments that begin otherwise."""

from itertools import count
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.afterwards import LONG
from tests.browser.past import let_pass, ruled, treatment_id
from tests.browser.person import Person
from tests.browser.steps import book_it, choose_a_later_time, choose_a_time, fact, signed_in, tell

MASSAGE, CHECKED = "Sports massage", "walking-check"
EMAIL = f"{'m' * 60}@{'d' * 60}.test"
_days = count(400)  # so long ago nobody was booked


def checked(person: Person, treatment: str = MASSAGE) -> None:
    choose_a_time(person, treatment)
    told(person)


def told(person: Person) -> None:
    tell(person, LONG, EMAIL)
    person.tap("button", "Continue")


def booked(person: Person, treatment: str = MASSAGE) -> str:
    """The address of their appointment."""
    checked(person, treatment)
    book_it(person)
    return urlsplit(person.page.url).path


def times_to_move_to(person: Person) -> None:
    choose_a_later_time(person, "sports-massage")
    told(person)
    book_it(person)
    person.tap("link", "Move it")


def move(person: Person) -> None:
    times_to_move_to(person)
    person.tap_on(person.page.locator(".time").first)


def moved(person: Person) -> None:
    move(person)
    person.tap("button", "Yes, move it")


def over(person: Person, page: str = "") -> None:
    """What its link shows when it is long past."""
    way = booked(person)
    let_pass(person.database, fact(person, "Reference"), days=next(_days))
    person.open(way + page)


def no_calendar_address(person: Person) -> None:
    booked(person)
    person.tap("button", "Put my appointments into my calendar")
    person.tap("button", "Stop this address")


def not_offered_again(person: Person) -> None:
    way = booked(person)
    with ruled(person.database, "sports-massage", offered=False):
        person.open(f"{way}/again")


def the_same_again_taken(person: Person) -> None:
    """Two tabs on the same time."""
    person.open(f"{booked(person)}/again")
    person.tap_on(person.page.locator(".time").last)
    person.page.get_by_role("button", name="Book it").wait_for()
    late, person.page = person.page, person.new_page()
    person.open(late.url)
    book_it(person)
    person.page = late
    person.tap("button", "Book it")


def assessment_first(page: str):
    """The walking check begins with a first visit for a while."""

    def arrive(person: Person) -> None:
        first = treatment_id(person.database, "first-visit")
        with ruled(person.database, CHECKED, assessment_id=first, assessment_months=6):
            person.open(f"/treatments/{CHECKED}/{page}")

    return arrive


def assessment_booked(person: Person) -> None:
    first = treatment_id(person.database, "first-visit")
    with ruled(person.database, CHECKED, assessment_id=first, assessment_months=6):
        booked(person, "First visit: assessment and massage")


def to_be_approved(step):
    """Sports massage asks for its therapist's yes for a while."""

    def arrive(person: Person) -> None:
        with ruled(person.database, "sports-massage", needs_approval=True):
            step(person)

    return arrive


def day_with_something_to_approve(person: Person) -> None:
    booked(person)
    signed_in(person, fact(person, "With").split()[0])
    expect(person.page.get_by_text("Say yes or no").first).to_be_visible()


STATES = {
    "times to move to": times_to_move_to,
    "move": move,
    "moved": moved,
    "move refused": lambda person: over(person, "/move"),
    "appointment that is over": over,
    "cancellation refused": lambda person: over(person, "/cancellation"),
    "confirmation refused": lambda person: over(person, "/confirmation"),
    "no address for a calendar": no_calendar_address,
    "not offered again": not_offered_again,
    "the same again, taken": the_same_again_taken,
    "assessment first": assessment_first("assessment"),
    "times after an assessment": assessment_first("times"),
    "assessment booked": assessment_booked,
    "check of what is to be approved": to_be_approved(checked),
    "appointment to be approved": to_be_approved(booked),
    "day with something to approve": to_be_approved(day_with_something_to_approve),
}
TITLES = {
    "times to move to": "Choose a time",
    "move": "Move your appointment",
    "moved": "Your appointment",
    "move refused": "Move your appointment",
    "appointment that is over": "Your appointment",
    "cancellation refused": "Cancel your appointment",
    "confirmation refused": "Are you coming",
    "no address for a calendar": "Your appointments in your calendar",
    "not offered again": "The same again",
    "the same again, taken": "That time has gone",
    "assessment first": "An assessment comes first",
    "times after an assessment": "Choose a time",
    "assessment booked": "Your appointment",
    "check of what is to be approved": "Check your answers",
    "appointment to be approved": "Your appointment",
}
