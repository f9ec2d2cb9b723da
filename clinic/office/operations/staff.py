"""Taking somebody on, over the account and the diary that therapists need. The caller commits."""

from datetime import datetime

from clinic.booking.models import Resource
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.people.models import Account, Therapist
from clinic.people.operations import staff


def invite(
    session: AnySession, *, name: str, email: str, role: str, therapist_id: int | None, now: datetime, by: Actor
) -> Account | None:
    """An invitation, and for a therapist their place in the diary: that of one who has no account yet, or a new one.
    None where the address has an account already.
    """
    account = staff.invite(session, name=name, email=email, role=role, now=now, by=by)
    if account and role == "therapist":
        _give_diary(session, account, therapist_id)
    return account


def change_role(session: AnySession, account: Account, role: str, *, now: datetime, by: Actor) -> None:
    """What they may do from now on; whoever becomes a therapist has a place in the diary."""
    staff.change_role(session, account, role, now=now, by=by)
    if role == "therapist" and account.therapist is None:
        _give_diary(session, account)


def _give_diary(session: AnySession, account: Account, therapist_id: int | None = None) -> Therapist:
    therapist = staff.tie_to_therapist(session, account, therapist_id)
    if therapist_id is None or therapist.id != therapist_id:
        session.add(Resource(therapist_id=therapist.id))
        session.flush()
    return therapist
