"""How somebody is: asked by a mail, by phone, and told because it is back."""

import re
from datetime import UTC, datetime, time

import sqlalchemy as sa
from playwright.sync_api import expect

from clinic.aftercare.models import CheckIn
from clinic.messages.models import OutgoingMessage
from tests.browser.afterwards import plan, signed_note
from tests.browser.past import let_pass, written_to
from tests.browser.person import Person
from tests.browser.served import until
from tests.browser.steps import answer, book_it, choose_a_time, fact, tell

DAYS_AGO, NIGHT = 3, time(1, tzinfo=UTC)
FLAG, LATER_FLAG = "numb between your legs", "your back hurts since a fall"
_links: dict[str, str] = {}


def asked(person: Person) -> None:
    """Tess had a release some days ago. The mail does not wait for the morning here."""
    if person.url not in _links:
        choose_a_time(person, "Psoas release")
        answer(person)
        tell(person, "Tess Lantern", "tess@client.test")
        person.tap("button", "Continue")
        book_it(person)
        let_pass(person.database, fact(person, "Reference"), days=DAYS_AGO, at=NIGHT)
        until(lambda: _has_come(person))
        _links[person.url] = re.search(r"/check-ins/[\w.-]+", person.page.content())[0]
    person.open(_links[person.url])


def _has_come(person: Person) -> bool:
    waits = OutgoingMessage.occasion == "how_are_you", OutgoingMessage.sent_at.is_(None)
    with written_to(person.database) as session:
        session.execute(sa.update(OutgoingMessage).where(*waits).values(due_at=datetime.now(UTC)))
    person.open("/outbox")
    return "/check-ins/" in person.page.content()


def with_errors(person: Person) -> None:
    asked(person)
    person.page.get_by_role("radio", name="Worse").check()
    person.page.get_by_role("button", name="Send", exact=True).click()


def flagged(person: Person) -> None:
    """What to do stands there before anything is sent."""
    asked(person)
    person.page.get_by_label(FLAG).check()
    expect(person.page.get_by_text("Do not wait for us.")).to_be_visible()


def help_now(person: Person) -> None:
    flagged(person)
    person.page.get_by_role("button", name="Send this now").first.click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("What to do now")


def thanked(person: Person) -> None:
    asked(person)
    person.page.get_by_label("None of these").check()
    person.page.get_by_role("button", name="Send", exact=True).click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Thank you")


def it_is_back(person: Person) -> None:
    plan(person)
    person.tap("link", "It's back")


def it_is_back_with_errors(person: Person) -> None:
    it_is_back(person)
    person.tap("button", "It's back")


def returned(person: Person) -> None:
    """What stands on the page stays there; for the states after this one it is not back."""
    it_is_back(person)
    person.page.get_by_label("None of these").check()
    person.tap("button", "It's back")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Back to calm for now")
    _forget(person)


def calm_again(person: Person) -> None:
    it_is_back(person)
    person.page.get_by_label("None of these").check()
    person.tap("button", "It's back")
    person.tap("link", "Open your plan")
    expect(person.page.get_by_text("will look at it")).to_be_visible()
    _forget(person)


def _forget(person: Person) -> None:
    with written_to(person.database) as session:
        session.execute(sa.delete(CheckIn).where(CheckIn.kind == "back"))


def aloud(person: Person) -> None:
    signed_note(person)
    person.tap("link", "The whole record")
    person.tap("link", "Take down how they are")


def aloud_with_errors(person: Person) -> None:
    aloud(person)
    person.tap("button", "Keep it")


def told_aloud(person: Person) -> None:
    """A red flag, by phone."""
    aloud(person)
    person.page.get_by_label(LATER_FLAG).check()
    person.page.get_by_role("button", name="Keep it").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Tell them now")


STATES = {
    "how are you": asked,
    "how are you, with errors": with_errors,
    "how are you, a red flag ticked": flagged,
    "how are you, what to do now": help_now,
    "how are you, thanked": thanked,
    "it's back": it_is_back,
    "it's back, with errors": it_is_back_with_errors,
    "back to calm": returned,
    "plan, calm again": calm_again,
    "how are they": aloud,
    "how are they, with errors": aloud_with_errors,
    "how are they, a red flag": told_aloud,
}
TITLES = {
    "how are you": "How are you?",
    "how are you, with errors": "Error: How are you?",
    "it's back, with errors": "Error: It's back?",
    "how are they, with errors": "Error: How is",
}
