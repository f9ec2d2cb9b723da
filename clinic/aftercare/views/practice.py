"""How practice goes, as the pages by the plan's link show it beside the form that tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clinic.aftercare import queries, rules, wording
from clinic.aftercare.forms import PracticeForm
from clinic.aftercare.models import PlanIssue
from clinic.aftercare.rules.check_ins import wait_for_call
from clinic.aftercare.views.page import clinic_here, today_here
from clinic.aftercare.views.standing import Standing
from clinic.core.db import db


@dataclass(frozen=True)
class Day:
    name: str
    done: bool
    planned: bool
    is_today: bool


@dataclass(frozen=True)
class Week:
    """From Monday to Sunday, and in words."""

    days: list[Day]
    words: str


def practice_shown(
    issue: PlanIssue, typed: PracticeForm | None = None, *, steps: Sequence[Standing] = ()
) -> dict[str, Any]:
    """What `aftercare/_plan_log.html` needs: today's form, with what was `typed` wrong; what was told and is asked;
    whether that speaks against going on today, or a call comes first; and the days done this week, of as many as these
    steps are planned for.
    """
    today, zones = today_here(), queries.zones_of(clinic_here().clinic)
    days = queries.told_by_day(queries.logs_of(db.session, issue.plan_id, since=today - queries.A_WEEK))
    told, asked = days.get(today, queries.NOTHING_TOLD), rules.to_ask_about(days, today, zones)
    waits = waits_for_call(issue)
    return {
        "form": typed or PracticeForm(data={name: str(told[name]) for name in ("pain", "pain_after", "felt")}),
        "has_errors": typed is not None,
        "week": _week(days, steps, today),
        "told": told,
        "zone": zones.of(told),
        "waits": waits,
        "leave_it": waits or told["numb"] or zones.of(told) == "red" or told["settled"] is False,
        "asked": wording.has_it_settled(asked, days[asked], today) if asked else "",
    }


def waits_for_call(issue: PlanIssue) -> bool:
    """Whether the client is to leave the exercises until their therapist has rung."""
    calls = queries.calls_waiting(db.session, issue.plan.client.person.id)
    return wait_for_call(calls, red_from=clinic_here().clinic.pain_red_from)


def _week(told: Mapping[date, rules.Day], steps: Sequence[Standing], today: date) -> Week:
    left = [one.step for one in steps if not one.held_back and one.step["phase"] != "warm_up"]
    planned, weekdays = rules.days_planned(left)
    monday = today - timedelta(days=today.weekday())
    dates = [monday + timedelta(days=ahead) for ahead in range(7)]
    done = {day for day in dates if day in told and told[day]["done"]}
    days = [Day(wording.weekday(day), day in done, day.weekday() in weekdays, day == today) for day in dates]
    return Week(days, wording.this_week(len(done), planned))
