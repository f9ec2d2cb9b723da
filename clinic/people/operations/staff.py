"""Who works here, and as what: invited, come, changed, gone. The caller commits and has asked `rules` who may."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.messages.operations import queue
from clinic.people.models import Account, Therapist
from clinic.people.rules import folded

INVITATION_LASTS = timedelta(days=7)
LONGEST_SLUG = 70


def invite(session: AnySession, *, name: str, email: str, role: str, now: datetime, by: Actor) -> Account | None:
    """An account that cannot sign in before its invitation is sent and taken up; None where the address has one."""
    session.execute(select(Account.id).order_by(Account.id).with_for_update(of=Account))  # of two at once, one waits
    if session.scalar(select(Account.id).where(Account.email == email.lower())):
        return None
    account = Account(email=email.lower(), name=name, role=role, password_hash="")
    session.add(account)
    session.flush()
    detail = {"role": ["none", role]}
    audit.record(session, "account.invited", f"account:{account.id}", by=by, now=now, detail=detail)
    return account


def send_invitation(session: AnySession, account: Account, *, now: datetime) -> Link:
    """Mail a link that is good for seven days and once; those of before open nothing any more."""
    _revoke_invitations(session, account, now=now)
    link = Link(scope="invitation", subject_id=UUID(int=account.id), expires_at=now + INVITATION_LASTS)
    session.add(link)
    session.flush()
    queue(session, "staff_invitation", link.id, due_at=now)
    return link


def invite_again(session: AnySession, account: Account, *, now: datetime, by: Actor) -> Link:
    """Another link for who has not come yet, also where the invitation was withdrawn."""
    account.active = True
    _list(account)
    audit.record(session, "account.invited_again", f"account:{account.id}", by=by, now=now)
    return send_invitation(session, account, now=now)


def withdraw_invitation(session: AnySession, account: Account, *, now: datetime, by: Actor) -> None:
    """The link opens nothing any more."""
    _revoke_invitations(session, account, now=now)
    account.active = False
    _list(account)
    audit.record(session, "account.invitation_withdrawn", f"account:{account.id}", by=by, now=now)


def join_staff(session: AnySession, account: Account, password_hash: str, *, now: datetime, by: Actor) -> None:
    """They have come, and chosen a password."""
    account.password_hash = password_hash
    audit.record(session, "account.joined", f"account:{account.id}", by=by, now=now)


def change_role(session: AnySession, account: Account, role: str, *, now: datetime, by: Actor) -> None:
    """What they may do from now on. Nothing changed is nothing done."""
    was = account.role
    if role != was:
        account.role = role
        account.sessions_version += 1
        _list(account)
        detail = {"role": [was, role]}
        audit.record(session, "account.role_changed", f"account:{account.id}", by=by, now=now, detail=detail)


def set_active(session: AnySession, account: Account, *, active: bool, now: datetime, by: Actor) -> None:
    """Whether they may sign in. What they wrote stays. Who may not is not offered to clients either."""
    if account.active != active:
        account.active = active
        account.sessions_version += 1
        _list(account)
        action, detail = "account.reactivated" if active else "account.deactivated", {"active": [not active, active]}
        audit.record(session, action, f"account:{account.id}", by=by, now=now, detail=detail)


def change_password(session: AnySession, account: Account, password_hash: str, *, now: datetime, by: Actor) -> None:
    """From now on only the new one opens it, and every session of before is at its end."""
    account.password_hash = password_hash
    account.sessions_version += 1
    audit.record(session, "account.password_changed", f"account:{account.id}", by=by, now=now)


def end_sessions(session: AnySession, account: Account, *, now: datetime, by: Actor) -> None:
    """Signed out on every device, at its next request."""
    account.sessions_version += 1
    audit.record(session, "account.signed_out_everywhere", f"account:{account.id}", by=by, now=now)


def tie_to_therapist(session: AnySession, account: Account, therapist_id: int | None = None) -> Therapist:
    """The therapist who signs in with this account: the one who has none yet, else one made anew."""
    therapist = session.get(Therapist, therapist_id) if therapist_id else None
    if therapist is None or therapist.account_id is not None:
        therapist = Therapist(name=account.name, slug=_free_slug(session, account.name))
        session.add(therapist)
    therapist.account_id, therapist.listed = account.id, True
    session.flush()
    return therapist


def _revoke_invitations(session: AnySession, account: Account, *, now: datetime) -> None:
    theirs = update(Link).where(
        Link.scope == "invitation", Link.subject_id == UUID(int=account.id), Link.revoked_at.is_(None)
    )
    session.execute(theirs.values(revoked_at=now))


def _list(account: Account) -> None:
    """Clients are offered times with who works here as a therapist, and with nobody else."""
    if account.therapist:
        account.therapist.listed = account.active and account.role == "therapist"


def _free_slug(session: AnySession, name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:LONGEST_SLUG] or "therapist"
    taken = set(session.scalars(select(Therapist.slug).where(Therapist.slug.startswith(plain, autoescape=True))))
    return next(slug for slug in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
