"""What stands of a plan by now: its frozen words, less what newer findings speak against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from flask import abort

from clinic.aftercare import queries, wording
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.models import PlanIssue
from clinic.aftercare.operations.freezing import calm_steps
from clinic.aftercare.pictures import Shown, shown_as_sent
from clinic.aftercare.rules import advise, as_held, may_go_over, uncovered
from clinic.aftercare.versions import current
from clinic.aftercare.views.page import clinic_here
from clinic.booking.queries import today_at
from clinic.core import clock
from clinic.core.db import db
from clinic.intake.wording import numbers
from clinic.notes.queries.findings import findings_of, found_in, told_since, with_told
from clinic.notes.rules.injuries import Found


def issue_or_404(plan_id: UUID) -> PlanIssue:
    """What was sent last of this plan."""
    return queries.latest_issue(db.session, plan_id) or abort(404)


def people_of(issue: PlanIssue) -> dict[str, Any]:
    """Who sent it, who may ring whom, and where help is in this country."""
    return {
        "therapist": issue.therapist.name.split()[0],
        "can_ring": bool(issue.plan.client.person.phone),
        "numbers": numbers(clinic_here().clinic.country),
    }


class Standing(NamedTuple):
    """A frozen step, whether it is held back by now, and its pictures."""

    step: dict[str, Any]
    held_back: bool
    drawings: list[Shown]


def as_it_stands(issue: PlanIssue, document: Mapping[str, Any], *, is_back: bool | None = None) -> list[Standing]:
    """The steps of this document of the issue as today's findings leave them. While it is back, the calm ones alone;
    `is_back` says so where whoever asks knows.
    """
    client_id = issue.plan.client.person.id
    findings, clinic = findings_of(db.session, client_id), clinic_here()
    told_later = told_since(db.session, client_id, findings, clinic.safety, on=today_at(clinic, clock.now()))
    found, known = with_told(found_in(findings), told_later), current(db.session)
    steps = document["steps"]
    if queries.returned(db.session, issue.id) if is_back is None else is_back:
        steps = calm_steps(steps, found, known)
    return [_standing(step, found, known) for step in steps]


def _standing(step: dict[str, Any], found: Found, known: Catalogue) -> Standing:
    """With what newer conditions change about it, and without the easier exercise where nobody goes over to it now."""
    held_back = _is_held_back(step, found, known)
    changes = [*step["changes"], *_changed_since(step, found, known)]
    easier = step.get("easier_id")  # what was sent before exercises were linked has none
    if easier and not may_go_over(easier, changes, found, known, asked=step.get("asked", ())):
        step = {**step, "easier": ""}
    step = {**step, "how": wording.how_on_its_side(step), "changes": changes}
    return Standing(step, held_back, shown_as_sent(step, mirrored=step.get("side") == "left"))


def _is_held_back(step: Mapping[str, Any], found: Found, known: Catalogue) -> bool:
    """True where what was found since speaks against it or is to be asked about first, and nobody did; or where nobody
    can say any more.
    """
    exercise = known.exercises.get(step["exercise"])
    if exercise is None:
        return True
    advice = advise(as_held(exercise, step["hold_s"], step["time_s"]), found, known)
    unasked = set(advice.ask_first) - set(step.get("asked", ()))
    return bool(unasked or uncovered(advice.against, step.get("overridden", ()), found))


def _changed_since(step: Mapping[str, Any], found: Found, known: Catalogue) -> list[str]:
    """What the client does differently for what was told since it was sent; what they read already stays as it is."""
    exercise = known.exercises.get(step["exercise"])
    changes = advise(exercise, found, known).changes if exercise else {}
    before = step.get("changed_for", ())  # older plans name no conditions, and have the words alone
    return [words for one, words in changes.items() if one not in before and words not in step["changes"]]


@dataclass(frozen=True)
class InShort:
    """The plan in one line. The warm-up takes its time, but is not counted."""

    exercises: int
    minutes: int
    days: str


def in_short(steps: Sequence[Standing]) -> InShort | None:
    """Of what is not held back; None where nothing is left."""
    left = [one.step for one in steps if not one.held_back]
    per_week = [step["per_week"] for step in left if step["phase"] != "warm_up"]
    if not per_week:
        return None
    minutes = -(-sum(step["seconds"] for step in left) // 60)
    return InShort(len(per_week), minutes, wording.days(min(per_week), max(per_week)))
