"""Where a plan can begin from: templates, and what was sent before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from clinic.aftercare import queries, wording
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.models import PlanIssue
from clinic.aftercare.operations import plain, steps_in
from clinic.aftercare.plan_templates import plan_templates
from clinic.aftercare.rules import WARM_UP, LeftOut, Step, in_order, usual
from clinic.aftercare.views.building.draft import Draft
from clinic.core.times import local

MOST = 5  # of the plans that were sent


@dataclass(frozen=True)
class Start:
    """A plan to begin from: what the button sends, what it is called, what it is for and what is in it."""

    chosen: str
    name: str
    suits: str
    exercises: str


def starts(issues: Sequence[PlanIssue], draft: Draft, zone: str) -> dict[str, Any]:
    """Templates; and the plans that were sent last, without one that the draft is already. `issues`: all of them, the
    latest first.
    """
    known, sent = draft.known, issues[:MOST]
    return {
        "templates": [
            Start(one.id, one.name, one.suits, _names(one.doses, known)) for one in plan_templates().values()
        ],
        "earlier": [start for issue in sent if (start := _earlier(issue, draft, zone, is_last=issue is sent[0]))],
    }


def _earlier(issue: PlanIssue, draft: Draft, zone: str, *, is_last: bool) -> Start | None:
    coming = steps_in(queries.document_of(issue), draft.known)
    if not coming or coming == chosen(draft):
        return None
    day = wording.day_and_month(local(issue.issued_at, zone).date())
    name = gettext("The last plan, sent %(day)s", day=day) if is_last else gettext("The plan of %(day)s", day=day)
    return Start(str(issue.id), name, "", _names([step.exercise for step in coming], draft.known))


def chosen(draft: Draft) -> list[Step]:
    """The draft's steps as a plan that was sent is read; none while a number cannot be read."""
    if any(field.errors or field.data is None for one in draft.steps for field in one.doses):
        return []
    warm_up = usual(draft.known.exercises[WARM_UP])
    steps = [plain(one.step(), draft.known) for one in draft.steps]
    return [step for step in in_order(steps, draft.known) if step != warm_up]


def _names(exercises: Iterable[str], known: Catalogue) -> str:
    return ", ".join(known.exercises[one].name for one in exercises)


def left_out_lines(left_out: Sequence[LeftOut], known: Catalogue) -> list[dict[str, Any]]:
    """What was left out, why, and the exercise to add instead."""
    return [
        {
            "name": known.exercises[one.exercise].name,
            "why": [wording.sentence(reason) for reason in one.against],
            "instead": known.exercises.get(one.instead),
        }
        for one in left_out
    ]
