"""Who somebody is."""

from uuid import UUID

from sqlalchemy import bindparam, or_, select

from clinic.core.db import AnySession
from clinic.people.models import Account, ClientAccount, Therapist


def therapist_of(account: Account) -> Therapist | None:
    """The therapist who signs in with this account; None for reception and owners."""
    return account.therapist if account.role == "therapist" else None


def therapist_at_work(session: AnySession, therapist_id: int) -> Therapist | None:
    """This therapist, while they may sign in; None for whoever has left."""
    return session.scalar(AT_WORK, {"therapist_id": therapist_id})


def account_of_client(session: AnySession, client_id: UUID) -> ClientAccount | None:
    """A client's own account; None for most of them."""
    return session.scalar(ACCOUNT_OF_CLIENT, {"client_id": client_id})


def account_at(session: AnySession, email: str) -> ClientAccount | None:
    """The client account under this address, however it is typed."""
    return session.scalar(ACCOUNT_AT, {"email": email.lower()})


def account_in_the_way(session: AnySession, client_id: UUID, email: str) -> ClientAccount | None:
    """Why this client makes no account: they have one, or another of their bookings has it under the same address."""
    return session.scalar(ACCOUNT_IN_THE_WAY, {"client_id": client_id, "email": email.lower()})


AT_WORK = select(Therapist).join(Account).where(Therapist.id == bindparam("therapist_id"), Account.active)
IS_CLIENTS, IS_AT = ClientAccount.client_id == bindparam("client_id"), ClientAccount.email == bindparam("email")
ACCOUNT_OF_CLIENT = select(ClientAccount).where(IS_CLIENTS)
ACCOUNT_AT = select(ClientAccount).where(IS_AT)
ACCOUNT_IN_THE_WAY = select(ClientAccount).where(or_(IS_CLIENTS, IS_AT)).limit(1)
