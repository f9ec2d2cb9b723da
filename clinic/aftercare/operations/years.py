"""Asking for the year of birth before a plan is shown. The caller commits."""

from datetime import datetime

from clinic.aftercare.models import StretchPlan
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession


def ask_year(session: AnySession, plan: StretchPlan, year: int | None, *, now: datetime, by: Actor) -> None:
    """Whoever opens the plan's link is asked for this year first; None: nobody is asked any more."""
    plan.year_of_birth = str(year) if year else None
    audit.record(session, "plan.year_asked" if year else "plan.year_not_asked", f"plan:{plan.id}", by=by, now=now)
    session.flush()
