"""Entering a credential, changing it, putting it away. Nobody books with its therapist meanwhile."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.people.models import Therapist
from clinic.people.operations import lock_therapist
from clinic.qualifications.models import Credential, Verification
from clinic.qualifications.operations.asking import ask_again, ask_for_check, no_longer_to_check, subject_of


def enter(
    session: AnySession, therapist: Therapist, kind: str, values: dict[str, Any], *, now: datetime, by: Actor
) -> Credential:
    """A new one, which waits to be checked. The trail names its fields and never what stands in them."""
    lock_therapist(session, therapist.id)
    made = Credential(therapist_id=therapist.id, kind=kind, revision=1, changed_at=now, **values)
    session.add(made)
    session.flush()
    audit.record(session, "credential.entered", subject_of(made), by=by, now=now, detail={"kind": kind})
    ask_for_check(session, made, now=now, by=by)
    return made


def change(
    session: AnySession, row: Credential, values: dict[str, Any], *, seen: int, now: datetime, by: Actor
) -> Refusal | None:
    """Put these values into it: from then on it waits to be checked again. Where all was so before, nothing happens.
    Not if somebody changed it meanwhile: `seen` is the revision that was shown.
    """
    lock_therapist(session, row.therapist_id)
    session.refresh(row)
    if row.revision != seen:
        return Refusal("credential_changed_meanwhile")
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        raise_revision(session, row, changed, now=now, by=by)
    return None


def raise_revision(session: AnySession, row: Credential, changed: list[str], *, now: datetime, by: Actor) -> None:
    """It is not what was checked any more. `changed`: the names of what is new, for the trail."""
    row.revision, row.changed_at = row.revision + 1, now
    detail = {"changed": changed, "revision": row.revision}
    audit.record(session, "credential.changed", subject_of(row), by=by, now=now, detail=detail)
    ask_for_check(session, row, now=now, by=by)


def put_away(session: AnySession, row: Credential, *, now: datetime, by: Actor) -> None:
    """Out of the register from this instant; it is kept for the record. Twice is once."""
    lock_therapist(session, row.therapist_id)
    session.refresh(row)
    if row.put_away_at is None:
        row.put_away_at = now
        audit.record(session, "credential.put_away", subject_of(row), by=by, now=now)
        no_longer_to_check(session, row, now=now, by=by)


def take_out(session: AnySession, row: Credential, *, now: datetime, by: Actor) -> None:
    """Back into the register, as it was: what was verified is so again, what waited waits again."""
    lock_therapist(session, row.therapist_id)
    session.refresh(row)
    if row.put_away_at is not None:
        row.put_away_at = None
        audit.record(session, "credential.taken_out", subject_of(row), by=by, now=now)
        seen = select(Verification.id).where(
            Verification.credential_id == row.id, Verification.revision == row.revision
        )
        if session.scalar(seen.limit(1)) is None:
            ask_again(session, row, now=now, by=by)
