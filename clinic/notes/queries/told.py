"""What clients told before their visits."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from clinic.core.db import AnySession
from clinic.notes.models import MeasuresTold


def told_before(session: AnySession, appointment_id: UUID) -> MeasuresTold | None:
    """What its client told before this visit."""
    return session.scalar(TOLD, {"id": appointment_id})


def answers_in(told: MeasuresTold | None) -> dict[str, float]:
    """By the id of each measure."""
    answers: dict[str, float] = json.loads(told.answers or "{}") if told else {}
    return answers


def have_told(session: AnySession, appointment_ids: Collection[UUID]) -> set[UUID]:
    """Those of these visits before which their client told something."""
    return set(session.scalars(HAVE_TOLD, {"ids": list(appointment_ids)}))


TOLD = select(MeasuresTold).where(MeasuresTold.appointment_id == bindparam("id"))
IDS: Any = bindparam("ids", expanding=True)
HAVE_TOLD = select(MeasuresTold.appointment_id).where(MeasuresTold.appointment_id.in_(IDS))
