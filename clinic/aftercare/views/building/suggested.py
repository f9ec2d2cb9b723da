"""What practice speaks for, beside the plan in the making."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clinic.aftercare import queries, rules, wording
from clinic.aftercare.operations import steps_in
from clinic.aftercare.queries.check_ins import Sent
from clinic.aftercare.rules import Gate, Suggestion
from clinic.aftercare.views.building.draft import Draft
from clinic.aftercare.views.building.starts import chosen
from clinic.aftercare.views.page import clinic_here, today_here
from clinic.aftercare.views.practice import waits_for_call
from clinic.core.db import db
from clinic.core.times import local
from clinic.notes.rules.injuries import Found


@dataclass(frozen=True)
class Told:
    """A suggestion as the page shows it: what its button sends, what it would change, and why."""

    key: str
    what: str
    why: str


@dataclass(frozen=True)
class Practice:
    """What practice speaks for by now, and the gate of the phase that may come next. `held`: by its being back, or by a
    call that waits.
    """

    suggestions: Sequence[Suggestion] = ()
    gates: Sequence[Gate] = ()
    held: bool = False


def suggested(versions: Sequence[Sent], draft: Draft, found: Found) -> dict[str, Any]:
    """What is suggested, and of the phase that may come next what has to be met; nothing before a plan was sent."""
    now = practice(versions, draft, found)
    return {
        "suggested": [
            Told(one.key, wording.suggested(one, draft.known), wording.suggested_why(one)) for one in now.suggestions
        ],
        "ahead": [(wording.PHASES[one.phase], wording.to_be_met(one, held=now.held)) for one in now.gates],
    }


def practice(versions: Sequence[Sent], draft: Draft, found: Found) -> Practice:
    """Of what was sent and practised since; nothing before that. `versions`: of this plan, the latest first."""
    if not versions:
        return Practice()
    (issue, back_since), known, today, clinic = versions[0], draft.known, today_here(), clinic_here()
    since = max(local(issue.issued_at, clinic.location.zone).date(), today - queries.A_WEEK)
    practised = queries.practised(db.session, versions, today=today)
    zones, steps, held = queries.zones_of(clinic.clinic), chosen(draft), bool(back_since) or waits_for_call(issue)
    gates = rules.gates(practised, found, known=known, zones=zones, today=today)
    suggestions = rules.suggestions(
        steps,
        steps_in(queries.document_of(issue), known),
        days=[one.told for one in practised if one.on >= since],
        gates=gates,
        found=found,
        known=known,
        zones=zones,
    )
    return Practice(rules.for_now(suggestions, held=held), rules.gates_ahead(steps, gates, known), held=held)
