"""A therapist's register: every credential with its latest check, and how it stands today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased, joinedload

from clinic.core.db import AnySession
from clinic.core.times import local
from clinic.people.models import Therapist
from clinic.places.models import Location
from clinic.qualifications.models import KINDS, Credential, Verification
from clinic.qualifications.rules import Check, Entered, Needs, state_of
from clinic.treatments.models import Treatment


@dataclass(frozen=True)
class Entry:
    """A credential, the latest check of it and its day if there is one, and how it stands today."""

    row: Credential
    check: Verification | None
    checked_on: date | None
    state: str
    today: date


def zone_of_clinic(session: AnySession) -> str:
    """Of the first location; UTC where there is none yet."""
    return session.scalar(select(Location.zone).order_by(Location.id).limit(1)) or "UTC"


def today_at(session: AnySession, now: datetime) -> date:
    """The day it is at the clinic."""
    return local(now, zone_of_clinic(session)).date()


def register_of(session: AnySession, therapist_id: int, now: datetime) -> list[Entry]:
    """All of a therapist's, by kind, the latest first. Two statements."""
    zone = zone_of_clinic(session)
    rows = session.execute(_entries().where(Credential.therapist_id == therapist_id)).all()
    return sorted((_entry(*row, now, zone) for row in rows), key=lambda one: KINDS.index(one.row.kind))


def entries_by_therapist(session: AnySession, now: datetime) -> dict[int, list[Entry]]:
    """Everybody's, for the owner's list. Two statements."""
    found: dict[int, list[Entry]] = {}
    zone = zone_of_clinic(session)
    for row in session.execute(_entries()):
        found.setdefault(row[0].therapist_id, []).append(_entry(*row, now, zone))
    return found


def entry(session: AnySession, credential_id: int, now: datetime) -> Entry | None:
    """One of them; None where there is none."""
    found = session.execute(_entries().where(Credential.id == credential_id)).one_or_none()
    return _entry(*found, now, zone_of_clinic(session)) if found else None


def _entry(row: Credential, check: Verification | None, now: datetime, zone: str) -> Entry:
    """With how it stands. A check that its holder made counts for nothing."""
    today, own = local(now, zone).date(), bool(check and check.by_id and check.by_id == row.therapist.account_id)
    entered = Entered(row.revision, row.starts_on, row.expires_on, row.put_away_at is not None)
    state = state_of(entered, Check(check.outcome, check.revision, own) if check else None, today)
    return Entry(row, check, local(check.at, zone).date() if check else None, state, today)


def all_therapists(session: AnySession) -> Sequence[Therapist]:
    """Everybody who has a register, those who are listed first."""
    return session.scalars(select(Therapist).order_by(Therapist.listed.desc(), Therapist.name, Therapist.id)).all()


def what_treatments_need(session: AnySession) -> list[tuple[str, Needs]]:
    """Each offered treatment's name and what it asks of whoever gives it, in the order of the home page."""
    query = select(Treatment).where(Treatment.offered).order_by(Treatment.position, Treatment.id)
    return [(one.name, Needs(one.least_level, one.activity, one.training)) for one in session.scalars(query)]


def _entries() -> Select[Credential, Verification | None]:
    other = aliased(Verification)
    latest = select(func.max(other.id)).where(other.credential_id == Credential.id).scalar_subquery()
    return (
        select(Credential, Verification)
        .outerjoin(Verification, and_(Verification.credential_id == Credential.id, Verification.id == latest))
        .options(joinedload(Credential.therapist), joinedload(Verification.by), joinedload(Verification.checker))
        .order_by(Credential.starts_on.desc(), Credential.id)
    )
