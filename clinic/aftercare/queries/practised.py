"""How practice went, beside the plan they had then."""

from collections.abc import Sequence
from datetime import date, datetime

from clinic.aftercare.queries.check_ins import Sent
from clinic.aftercare.queries.plans import document_of
from clinic.aftercare.queries.practice import A_WEEK, logs_of, told_by_day
from clinic.aftercare.rules import Practised
from clinic.core.db import AnySession

AFTER_IT_IS_BACK = frozenset({"warm_up", "calm"})


def practised(session: AnySession, sent: Sequence[Sent], *, today: date) -> list[Practised]:
    """The last seven days of which a client told, with the phases of the version that they had when they told it.
    `sent`: of one plan, the latest first. From when it was back, only what is calm counts.
    """
    logs = logs_of(session, sent[0].issue.plan_id, since=today - A_WEEK)
    phases = {log.told_on: _phases_at(sent, log.told_at) for log in reversed(logs)}
    return [Practised(on, told, phases[on]) for on, told in told_by_day(logs).items()]


def _phases_at(sent: Sequence[Sent], at: datetime) -> frozenset[str]:
    """Of the version that was sent last by then."""
    issue, back_since = next((one for one in sent if one.issue.issued_at <= at), sent[-1])
    phases = frozenset(step["phase"] for step in document_of(issue)["steps"])
    return phases & AFTER_IT_IS_BACK if back_since and back_since <= at else phases
