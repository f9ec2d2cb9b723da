"""Who somebody is."""

from clinic.people.models import Account, Therapist


def therapist_of(account: Account) -> Therapist | None:
    """The therapist who signs in with this account; None for reception and owners."""
    return account.therapist if account.role == "therapist" else None
