"""What therapists hold, as far as it has been verified."""

from collections import defaultdict

from sqlalchemy import func, select

from clinic.core.db import AnySession
from clinic.people.models import Therapist
from clinic.qualifications.models import Credential, Verification
from clinic.qualifications.rules import Held


def verified_by_therapist(session: AnySession) -> dict[int, tuple[Held, ...]]:
    """Each therapist's verified credentials. A check one made of oneself does not count."""
    latest = select(func.max(Verification.id).label("id")).group_by(Verification.credential_id).subquery()
    rows = session.scalars(
        select(Credential)
        .join(Verification, Verification.credential_id == Credential.id)
        .join(latest, latest.c.id == Verification.id)
        .join(Therapist, Therapist.id == Credential.therapist_id)
        .where(Verification.outcome == "verified", Therapist.account_id.is_distinct_from(Verification.by_id))
        .order_by(Credential.id),
    )
    held: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        held[row.therapist_id].append(_held(row))
    return {therapist_id: tuple(all_held) for therapist_id, all_held in held.items()}


def _held(row: Credential) -> Held:
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
    )
