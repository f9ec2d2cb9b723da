"""Who works here, and signing in with two keys, in every state. A demo asks for no second factor before it is set up."""

from datetime import UTC, datetime
from itertools import count

from pyotp import TOTP

from tests.accounts import SECRET
from tests.browser.accounts import follow
from tests.browser.person import Person
from tests.browser.steps import signed_in

_numbers = count()


def at(path: str):
    def arrive(person: Person) -> None:
        signed_in(person, "Olu")
        person.open(path)

    return arrive


def invite_with_errors(person: Person) -> None:
    at("/clinic/staff/new")(person)
    person.tap("button", "Send the invitation")


def invited(person: Person) -> str:
    """Somebody with long names everywhere; their address."""
    email = f"{'i' * 50}{next(_numbers)}@{'d' * 60}.test"
    at("/clinic/staff/new")(person)
    person.type("Name", "Iris-Alexandra Featherstonehaugh-Brook")
    person.type("Email", email)
    person.page.get_by_label("Reception").check()
    person.tap("button", "Send the invitation")
    return email


def invitation(person: Person) -> str:
    email = invited(person)
    person.context.clear_cookies()
    follow(person, email, "/invitations/")
    return email


def invitation_with_errors(person: Person) -> None:
    invitation(person)
    person.type("New password", "short")
    person.tap("button", "Go on")


def second_key(person: Person) -> str:
    email = invitation(person)
    person.type("New password", SECRET)
    person.tap("button", "Go on")
    person.page.wait_for_url("**/today")
    person.open("/account/second-factor")
    return email


def second_key_with_errors(person: Person) -> None:
    second_key(person)
    person.type("The code your phone shows now", "000000")
    person.tap("button", "Confirm")


def recovery_codes(person: Person) -> str:
    email = second_key(person)
    phone = TOTP(person.page.locator(".secret").inner_text().replace(" ", ""))
    person.type("The code your phone shows now", phone.at(datetime.now(UTC)))
    person.tap("button", "Confirm")
    person.page.get_by_role("heading", name="Your recovery codes").wait_for()
    return email


def code(person: Person) -> None:
    email = recovery_codes(person)
    person.context.clear_cookies()
    person.open("/sign-in")
    person.type("Email", email)
    person.type("Password", SECRET)
    person.tap("button", "Sign in")
    person.page.wait_for_url("**/sign-in/code")


def code_with_errors(person: Person) -> None:
    code(person)
    person.type("Code", "000000")
    person.tap("button", "Sign in")


def account(person: Person) -> None:
    recovery_codes(person)
    person.open("/account")


def password_with_errors(person: Person) -> None:
    at("/account/password")(person)
    person.tap("button", "Change it")


TITLES = {
    "invite somebody with errors": "Error: Invite somebody",
    "somebody invited": "Iris-Alexandra",
    "an invitation": "Welcome",
    "an invitation with errors": "Error: Welcome",
    "second key with errors": "Error: Your second key",
    "code with errors": "Error: Your code",
    "password with errors": "Error: Change your password",
}
STATES = {
    "who works here": at("/clinic/staff"),
    "invite somebody": at("/clinic/staff/new"),
    "invite somebody with errors": invite_with_errors,
    "somebody invited": invited,
    "an invitation": invitation,
    "an invitation with errors": invitation_with_errors,
    "second key": second_key,
    "second key with errors": second_key_with_errors,
    "recovery codes": recovery_codes,
    "code": code,
    "code with errors": code_with_errors,
    "account": account,
    "password with errors": password_with_errors,
}
