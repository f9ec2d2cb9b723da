"""Free practice, its papers and news by mail, in every state."""

from tests.browser.office import at
from tests.browser.person import Person

PAPERS = "/clinic/handouts"


def paper_with_errors(person: Person) -> None:
    at(f"{PAPERS}/new")(person)
    person.tap("button", "Add this paper")


def news_with_errors(person: Person) -> None:
    person.open("/practice")
    person.tap("button", "Send me the link to confirm it")


def news_asked(person: Person) -> None:
    person.open("/practice")
    person.type("Email", f"{'n' * 60}@{'b' * 50}.example")
    person.tap("checkbox", "Send me news by mail now and then")
    person.tap("button", "Send me the link to confirm it")


TITLES = {
    "free practice": "A rest for your back",
    "papers for everybody": "Papers for everybody",
    "a paper with errors": "Error: Add a paper",
    "asking for news with errors": "Error: News from us by mail",
    "news asked for": "Look into your mail",
}
STATES = {
    "free practice": lambda person: person.open("/practice"),
    "papers for everybody": at(PAPERS),
    "a paper to add": at(f"{PAPERS}/new"),
    "a paper with errors": paper_with_errors,
    "asking for news with errors": news_with_errors,
    "news asked for": news_asked,
}
