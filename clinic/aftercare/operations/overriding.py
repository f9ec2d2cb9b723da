"""What a therapist gives in spite of a reason against it, taken down beside the plan. The caller commits."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from clinic.aftercare import rules
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.models import PlanOverride
from clinic.aftercare.operations.content import Content
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.notes.rules.injuries import Found


def overrides_in(content: Content, found: Found, known: Catalogue) -> dict[str, str]:
    """By exercise, the document of what is gone over: reasons by their keys, and why. Health words: to be sealed."""
    return {
        step.exercise: json.dumps({"keys": over, "reason": step.override.strip()}, ensure_ascii=False)
        for step in content.steps
        if (over := rules.given_all_the_same(step, found, known))
    }


def keep_overrides(
    session: AnySession, plan_id: UUID, documents: Mapping[str, str], *, therapist_id: int, now: datetime, by: Actor
) -> None:
    """What is decided anew is a row and a line in the trail; what the plan no longer has is withdrawn."""
    live = select(PlanOverride).where(PlanOverride.plan_id == plan_id, PlanOverride.withdrawn_at.is_(None))
    before = {one.exercise: one for one in session.scalars(live)}
    stand = {exercise for exercise, one in before.items() if documents.get(exercise) == one.document}
    for exercise in before.keys() - stand:
        before[exercise].withdrawn_at = now
    for exercise in documents.keys() - stand:
        new = {"exercise": exercise, "therapist_id": therapist_id, "made_at": now, "document": documents[exercise]}
        session.add(PlanOverride(plan_id=plan_id, **new))
        audit.record(session, "plan.overridden", f"plan:{plan_id}", by=by, now=now)
