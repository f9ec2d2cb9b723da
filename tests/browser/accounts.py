"""Clients with an account of their own: how they come by it, and its pages."""

import re
from itertools import count

from tests.accounts import ACCOUNT, SECRET, SIGN_IN
from tests.browser.afterwards import LONG
from tests.browser.person import Person
from tests.browser.served import until
from tests.browser.steps import book_it, choose_a_time, tell

MASSAGE = "Sports massage"
_numbers, _made = count(), {}


def offered(person: Person) -> str:
    """Booked under an address of their own, which is given back, and asked about an account."""
    email = f"{'c' * 50}{next(_numbers)}@{'d' * 60}.test"
    choose_a_time(person, MASSAGE)
    tell(person, LONG, email)
    person.tap("button", "Continue")
    book_it(person)
    person.tap("link", "Keep your appointments together: make an account")
    return email


def asked(person: Person) -> str:
    email = offered(person)
    person.tap("button", "Send me the link")
    return email


def new_account(person: Person) -> str:
    email = asked(person)
    follow(person, email, ACCOUNT)
    return email


def new_account_with_errors(person: Person) -> None:
    new_account(person)
    person.type("New password", "short")
    person.tap("button", "Make my account")


def signed_in(person: Person) -> None:
    """Once at each clinic; the next browser is given the cookies."""
    if person.url not in _made:
        email = new_account(person)
        person.type("New password", SECRET)
        person.tap("checkbox", "I have read the privacy notice and accept it")
        person.tap("button", "Make my account")
        person.page.wait_for_url("**/my")
        _made[person.url] = email, person.context.cookies()
    person.context.add_cookies(_made[person.url][1])
    person.open("/my")


def my(page: str):
    def arrive(person: Person) -> None:
        signed_in(person)
        person.open(f"/my/{page}")

    return arrive


def details_with_errors(person: Person) -> None:
    my("details")(person)
    person.page.get_by_label("Your name").fill("")
    person.page.get_by_label("Phone").fill(LONG)
    person.tap("button", "Save")


def password_with_errors(person: Person) -> None:
    my("password")(person)
    person.tap("button", "Change it")


def by_mail(person: Person) -> None:
    """The page with the one button."""
    signed_in(person)
    email = _made[person.url][0]
    person.context.clear_cookies()
    person.open("/my/sign-in-link")
    person.type("Email", email)
    person.tap("button", "Send me the link")
    follow(person, email, SIGN_IN)


def deleted(person: Person) -> None:
    """One of their own: the other states go on using theirs."""
    new_account(person)
    person.type("New password", SECRET)
    person.tap("checkbox", "I have read the privacy notice and accept it")
    person.tap("button", "Make my account")
    person.page.wait_for_url("**/my")
    person.open("/my/deletion")
    person.tap("button", "Yes, delete it")


def signed_in_by_mail(person: Person) -> None:
    by_mail(person)
    person.tap("button", "Sign in")


def link_to_sign_in_with_errors(person: Person) -> None:
    person.open("/my/sign-in-link")
    person.tap("button", "Send me the link")


def sign_in_refused(person: Person) -> None:
    person.open("/my/sign-in")
    person.type("Email", "nobody@client.test")
    person.type("Password", LONG)
    person.tap("button", "Sign in")


def follow(person: Person, email: str, way: str) -> None:
    """The link in the mail that came; the worker puts it there within a second or so."""
    found = []

    def has_come() -> bool:
        person.open("/outbox")
        mails = person.page.get_by_role("article").filter(has_text=email).all()
        found[:] = [link for mail in mails for link in re.findall(rf"{way}[\w.-]+", mail.inner_text())]
        return bool(found)

    until(has_come)
    person.open(found[0])


STATES = {
    "account offered": offered,
    "look into your mail": asked,
    "new account": new_account,
    "new account with errors": new_account_with_errors,
    "my appointments": signed_in,
    "my plan": my("plan"),
    "my answers": my("answers"),
    "my details": my("details"),
    "my details with errors": details_with_errors,
    "my record's looks": my("record-views"),
    "my password with errors": password_with_errors,
    "my deletion": my("deletion"),
    "a client's sign-in refused": sign_in_refused,
    "a link to sign in": lambda person: person.open("/my/sign-in-link"),
    "a link to sign in with errors": link_to_sign_in_with_errors,
    "a mailed link to sign in": by_mail,
    "a link to sign in that is over": lambda person: person.open(f"{SIGN_IN}none"),
    "a link to an account that is over": lambda person: person.open(f"{ACCOUNT}none"),
    "my appointments, by a link": signed_in_by_mail,
    "my account deleted": deleted,
}
TITLES = {
    "account offered": "Make an account",
    "look into your mail": "Look into your mail",
    "new account": "Choose a password",
    "new account with errors": "Error: Choose a password",
    "my appointments": "My appointments",
    "my plan": "My home plan",
    "my answers": "What I told you",
    "my details": "My details",
    "my details with errors": "Error: My details",
    "my record's looks": "Who looked",
    "my password with errors": "Error: Change my password",
    "my deletion": "Delete my account",
    "a client's sign-in refused": "Error: Sign in",
    "a link to sign in": "A link to sign in",
    "a link to sign in with errors": "Error: A link to sign in",
    "a mailed link to sign in": "Sign in",
    "a link to sign in that is over": "This link has been used, or is too old",
    "a link to an account that is over": "This link has been used, or is too old",
    "my appointments, by a link": "My appointments",
    "my account deleted": "Your account is deleted",
}
