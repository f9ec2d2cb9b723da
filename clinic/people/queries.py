"""Who somebody is."""

from sqlalchemy import select

from clinic.core.db import AnySession
from clinic.people.models import Account, Therapist


def therapist_of(session: AnySession, account: Account) -> Therapist | None:
    """The therapist who signs in with this account; None for reception and owners."""
    if account.role != "therapist":
        return None
    return session.scalar(select(Therapist).where(Therapist.account_id == account.id))
