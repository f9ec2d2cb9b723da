"""The exercises of this clinic: those of the product, with what the clinic changed, made and hid."""

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import aliased

from clinic.aftercare.catalogue import Catalogue, Change, merged
from clinic.aftercare.models import ExerciseVersion
from clinic.core.db import AnySession


def current(session: AnySession) -> Catalogue:
    """The exercises as they are now, in one statement without photos. What is hidden is among them, not `offered`: a
    plan that has it keeps it. The clinic's own bear a code of `own_` and eight letters.
    """
    return merged(tuple(Change._make(row) for row in session.execute(LATEST)))


_newer = aliased(ExerciseVersion)
_last = select(func.max(_newer.number)).where(_newer.code == ExerciseVersion.code).scalar_subquery()
LATEST = (
    select(
        ExerciseVersion.code,
        ExerciseVersion.number,
        cast(ExerciseVersion.content, Text),  # as it is written: what was read before is not put together again
        ExerciseVersion.offered,
        ExerciseVersion.pose,
        ExerciseVersion.photo.is_not(None),
        ExerciseVersion.photo_words,
    )
    .where(ExerciseVersion.number == _last)
    .order_by(ExerciseVersion.code)
)
