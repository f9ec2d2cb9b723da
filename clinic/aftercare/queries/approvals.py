"""Who stands by an exercise."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from clinic.aftercare.catalogue import Exercise, digest
from clinic.aftercare.models import ExerciseApproval
from clinic.core.db import AnySession
from clinic.people.models import Account


class Approval(NamedTuple):
    """Who read an exercise and stands by it, and when."""

    name: str
    at: datetime


def approval_of(session: AnySession, exercise: Exercise) -> Approval | None:
    """Who approved it last, in the words it has now; None where these were not read by anybody."""
    return approvals_of(session, [exercise]).get(exercise.id)


def approvals_of(session: AnySession, exercises: Iterable[Exercise]) -> Mapping[str, Approval]:
    """The same for many of them, by id, in one statement."""
    told = {(row.code, row.digest): Approval(row.name, row.approved_at) for row in session.execute(APPROVALS)}
    now = {one.id: told.get((one.id, digest(one))) for one in exercises}
    return {name: approval for name, approval in now.items() if approval}


APPROVALS = (
    select(ExerciseApproval.code, ExerciseApproval.digest, ExerciseApproval.approved_at, Account.name)
    .join(Account, Account.id == ExerciseApproval.approved_by_id)
    .order_by(ExerciseApproval.approved_at, ExerciseApproval.id)
)
