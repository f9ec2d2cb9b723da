"""Putting aside what a client told, and taking that back. The caller commits."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.pictures import Drawn
from clinic.core.refusals import Refusal
from clinic.intake.models import Clearance
from clinic.intake.queries import standing
from clinic.intake.rules import SafetyRule
from clinic.intake.rules.clearing import clearance_refusals, stands
from clinic.people.operations import lock_client


@dataclass(frozen=True)
class Cleared:
    """What a therapist puts aside: rows of the safety list by id, how, and what there is to say about it."""

    reasons: Sequence[str]
    way: str
    given_by_id: int
    note: str = ""
    good_until: date | None = None
    paper: Drawn | None = None


def clear(
    session: AnySession,
    client_id: UUID,
    cleared: Cleared,
    rules: Sequence[SafetyRule],
    *,
    on: date,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Put these reasons aside for a client, or say why not; none of them then. `on`: the day at the clinic. The trail
    names no reason.
    """
    lock_client(session, client_id)
    told = standing(session, client_id, on=on)
    found = stands(rules, told.told, told.lifted)
    asked = cleared.reasons or [""]
    if refusals := [one for reason in asked for one in clearance_refusals(found, reason, cleared.way, cleared.note)]:
        return refusals
    for reason in cleared.reasons:
        made = _clearance(client_id, cleared, reason, now)
        session.add(made)
        detail = {"clearance": str(made.id), "way": made.way}
        audit.record(session, "clearance.given", f"client:{client_id}", by=by, now=now, detail=detail)
    session.flush()
    return []


def revoke_clearance(session: AnySession, clearance: Clearance, *, account_id: int, now: datetime, by: Actor) -> None:
    """What it put aside stands again. Twice is once."""
    lock_client(session, clearance.client_id)
    session.refresh(clearance, ["revoked_at"])
    if clearance.revoked_at:
        return
    clearance.revoked_at, clearance.revoked_by_id = now, account_id
    detail = {"clearance": str(clearance.id)}
    audit.record(session, "clearance.revoked", f"client:{clearance.client_id}", by=by, now=now, detail=detail)
    session.flush()


def _clearance(client_id: UUID, cleared: Cleared, reason: str, now: datetime) -> Clearance:
    made = Clearance(
        client_id=client_id,
        way=cleared.way,
        given_at=now,
        given_by_id=cleared.given_by_id,
        good_until=cleared.good_until,
        content=json.dumps({"reason": reason, "note": cleared.note}),
    )
    if cleared.paper:
        made.paper, made.paper_type = base64.b64encode(cleared.paper.content).decode(), cleared.paper.media_type
    return made
