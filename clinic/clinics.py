"""Making a real clinic: empty, with its first owner."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import list_currencies
from email_validator import EmailNotValidError, validate_email

from clinic.core import audit
from clinic.core.audit import SYSTEM
from clinic.core.db import AnySession
from clinic.people.models import Account
from clinic.people.operations import hash_password
from clinic.people.rules import LEAST, MOST, password_refusal
from clinic.places.models import Clinic, Location

NOWHERE = {"Factory", "localtime"}  # zones by name only: pages cannot say whose clock it is
LONGEST_NAME = 120  # of clinics, locations and accounts


class AnswerError(Exception):
    """An answer that cannot be used. Its text says which, and what would do."""


@dataclass(frozen=True)
class FirstAnswers:
    name: str
    location: str
    zone: str
    currency: str
    country: str
    owner: str
    email: str
    password: str


def set_up(session: AnySession, answers: FirstAnswers, *, now: datetime) -> None:
    """Make the clinic, its location and its owner. Raises AnswerError. The caller commits."""
    if session.get(Clinic, 1):
        raise AnswerError("There is a clinic already. To begin anew, choose an empty INSTANCE or DATABASE_URL.")
    email = _checked(answers)
    session.add(
        Clinic(
            id=1,
            name=answers.name,
            currency=answers.currency.upper(),
            country=answers.country.upper(),
            email=email,
        )
    )
    session.add(Location(name=answers.location, zone=answers.zone))
    owner = Account(name=answers.owner, email=email, role="owner", password_hash=hash_password(answers.password))
    session.add(owner)
    session.flush()
    audit.record(session, "clinic.set_up", "clinic:1", by=SYSTEM, now=now)


def _checked(answers: FirstAnswers) -> str:
    """The owner's email in lower case, once all answers make sense."""
    _check_lengths(answers)
    if answers.zone not in available_timezones() - NOWHERE:
        raise AnswerError(f"{answers.zone!r} is not a time zone. They look like Europe/London.")
    if answers.currency.upper() not in list_currencies():
        raise AnswerError(f"{answers.currency!r} is not a currency. They look like GBP.")
    if answers.country.upper() not in Locale("en").territories or len(answers.country) != 2:
        raise AnswerError(f"{answers.country!r} is not a country code. They look like GB.")
    if password_refusal(answers.password, email=answers.email):
        raise AnswerError(f"Choose a password of {LEAST} to {MOST} characters that is hard to guess.")
    try:
        return validate_email(answers.email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise AnswerError(f"{answers.email!r} is not an email address.") from error


def _check_lengths(answers: FirstAnswers) -> None:
    for name, value in vars(answers).items():
        if not value.strip():
            raise AnswerError(f"The {name} is empty.")
    for name in ("name", "location", "owner"):
        if len(getattr(answers, name)) > LONGEST_NAME:
            raise AnswerError(f"The {name} is longer than {LONGEST_NAME} characters.")
