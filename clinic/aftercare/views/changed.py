"""What is new on a client's page since the plan before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clinic.aftercare import queries, rules, wording
from clinic.aftercare.models import PlanIssue
from clinic.aftercare.views.page import clinic_here
from clinic.core import clock
from clinic.core.db import db
from clinic.core.times import local

NEW_FOR = timedelta(days=14)  # then it is their plan, and nothing new


@dataclass(frozen=True)
class Changed:
    """Since when, and what."""

    since: date
    lines: list[str]


def changed(issue: PlanIssue, document: Mapping[str, Any]) -> Changed | None:
    """For two weeks after it was sent; None where it is the first, or nothing that a client does has changed."""
    if issue.number == 1 or clock.now() - issue.issued_at > NEW_FOR:
        return None
    before = queries.issue_numbered(db.session, issue.plan_id, issue.number - 1)
    lines = wording.changed_lines(rules.changes(queries.document_of(before), document)) if before else []
    since = local(before.issued_at, clinic_here().location.zone).date() if before else None
    return Changed(since, lines) if since and lines else None
