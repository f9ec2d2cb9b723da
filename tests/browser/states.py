"""Every page in every state it can be in: how a person gets there."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser import (
    absences,
    accounts,
    afterwards,
    changes,
    checks,
    clients,
    desk,
    diary,
    education,
    figures,
    letters,
    library,
    note_measures,
    note_tools,
    office,
    own_exercises,
    paperwork,
    physical_tests,
    plans,
    registers,
    staff,
    tablet,
    therapists,
    told,
    waiting,
)
from tests.browser.afterwards import LONG
from tests.browser.person import Person
from tests.browser.served import until
from tests.browser.steps import answer, book_it, choose_a_time, fact, signed_in, tell

RELEASE, MASSAGE = "Psoas release", "Sports massage"
EMAIL = f"{'a' * 60}@{'b' * 60}.test"


def safety(person: Person) -> None:
    choose_a_time(person, RELEASE)


def answered(*ticks: str):
    def arrive(person: Person) -> None:
        safety(person)
        answer(person, *ticks)

    return arrive


def safety_with_errors(person: Person) -> None:
    safety(person)
    person.tap("button", "Continue")


def narrowed(person: Person) -> None:
    """With the form open in which that was asked."""
    person.open("/treatments/sports-massage/times?weekday=1&weekday=2&weekday=3&part=morning&gender=woman")
    person.page.get_by_text("Change what suits you").click()


def two_in_one_visit(person: Person) -> None:
    """With a chaperone, and with the form open in which both were asked."""
    person.open("/treatments/sports-massage/times?minutes=60&with=neck-and-shoulders-30&chaperone=yes")
    person.page.get_by_text("Change what suits you").click()
    person.page.get_by_label("With a chaperone").scroll_into_view_if_needed()


def no_pair(person: Person) -> None:
    person.open("/treatments/sports-massage/times?minutes=60&with=sports-massage-30")


def details(person: Person) -> None:
    choose_a_time(person, MASSAGE)


def details_with_errors(person: Person) -> None:
    details(person)
    tell(person, "", LONG)
    person.page.get_by_label("Phone").fill(LONG)
    person.page.get_by_label("A word to your therapist").fill(LONG)
    person.tap("button", "Continue")


def check(person: Person) -> None:
    details(person)
    tell(person, LONG, EMAIL)
    person.page.get_by_label("A word to your therapist").fill(LONG)
    person.tap("button", "Continue")


def taken(person: Person) -> None:
    check(person)
    late, person.page = person.page, person.new_page()
    person.open(late.url)
    tell(person, "Quick Umbrella", "quick@client.test")
    person.tap("button", "Continue")
    book_it(person)
    person.page = late
    person.tap("button", "Book it")


def already_booked(person: Person) -> None:
    """The same check page sent twice, the second time for somebody else."""
    check(person)
    person.page.evaluate("document.querySelector('form').target = '_blank'")
    with person.context.expect_page() as booked:
        person.tap("button", "Book it")
    booked.value.get_by_text("You're booked").wait_for()
    person.page.evaluate("document.querySelector('[name=email]').value = 'other@client.test'")
    with person.context.expect_page() as told:
        person.tap("button", "Book it")
    person.page = told.value


def appointment(person: Person) -> None:
    check(person)
    book_it(person)


def same_again(person: Person) -> None:
    appointment(person)
    person.tap("link", "Book the same again")
    person.tap_on(person.page.locator(".time").first)
    person.page.get_by_role("button", name="Book it").wait_for()


def same_release_again(person: Person) -> None:
    answered()(person)
    tell(person, LONG, EMAIL)
    person.tap("button", "Continue")
    book_it(person)
    person.tap("link", "Book the same again")
    person.tap_on(person.page.locator(".time").first)
    person.page.get_by_role("button", name="Nothing on this list has changed").wait_for()


def calendar_address(person: Person) -> None:
    appointment(person)
    person.tap("button", "Put my appointments into my calendar")


def confirmation(person: Person) -> None:
    appointment(person)
    person.open(f"{urlsplit(person.page.url).path}/confirmation")


def confirmed(person: Person) -> None:
    confirmation(person)
    person.tap("button", "I'm coming")


def lost_link(email: str):
    def arrive(person: Person) -> None:
        person.open("/lost-link")
        person.type("Email", email)
        person.tap("button", "Send it")

    return arrive


def cancellation(person: Person) -> None:
    appointment(person)
    person.tap("link", "Cancel it")


def cancelled(person: Person) -> None:
    cancellation(person)
    person.tap("button", "Yes, cancel it")


def sign_in_refused(person: Person) -> None:
    person.open("/sign-in")
    person.type("Email", "nobody@demo.test")
    person.type("Password", LONG)
    person.tap("button", "Sign in")


def full_day(person: Person, who: str | None = None) -> None:
    """The day of an appointment by somebody with a long name, before their therapist or somebody else."""
    choose_a_time(person, RELEASE)
    day = person.page.url.partition("slot=")[2][:8]
    answer(person)
    tell(person, LONG, EMAIL)
    person.page.get_by_label("A word to your therapist").fill(LONG)
    person.tap("button", "Continue")
    book_it(person)
    signed_in(person, who or fact(person, "With").split()[0])
    person.open(f"/today?on={day}")


def empty_day(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open("/today?on=2020-01-01")


def record_for_therapist(person: Person) -> None:
    full_day(person)
    person.tap_on(person.page.get_by_role("link", name=LONG).first)


def record_for_reception(person: Person) -> None:
    full_day(person, "Rosa")
    person.tap_on(person.page.get_by_role("link", name=LONG).first)


def after_booking(step):
    """On from the record of somebody who has just booked."""

    def arrive(person: Person) -> None:
        record_for_therapist(person)
        step(person)

    return arrive


def by_link(name: str):
    return lambda person: person.tap("link", name)


def card(person: Person) -> None:
    """Of somebody with a long name, from the day sheet."""
    full_day(person)
    person.page.get_by_role("link", name=re.compile(f"^Card.*{LONG}")).first.click()


def outbox(person: Person) -> None:
    """The worker drops the mail there within a second or so."""
    appointment(person)

    def has_come() -> bool:
        person.tap("link", "Read the mail")
        return person.page.get_by_role("article").count() > 0

    until(has_come)


def expired_form(person: Person) -> None:
    person.open("/sign-in")
    person.page.evaluate("document.querySelector('[name=csrf_token]').remove()")
    person.tap("button", "Sign in")


def at(path: str):
    return lambda person: person.open(path)


# How the title of a page begins that a tap leads to: until it is there, the page before it still is.
TITLES = {
    "safety": "Before we book",
    "safety with errors": "Error: Before we book",
    "emergency": "Get help now",
    "alternative": "Another treatment",
    "alternative with a call": "Another treatment",
    "doctor first": "Please see your doctor",
    "details": "Your details",
    "details with errors": "Error: Your details",
    "check": "Check your answers",
    "taken": "That time has gone",
    "already booked": "You have already booked",
    "appointment": "Your appointment",
    "confirmation": "Are you coming",
    "confirmed": "Your appointment",
    "lost link with errors": "Error: Send me my link",
    "link sent": "Look into your mail",
    "cancellation": "Cancel your appointment",
    "cancelled": "Your appointment",
    "sign-in refused": "Error: Sign in",
    "record for the therapist": LONG,
    "record for reception": LONG,
    "card": "Card of",
    "what stands": "What stands",
    "health history on the record": "Your health|Health history",
    "outbox": "Outbox",
    "expired form": "That did not work",
    "note": "Note for",
    "note with errors": "Error: Note for",
    "note behind another page": "Error: Note for",
    "note signed and amended": "Note for",
    "findings with errors": "Error: Injuries and conditions",
    "plan nobody asked for": "Plan for",
    "plan refused": "Error: Plan for",
    **accounts.TITLES,
    **changes.TITLES,
    **checks.TITLES,
    **clients.TITLES,
    **library.TITLES,
    **note_measures.TITLES,
    **note_tools.TITLES,
    **office.TITLES,
    **own_exercises.TITLES,
    **physical_tests.TITLES,
    **plans.TITLES,
    **registers.TITLES,
    **staff.TITLES,
    **therapists.TITLES,
    **told.TITLES,
    **waiting.TITLES,
}


def arrive(person: Person, state: str) -> None:
    """Get there, and wait until the page is."""
    STATES[state](person)
    if state in TITLES:
        expect(person.page).to_have_title(re.compile(f"^{TITLES[state]}"))
    person.page.wait_for_load_state()


STATES = {
    **note_measures.STATES,  # first: asked in the days before a visit alone, while there are times in the next days
    "home": at("/"),
    "home for half an hour": at("/?minutes=30"),
    "times": at("/treatments/pregnancy-massage/times"),
    "times, narrowed": narrowed,
    "times for two in one visit": two_in_one_visit,
    "times for what is no pair": no_pair,
    "times with nobody free": at("/treatments/psoas-release/times?therapist=ben-lightfoot"),
    "times after one that cannot be had": at("/treatments/pregnancy-massage/details?slot=20200101T1000Z.ana-driftwood"),
    "safety": safety,
    "safety with errors": safety_with_errors,
    "emergency": answered("numbness between"),
    "alternative": answered("blood thinner"),
    "alternative with a call": answered("Tummy pain, a lump"),
    "doctor first": answered("losing weight"),
    "details": details,
    "details with errors": details_with_errors,
    "check": check,
    "taken": taken,
    "already booked": already_booked,
    "appointment": appointment,
    "the same again": same_again,
    "the same release again": same_release_again,
    "address for a calendar": calendar_address,
    "confirmation": confirmation,
    "confirmed": confirmed,
    "lost link": at("/lost-link"),
    "lost link with errors": lost_link(LONG),
    "link sent": lost_link(EMAIL),
    "cancellation": cancellation,
    "cancelled": cancelled,
    "sign-in": at("/sign-in"),
    "sign-in refused": sign_in_refused,
    "day of a therapist": full_day,
    "day for reception": lambda person: full_day(person, "Rosa"),
    "empty day": empty_day,
    "record for the therapist": record_for_therapist,
    "record for reception": record_for_reception,
    "note": afterwards.note_to_sign,
    "note with errors": afterwards.note_with_errors,
    "note behind another page": afterwards.note_behind_another_page,
    "note signed and amended": afterwards.amended_note,
    "findings with errors": after_booking(afterwards.findings_with_errors),
    "plan nobody asked for": after_booking(afterwards.not_asked),
    "plan refused": after_booking(afterwards.plan_refused),
    "record with everything": afterwards.record_with_everything,
    "outbox": outbox,
    "not found": at("/nowhere"),
    "expired form": expired_form,
    "style guide": at("/styleguide"),
    **absences.STATES,
    **accounts.STATES,
    **clients.STATES,
    **changes.STATES,
    **checks.STATES,
    **desk.STATES,
    **diary.STATES,
    **education.STATES,
    **figures.STATES,
    **note_tools.STATES,
    **letters.STATES,
    **library.STATES,
    **office.STATES,
    **own_exercises.STATES,
    **physical_tests.STATES,
    **plans.STATES,
    **staff.STATES,
    **tablet.STATES,
    **told.STATES,
    **{name: after_booking(by_link(link)) for name, link in told.ON_THE_RECORD.items()},
    "card": card,
    **therapists.STATES,
    **paperwork.STATES,
    **registers.STATES,
    **waiting.STATES,
}
