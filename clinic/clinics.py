"""Making a real clinic: empty, with its first owner; and what is done with owners from its server alone."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import list_currencies
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select

from clinic.core import audit
from clinic.core.audit import SYSTEM
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.people.models import Account
from clinic.people.operations import hash_password, staff
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


def invite_owner(session: AnySession, name: str, email: str, *, now: datetime) -> Link:
    """Invite another owner, or once more one who has not come. Raises AnswerError. The caller commits."""
    address = _checked_email(email)
    if not name.strip() or len(name) > LONGEST_NAME:
        raise AnswerError(f"The name must have 1 to {LONGEST_NAME} characters.")
    invited = staff.invite(session, name=name.strip(), email=address, role="owner", now=now, by=SYSTEM)
    if invited:
        return staff.send_invitation(session, invited, now=now)
    known = account_at(session, address)
    if known.role != "owner" or known.password_hash:
        raise AnswerError(f"{address} has an account already.")
    return staff.invite_again(session, known, now=now, by=SYSTEM)


def close_account(session: AnySession, email: str, *, now: datetime) -> None:
    """End anybody's account, an owner's too; not the last owner's. Raises AnswerError. The caller commits."""
    account = account_at(session, email)
    owners = select(func.count()).where(Account.role == "owner", Account.active, Account.password_hash != "")
    if account.role == "owner" and account.password_hash and (session.scalar(owners) or 0) < 2:
        raise AnswerError("That is the last owner. Invite another first: flask invite-owner.")
    staff.set_active(session, account, active=False, now=now, by=SYSTEM)


def account_at(session: AnySession, email: str) -> Account:
    """Whoever works here under this address. Raises AnswerError."""
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if account is None:
        raise AnswerError(f"Nobody here has the address {email!r}.")
    return account


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
    return _checked_email(answers.email)


def _checked_email(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise AnswerError(f"{email!r} is not an email address.") from error


def _check_lengths(answers: FirstAnswers) -> None:
    for name, value in vars(answers).items():
        if not value.strip():
            raise AnswerError(f"The {name} is empty.")
    for name in ("name", "location", "owner"):
        if len(getattr(answers, name)) > LONGEST_NAME:
            raise AnswerError(f"The {name} is longer than {LONGEST_NAME} characters.")
