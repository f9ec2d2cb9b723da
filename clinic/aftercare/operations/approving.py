"""Standing by an exercise. The caller commits."""

from datetime import datetime

from clinic.aftercare.catalogue import Exercise, digest
from clinic.aftercare.models import ExerciseApproval
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal


def approve(
    session: AnySession, exercise: Exercise, *, read: str, account_id: int, now: datetime, by: Actor
) -> list[Refusal]:
    """Somebody of the clinic stands by the exercise as they `read` it: the digest of the page they had before them.
    Refused where it says something else by now.
    """
    if read != digest(exercise):
        return [Refusal("exercise_changed_meanwhile")]
    session.add(ExerciseApproval(code=exercise.id, digest=read, approved_at=now, approved_by_id=account_id))
    audit.record(session, "exercise.approved", f"exercise:{exercise.id}", by=by, now=now)
    session.flush()
    return []
