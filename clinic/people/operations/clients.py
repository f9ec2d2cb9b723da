"""Clients' own accounts, and what the clinic calls them. The caller commits."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.messages.operations import queue
from clinic.people.models import Client, ClientAccount

LINK_LASTS = timedelta(hours=1)
BETWEEN_LINKS = timedelta(minutes=5)


def mail_link(session: AnySession, scope: str, client_id: UUID, *, now: datetime) -> None:
    """Mail a client a link to "sign_in" or to make an "account": good for an hour, and once.

    Within five minutes of the last one there is no other: nobody's letter box is to be filled by somebody else.
    """
    latest = select(Link.id).where(
        Link.scope == scope,
        Link.subject_id == client_id,
        Link.revoked_at.is_(None),
        Link.expires_at > now + LINK_LASTS - BETWEEN_LINKS,
    )
    if session.scalar(latest.limit(1)):
        return
    link = Link(scope=scope, subject_id=client_id, expires_at=now + LINK_LASTS)
    session.add(link)
    session.flush()
    queue(session, f"client_{scope}", link.id, due_at=now)


def use_link(session: AnySession, scope: str, client_id: UUID, *, now: datetime) -> bool:
    """Spend a client's links of this scope. False where another request was quicker."""
    live = update(Link).where(Link.scope == scope, Link.subject_id == client_id, Link.revoked_at.is_(None))
    spent = session.execute(live.values(revoked_at=now).returning(Link.id)).all()
    return bool(spent)


def make_client_account(
    session: AnySession, client: Client, password_hash: str, *, now: datetime, by: Actor
) -> ClientAccount:
    """A client's own account, under the address their link came to."""
    account = ClientAccount(
        client_id=client.id, email=client.email.lower(), password_hash=password_hash, made_at=now, sessions_version=1
    )
    session.add(account)
    audit.record(session, "client_account.made", f"client:{client.id}", by=by, now=now)
    session.flush()
    return account


def change_client_password(
    session: AnySession, account: ClientAccount, password_hash: str, *, now: datetime, by: Actor
) -> None:
    """From now on only the new one opens it, and every session of before is at its end."""
    account.password_hash = password_hash
    account.sessions_version += 1
    audit.record(session, "client_account.password_changed", f"client:{account.client_id}", by=by, now=now)


def delete_client_account(session: AnySession, account: ClientAccount, *, now: datetime, by: Actor) -> None:
    """No more signing in. The client, and what the clinic keeps of them, stays."""
    audit.record(session, "client_account.deleted", f"client:{account.client_id}", by=by, now=now)
    session.delete(account)


def change_contact(
    session: AnySession,
    client: Client,
    *,
    name: str,
    phone: str,
    email: str | None = None,
    now: datetime,
    by: Actor,
) -> None:
    """What the clinic calls them, where it rings, and where it writes; without `email` that stays. Nothing changed is
    nothing done. The trail tells which were given before and after, and never what they were.
    """
    was = {"name": client.name, "phone": client.phone, "email": client.email}
    wanted = {"name": name, "phone": phone, "email": client.email if email is None else email}
    changed = [each for each in wanted if wanted[each] != was[each]]
    if changed:
        client.name, client.phone, client.email = wanted.values()
        detail = {each: _change(was[each], wanted[each]) for each in changed}
        audit.record(session, "client.contact_changed", f"client:{client.id}", by=by, now=now, detail=detail)


def change_desk_note(session: AnySession, client: Client, text: str, *, now: datetime, by: Actor) -> None:
    """What the desk should know: what to do, never why. Nothing changed is nothing done."""
    was = client.desk_note or ""
    if text != was:
        client.desk_note = text
        detail = {"desk_note": _change(was, text)}
        audit.record(session, "client.desk_note_changed", f"client:{client.id}", by=by, now=now, detail=detail)


def _change(was: str, wanted: str) -> list[str]:
    """Before and after, as codes: none, given, another."""
    return ["given" if was else "none", ("another" if was else "given") if wanted else "none"]
