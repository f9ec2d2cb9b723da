"""Reads for the pages of plans."""

from clinic.aftercare.queries.approvals import Approval, approval_of, approvals_of
from clinic.aftercare.queries.calls import calls_waiting
from clinic.aftercare.queries.check_ins import returned
from clinic.aftercare.queries.overrides import SentLast, overrides_of, sent_last
from clinic.aftercare.queries.plans import (
    asking_year,
    document_of,
    issue_for,
    issue_numbered,
    issues_count,
    issues_for,
    just_signed,
    latest_issue,
    link_of,
    plan_of,
)
from clinic.aftercare.queries.practice import (
    A_WEEK,
    NOTHING_TOLD,
    days_around,
    log_of,
    logs_of,
    logs_of_client,
    told_by_day,
    told_in,
    zones_of,
)
from clinic.aftercare.queries.practised import practised
from clinic.aftercare.queries.shared import handouts, offered_handouts, offered_links, useful_links

__all__ = [
    "A_WEEK",
    "NOTHING_TOLD",
    "Approval",
    "SentLast",
    "approval_of",
    "approvals_of",
    "asking_year",
    "calls_waiting",
    "days_around",
    "document_of",
    "handouts",
    "issue_for",
    "issue_numbered",
    "issues_count",
    "issues_for",
    "just_signed",
    "latest_issue",
    "link_of",
    "log_of",
    "logs_of",
    "logs_of_client",
    "offered_handouts",
    "offered_links",
    "overrides_of",
    "plan_of",
    "practised",
    "returned",
    "sent_last",
    "told_by_day",
    "told_in",
    "useful_links",
    "zones_of",
]
