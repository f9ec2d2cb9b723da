"""What therapists hold, as far as it has been verified."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select
from sqlalchemy.orm import joinedload

from clinic.core.db import AnySession
from clinic.people.models import Therapist
from clinic.qualifications.models import Credential, Verification
from clinic.qualifications.rules import Held, takes_over
from clinic.work.models import WorkItem


def verified_by_therapist(session: AnySession) -> dict[int, tuple[Held, ...]]:
    """Each therapist's verified credentials. A check one made of oneself does not count."""
    held: dict[int, list[Held]] = defaultdict(list)
    for row, meets_level in session.execute(_verified().add_columns(Verification.meets_level)):
        held[row.therapist_id].append(held_of(row, meets_level))
    return {therapist_id: tuple(all_held) for therapist_id, all_held in held.items()}


def lapsing(session: AnySession, first: date, last: date) -> Sequence[Credential]:
    """Verified credentials whose last good day is one of these, and whose renewal nobody was asked for yet."""
    asked = select(WorkItem.once).where(WorkItem.once.like("renewal/%"))
    once = literal("renewal/credential:", String) + cast(Credential.id, String)
    query = _verified().where(Credential.expires_on.between(first, last), once.not_in(asked))
    return session.scalars(query.options(joinedload(Credential.therapist))).all()


def ending(session: AnySession, first: date, last: date) -> Sequence[Credential]:
    """Verified credentials whose last good day is one of these."""
    query = _verified().where(Credential.expires_on.between(first, last))
    return session.scalars(query.options(joinedload(Credential.therapist))).all()


def ending_one(session: AnySession, credential_id: int, today: date) -> Credential | None:
    """This credential, while it is verified and good, ends some day, and no other takes over from it."""
    query = _verified().where(Credential.id == credential_id, Credential.expires_on >= today)
    return next(iter(not_taken_over(session, session.scalars(query).all())), None)


def not_taken_over(session: AnySession, found: Sequence[Credential]) -> list[Credential]:
    """Those of these that no other verified credential of their therapist takes over from."""
    held = verified_by_therapist(session) if found else {}
    return [one for one in found if not any(takes_over(other, held_of(one)) for other in held[one.therapist_id])]


def checks_due(session: AnySession, today: date) -> list[tuple[Credential, int]]:
    """Verified credentials whose next check was set for today or before, each with the id of its latest check."""
    due = _verified().add_columns(Verification.id).where(Verification.next_check_on <= today)
    return [(one, verification_id) for one, verification_id in session.execute(due)]


def held_of(row: Credential, meets_level: int | None = None) -> Held:
    """What the rules ask of a credential; `meets_level` is what its latest check says."""
    return Held(
        kind=row.kind,
        title=row.title,
        discipline=row.discipline,
        framework=row.framework,
        level=row.level,
        skill=row.skill,
        activities=frozenset(row.activities),
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        meets_level=meets_level,
    )


def _verified() -> Select[Any]:
    """The latest check decides, if it looked at the credential as it is now."""
    latest = select(func.max(Verification.id).label("id")).group_by(Verification.credential_id).subquery()
    return (
        select(Credential)
        .join(Verification, Verification.credential_id == Credential.id)
        .join(latest, latest.c.id == Verification.id)
        .join(Therapist, Therapist.id == Credential.therapist_id)
        .where(
            Verification.outcome == "verified",
            Verification.revision == Credential.revision,
            Credential.put_away_at.is_(None),
            Verification.checker_id.is_not(None) | Therapist.account_id.is_distinct_from(Verification.by_id),
        )
        .order_by(Credential.id)
    )
