"""How practice went, beside the plan they had then."""

from collections.abc import Sequence
from datetime import date, datetime

from clinic.aftercare.models import PlanIssue
from clinic.aftercare.queries.plans import document_of
from clinic.aftercare.queries.practice import A_WEEK, logs_of, told_by_day
from clinic.aftercare.rules import Practised
from clinic.core.db import AnySession

AFTER_IT_IS_BACK = frozenset({"warm_up", "calm"})


def practised(session: AnySession, issues: Sequence[PlanIssue], *, is_back: bool, today: date) -> list[Practised]:
    """The last seven days of which a client told, with the phases of the version that they had when they told it.
    `issues`: of one plan, the latest first. Where it `is_back` since they got that, only what is calm counts.
    """
    logs = logs_of(session, issues[0].plan_id, since=today - A_WEEK)
    only = AFTER_IT_IS_BACK if is_back else None
    told_at = {log.told_on: log.told_at for log in reversed(logs)}
    phases = {on: _phases_at(issues, at) for on, at in told_at.items()}
    return [
        Practised(on, told, phases[on] if only is None else phases[on] & only) for on, told in told_by_day(logs).items()
    ]


def _phases_at(issues: Sequence[PlanIssue], at: datetime) -> frozenset[str]:
    """Of the version that was sent last by then."""
    sent = next((one for one in issues if one.issued_at <= at), issues[-1])
    return frozenset(step["phase"] for step in document_of(sent)["steps"])
