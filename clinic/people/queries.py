"""Who somebody is."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, literal, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from clinic.core.audit import AuditLine
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.people import rules
from clinic.people.models import Account, Client, ClientAccount, RecoveryCode, Therapist

MOST_CANDIDATES = 200  # looked at one by one


def therapist_of(account: Account) -> Therapist | None:
    """The therapist who signs in with this account; None for reception and owners."""
    return account.therapist if account.role == "therapist" else None


def names_of(session: AnySession, actors: Iterable[str]) -> dict[str, str]:
    """The staff's names by actor, as the audit trail writes them: "account:3". Whoever else acted is left out."""
    kinds = (actor.partition(":") for actor in set(actors))
    ids = [int(account_id) for kind, _, account_id in kinds if kind == "account" and account_id.isdecimal()]
    found = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))) if ids else ()
    return {f"account:{account_id}": name for account_id, name in found}


def therapist_at_work(session: AnySession, therapist_id: int) -> Therapist | None:
    """This therapist, while they may sign in; None for whoever has left."""
    return session.scalar(AT_WORK, {"therapist_id": therapist_id})


def recovery_codes_left(session: AnySession, account_id: int) -> int:
    """How many of their recovery codes are still good."""
    unused = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def all_staff(session: AnySession) -> Sequence[Account]:
    """Everybody who works here or has, those who do first."""
    return session.scalars(select(Account).order_by(Account.active.desc(), Account.name, Account.id)).all()


