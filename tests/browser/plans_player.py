"""A session of a plan in every state of its player. Without a timer it stands still to be looked at."""

from datetime import UTC, datetime

import sqlalchemy as sa
from playwright.sync_api import expect

from clinic.aftercare.models import CheckIn, PracticeLog
from clinic.work.models import WorkItem
from tests.browser.afterwards import plan
from tests.browser.past import written_to
from tests.browser.person import Person


def nothing_told(person: Person) -> None:
    """By whoever came before: after numbness, a red flag or much pain there is no session until they were rung."""
    with written_to(person.database) as clinic:
        clinic.execute(sa.delete(PracticeLog))
        asked = WorkItem.id.in_(sa.select(CheckIn.call_id))
        clinic.execute(sa.update(WorkItem).where(asked, WorkItem.done_at.is_(None)).values(done_at=datetime.now(UTC)))


def session(person: Person) -> None:
    """The list, with the way into the player."""
    plan(person)
    nothing_told(person)
    person.open(f"{person.page.url.partition('#')[0]}/session")
    expect(person.page.get_by_role("button", name="Start", exact=True)).to_be_visible()


def playing(person: Person) -> None:
    session(person)
    person.tap("checkbox", "No timer: I tap when I am ready")
    person.tap("button", "Start")
    expect(says(person)).to_contain_text("Get ready")


def says(person: Person):
    """What to do now."""
    return person.page.locator(".says")


def at_work(person: Person) -> None:
    playing(person)
    person.tap("button", "Next")
    expect(says(person)).to_contain_text("Keep going")


def resting(person: Person) -> None:
    at_work(person)
    while "Rest" not in says(person).inner_text():
        person.tap("button", "Next")


def switching(person: Person) -> None:
    """Or done, where an earlier state has the stretch held back."""
    at_work(person)
    while says(person).is_visible() and "Switch" not in says(person).inner_text():
        person.tap("button", "Next")


def paused(person: Person) -> None:
    session(person)
    person.tap("button", "Start")
    person.tap("button", "Pause")
    expect(says(person)).to_contain_text("Paused")


def when_to_stop(person: Person) -> None:
    at_work(person)
    person.tap("link", "New numbness or weakness?")
    expect(person.page.get_by_role("button", name="Back to the session")).to_be_visible()


def over(person: Person) -> None:
    at_work(person)
    while says(person).is_visible():
        person.tap("button", "Next")
    expect(person.page.get_by_role("heading", name="Well done")).to_be_focused()


STATES = {
    "a session": session,
    "a session, get ready": playing,
    "a session, at work": at_work,
    "a session, resting": resting,
    "a session, switching sides": switching,
    "a session, paused": paused,
    "a session, when to stop": when_to_stop,
    "a session, done": over,
}
TITLES = dict.fromkeys(STATES, "Your session")
