"""When a client means to practise, in every state."""

from tests.browser import afterwards
from tests.browser.person import Person


def times(person: Person) -> None:
    afterwards.plan(person)
    person.open(f"{person.page.url}/reminders")


def with_errors(person: Person) -> None:
    times(person)
    for box in person.page.get_by_role("checkbox").all():
        box.uncheck()
    person.page.get_by_label("At what time?").fill("")
    person.tap("button", "Save my times")


def chosen(person: Person) -> None:
    times(person)
    person.tap("button", "Save my times")


TITLES = {
    "times to practise": "When will you do it?",
    "times to practise with errors": "Error: When will you do it?",
    "times to practise, chosen": "When will you do it?",
}
STATES = {
    "times to practise": times,
    "times to practise with errors": with_errors,
    "times to practise, chosen": chosen,
}