def last_sign_ins(session: AnySession, account_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of them signed in last; who never did is left out."""
    subjects = {f"account:{one}": one for one in account_ids}
    latest = (
        select(AuditLine.subject, func.max(AuditLine.at))
        .where(AuditLine.subject.in_(list(subjects)), AuditLine.action == "account.signed_in")
        .group_by(AuditLine.subject)
    )
    return {subjects[subject]: at for subject, at in session.execute(latest)}


def live_invitations(session: AnySession, *, now: datetime) -> dict[int, datetime]:
    """Until when the invitations are good that nobody has taken up, by account."""
    live = select(Link.subject_id, Link.expires_at).where(
        Link.scope == "invitation", Link.revoked_at.is_(None), Link.expires_at > now
    )
    return {subject_id.int: until for subject_id, until in session.execute(live)}


def possible_supervisors(session: AnySession, trainee: Therapist) -> list[Therapist]:
    """The therapists who work here and may sign this one's notes as well, by name."""
    everybody = session.scalars(select(Therapist).options(joinedload(Therapist.account)).order_by(Therapist.name)).all()
    supervisors = {one.id: one.supervisor_id for one in everybody}
    return [
        one
        for one in everybody
        if one.account and one.account.active and one.account.role == "therapist"
        if rules.may_supervise(one.id, trainee.id, supervisors)
    ]


def therapists_without_account(session: AnySession) -> Sequence[Therapist]:
    theirs = select(Therapist).where(Therapist.account_id.is_(None)).order_by(Therapist.name, Therapist.id)
    return session.scalars(theirs).all()


def changes_of_account(session: AnySession, account_id: int, *, most: int = 10) -> Sequence[AuditLine]:
    """What was done to an account, the latest first."""
    lines = select(AuditLine).where(
        AuditLine.subject == f"account:{account_id}", AuditLine.action != "account.signed_in"
    )
    return session.scalars(lines.order_by(AuditLine.id.desc()).limit(most)).all()


def account_of_client(session: AnySession, client_id: UUID) -> ClientAccount | None:
    """A client's own account; None for most of them."""
    return session.scalar(ACCOUNT_OF_CLIENT, {"client_id": client_id})


def account_at(session: AnySession, email: str) -> ClientAccount | None:
    """The client account under this address, however it is typed."""
    return session.scalar(ACCOUNT_AT, {"email": email.lower()})


def account_in_the_way(session: AnySession, client_id: UUID, email: str) -> ClientAccount | None:
    """Why this client makes no account: they have one, or another of their bookings has it under the same address."""
    return session.scalar(ACCOUNT_IN_THE_WAY, {"client_id": client_id, "email": email.lower()})


def same_person(client_id: Any) -> Select[UUID]:
    """The ids of this client and of all who were merged into them, for a statement that asks for both."""
    return select(Client.id).where(or_(Client.id == client_id, Client.merged_into_id == client_id))


def find_clients(
    session: AnySession, text: str, limit: int = 8, *, among: ColumnElement[bool] | None = None
) -> list[Client]:
    """Clients whose name, email or phone has all these words, the likest first. Where they are few, one typo a word is
    forgiven, or two in a long one. Whoever was merged is found as the client they are now. `among` narrows it to some
    clients. Two statements at most.
    """
    words = rules.searched(text)
    if not words:
        return []
    narrowed = true() if among is None else among
    written = and_(narrowed, *(_has(word) for word in words))
    found = _likest(words, session.execute(_candidates(words, written)).all())
    if len(found) < limit and any(rules.typos_forgiven(word) for word in words):
        nearly = and_(narrowed, *(or_(_has(word), *map(_has, rules.pieces(word)), *_swapped(word)) for word in words))
        rest = session.execute(_candidates(words, nearly)).all()
        found = list(dict.fromkeys([*found, *_likest(words, rest)]))
    return found[:limit]


def likely_same(
    session: AnySession, client: Client, *, among: ColumnElement[bool] | None = None
) -> list[tuple[Client, list[str]]]:
    """Other clients who may be this same person, each with the signs of it; those with most of them first. `client`
    may be somebody who is not written down yet; `among` narrows it to some clients.
    """
    alike = [Client.search.startswith(f"{rules.folded(client.name)} ", autoescape=True)]
    if client.email:
        alike.append(Client.search.contains(rules.folded(client.email), autoescape=True))
    if client.phone:
        alike.append(Client.search.contains(rules.number(rules.folded(client.phone)), autoescape=True))
    narrowed = true() if among is None else among
    others = select(Client).where(Client.id != client.id, Client.merged_into_id.is_(None), or_(*alike), narrowed)
    found = [
        (one, rules.same_signs(client, one))
        for one in session.scalars(others.order_by(Client.created_at, Client.id).limit(MOST_CANDIDATES))
    ]
    return sorted(((one, signs) for one, signs in found if signs), key=lambda each: -len(each[1]))


def _candidates(words: Sequence[str], matching: ColumnElement[bool]) -> Select[Client, str]:
    """Each with the text that was searched, their own or that of whoever was merged into them. Those with most pairs of
    letters in common first, for there may be more than are looked at.
    """
    pairs = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
    alike = sum((case((_has(pair), 1), else_=0) for pair in sorted(pairs)), start=literal(0))
    return (
        select(Client, Found.search)
        .join(Found, Client.id == func.coalesce(Found.merged_into_id, Found.id))
        .where(matching)
        .order_by(alike.desc(), Found.search.startswith(words[0], autoescape=True).desc(), Client.name, Client.id)
        .limit(MOST_CANDIDATES)
    )


def _has(word: str) -> ColumnElement[bool]:
    return Found.search.contains(word, autoescape=True)


def _swapped(word: str) -> list[ColumnElement[bool]]:
    """Two letters swapped where the halves meet leave neither whole."""
    if not rules.typos_forgiven(word):
        return []
    middle = len(word) // 2
    swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return [_has(swapped)]


def _likest(words: Sequence[str], rows: Iterable[Row[Client, str]]) -> list[Client]:
    ranked = [(rules.likeness(words, search), client) for client, search in rows]
    alike = [(rank, client.name, client) for rank, client in ranked if rank is not None]
    return list(dict.fromkeys(client for *_, client in sorted(alike, key=lambda one: one[:2])))


Found = aliased(Client)
AT_WORK = select(Therapist).join(Account).where(Therapist.id == bindparam("therapist_id"), Account.active)
IS_CLIENTS, IS_AT = ClientAccount.client_id == bindparam("client_id"), ClientAccount.email == bindparam("email")
ACCOUNT_OF_CLIENT = select(ClientAccount).where(IS_CLIENTS)
ACCOUNT_AT = select(ClientAccount).where(IS_AT)
ACCOUNT_IN_THE_WAY = select(ClientAccount).where(or_(IS_CLIENTS, IS_AT)).limit(1)
