"""What was sent of a plan so far."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from clinic.aftercare import queries, wording
from clinic.aftercare.forms import YearForm
from clinic.aftercare.models import StretchPlan
from clinic.aftercare.queries.check_ins import Sent
from clinic.aftercare.views.page import today_here
from clinic.core import clock
from clinic.core.db import db
from clinic.core.times import local


def sent(plan: StretchPlan | None, versions: Sequence[Sent], zone: str) -> dict[str, Any]:
    """What was sent so far, the latest first; whether its link opens, what is asked before it does, and since when it
    is back.
    """
    link = queries.link_of(db.session, plan.id) if plan else None
    since = versions[0].back_since if versions else None
    return {
        "saved_at": local(plan.saved_at, zone) if plan else None,
        "issues": [(one.issue.number, _day(one.issue.issued_at, zone)) for one in versions],
        "back_since": _day(since, zone) if since else "",
        "is_live": bool(link and link.expires_at > clock.now()),
        "year_form": YearForm(today=today_here(), formdata=None) if plan else None,
        "asks_year": bool(plan and plan.year_of_birth_sealed),
    }


def _day(at: datetime, zone: str) -> str:
    return wording.day_and_month(local(at, zone).date())
