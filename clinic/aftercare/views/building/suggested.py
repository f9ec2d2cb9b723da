"""What practice speaks for, beside the plan in the making."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.aftercare import queries, rules, wording
from clinic.aftercare.operations import steps_in
from clinic.aftercare.queries.check_ins import Sent
from clinic.aftercare.rules import Suggestion
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


def suggested(versions: Sequence[Sent], draft: Draft, found: Found) -> list[Told]:
    """In words; none before a plan was sent and practised."""
    found_ones = suggestions(versions, draft, found)
    return [Told(one.key, wording.suggested(one, draft.known), wording.suggested_why(one)) for one in found_ones]


def suggestions(versions: Sequence[Sent], draft: Draft, found: Found) -> list[Suggestion]:
    """Of what was sent and practised since; none before that. `versions`: of this plan, the latest first."""
    if not versions:
        return []
    (issue, back_since), known, today, clinic = versions[0], draft.known, today_here(), clinic_here()
    since = max(local(issue.issued_at, clinic.location.zone).date(), today - queries.A_WEEK)
    practised = queries.practised(db.session, versions, today=today)
    zones = queries.zones_of(clinic.clinic)
    found_ones = rules.suggestions(
        chosen(draft),
        steps_in(queries.document_of(issue), known),
        days=[one.told for one in practised if one.on >= since],
        gates=rules.gates(practised, found, known=known, zones=zones, today=today),
        found=found,
        known=known,
        zones=zones,
    )
    return rules.for_now(found_ones, is_back=bool(back_since), waits=bool(found_ones) and waits_for_call(issue))
