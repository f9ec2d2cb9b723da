"""Reads of what was found, for notes and plans."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from clinic.core.db import AnySession
from clinic.intake.queries import standing
from clinic.intake.rules import SafetyRule, conditions_of
from clinic.notes.models import Findings
from clinic.notes.rules.injuries import Found


def findings_of(session: AnySession, client_id: UUID) -> Findings | None:
    """What was found last."""
    return session.scalar(LATEST_FINDINGS, {"client_id": client_id})


def found_in(findings: Findings | None) -> Found:
    """As values for the rules; where nobody asked yet, nothing is known."""
    if findings is None:
        return Found()
    kept = json.loads(findings.answers or "{}")
    injuries = {(muscle, side): state for muscle, side, state in kept["injuries"]}
    return Found(injuries, None if kept["conditions"] is None else frozenset(kept["conditions"]))


def told_since(
    session: AnySession, client_id: UUID, findings: Findings | None, safety: Sequence[SafetyRule], *, on: date
) -> frozenset[str]:
    """The conditions that follow from a health history which no therapist has gone through yet before a plan."""
    told = standing(session, client_id, on=on)
    asked_at = conditions_asked_at(findings)
    if told.history_finished_at is None or (asked_at and asked_at >= told.history_finished_at):
        return frozenset()
    return conditions_of(safety, told.told)


def with_told(found: Found, told: frozenset[str]) -> Found:
    """What was found, and what the client has told since, which counts until somebody has asked about it."""
    return found if found.conditions is None else replace(found, conditions=found.conditions | told)


def conditions_asked_at(findings: Findings | None) -> datetime | None:
    """When the conditions were asked about: with the injuries, unless a note found those alone."""
    if findings is None:
        return None
    kept = json.loads(findings.answers or "{}").get("conditions_at", findings.found_at.isoformat())
    return datetime.fromisoformat(kept) if kept else None


def findings_as_kept(found: Found) -> dict[str, object]:
    """What `found_in` reads."""
    injuries = sorted([muscle, side, state] for (muscle, side), state in found.injuries.items())
    return {"injuries": injuries, "conditions": None if found.conditions is None else sorted(found.conditions)}


LATEST_FINDINGS = (
    select(Findings)
    .where(Findings.client_id == bindparam("client_id"))
    .options(joinedload(Findings.therapist))
    .order_by(Findings.found_at.desc(), Findings.id)
    .limit(1)
)
