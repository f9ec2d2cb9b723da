"""What stands of all that clients told: the facts, and what was put aside since."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, bindparam, column, literal, or_, select, table, union_all

from clinic.core import crypto
from clinic.core.db import AnySession, UtcDateTime
from clinic.intake.models import Clearance, HealthHistory, Screening
from clinic.intake.rules import Decision, SafetyRule, decide_by
from clinic.intake.rules.history import told as told_in

OF_THAT_DAY = frozenset({"painkiller_today", "alcohol_or_drugs"})  # these hold for the day on which they are said
ASKED_EACH_TIME = frozenset({"fever", "catching_illness", "period_or_full"})  # these, until a check asks anew


@dataclass(frozen=True)
class Standing:
    """What a client told, and which rows of the safety list are put aside for them, on one day."""

    told: frozenset[str] = frozenset()
    lifted: frozenset[str] = frozenset()
    history_finished_at: datetime | None = None

    def decision(self, rules: Sequence[SafetyRule], *, deep: bool) -> Decision:
        """What follows by this safety list, for deep work on the tummy or for any other massage."""
        return decide_by(rules, self.told, deep=deep, lifted=self.lifted)


class Kept(NamedTuple):
    """One sealed row of a client: its table and column, and when it was told."""

    table: str
    column: str
    id: UUID
    client_id: UUID
    at: datetime
    sealed: bytes

    @property
    def content(self) -> Any:
        return json.loads(crypto.open_sealed(self.sealed, crypto.context_of(self.table, self.column, self.id)))


def standing(session: AnySession, client_id: UUID, *, on: date, answered: Screening | None = None) -> Standing:
    """What stands of one client on a day, usually that of a visit. `answered` is the safety page as they have just
    answered it: it counts in place of earlier ones. One statement.
    """
    return standings(session, [client_id], on=on, answered=answered)[client_id]


def standings(
    session: AnySession, client_ids: Collection[UUID], *, on: date, answered: Screening | None = None
) -> dict[UUID, Standing]:
    """The same for several clients at once. One statement."""
    kept: dict[UUID, list[Kept]] = defaultdict(list)
    for row in session.execute(KEPT, {"client_ids": list(client_ids), "on": on}):
        kept[row.client_id].append(Kept._make(row))
    return {one: _standing(kept[one], on, answered) for one in client_ids}


def clearances_of(session: AnySession, client_id: UUID) -> list[Clearance]:
    """All that was ever put aside for a client, the latest first."""
    return list(session.scalars(CLEARANCES, {"client_id": client_id}))


def _standing(kept: Sequence[Kept], on: date, answered: Screening | None) -> Standing:
    """The latest finished history, the latest answers of the safety page, and each check since that history."""
    history, page = _latest(kept, HealthHistory.__tablename__), _latest(kept, Screening.__tablename__)
    told = _lasting(history, told_in(history.content, on=on), on) if history else set()
    if answered and (page is None or answered.created_at >= page.at):
        told |= set(answered.ticks)
    elif page:
        told |= set(page.content)
    for one in sorted(_of(kept, VISIT_CHECK.name), key=lambda check: check.at):
        if history is None or one.at > history.at:
            told = (told - ASKED_EACH_TIME) | _lasting(one, one.content["told"], on)
    lifted = frozenset(one.content["reason"] for one in _of(kept, Clearance.__tablename__))
    return Standing(frozenset(told), lifted, history.at if history else None)


def _lasting(one: Kept, told: Iterable[str], on: date) -> set[str]:
    return set(told) - (frozenset() if one.at.date() == on else OF_THAT_DAY)


def _of(kept: Iterable[Kept], name: str) -> list[Kept]:
    return [one for one in kept if one.table == name]


def _latest(kept: Iterable[Kept], name: str) -> Kept | None:
    return max(_of(kept, name), key=lambda one: one.at, default=None)


CLEARANCES = (
    select(Clearance)
    .where(Clearance.client_id == bindparam("client_id"))
    .order_by(Clearance.given_at.desc(), Clearance.id)
)
# Built once: every booking of a known client asks this. Visits, and what is asked before them, belong to capabilities
# above this one: their tables are named here by what is asked of them.
VISIT = table("appointment", column("id", Uuid()), column("client_id", Uuid()), column("screening_id", Uuid()))
VISIT_CHECK = table(
    "visit_check",
    column("id", Uuid()),
    column("appointment_id", Uuid()),
    column("told_at", UtcDateTime()),
    column("answers_sealed", Clearance.__table__.c.content_sealed.type),
)


def _kept(name: str, sealed: Any, id_: Any, client_id: Any, at: Any) -> Any:
    whose = client_id.in_(bindparam("client_ids", expanding=True))
    columns = (literal(name).label("table"), literal(sealed.name).label("column"), id_.label("id"))
    return select(*columns, client_id.label("client_id"), at.label("at"), sealed.label("sealed")).where(whose)


HISTORIES, PAGES, CLEARED = (model.__table__.c for model in (HealthHistory, Screening, Clearance))
CHECKS = VISIT_CHECK.c
KEPT = union_all(
    _kept(
        HealthHistory.__tablename__,
        HISTORIES.answers_sealed,
        HISTORIES.id,
        HISTORIES.client_id,
        HISTORIES.finished_at,
    ).where(HISTORIES.finished_at.is_not(None)),
    _kept(Screening.__tablename__, PAGES.answers_sealed, PAGES.id, VISIT.c.client_id, PAGES.created_at).join(
        VISIT, VISIT.c.screening_id == PAGES.id
    ),
    _kept(VISIT_CHECK.name, CHECKS.answers_sealed, CHECKS.id, VISIT.c.client_id, CHECKS.told_at).join(
        VISIT, VISIT.c.id == CHECKS.appointment_id
    ),
    _kept(Clearance.__tablename__, CLEARED.content_sealed, CLEARED.id, CLEARED.client_id, CLEARED.given_at).where(
        CLEARED.revoked_at.is_(None), or_(CLEARED.good_until.is_(None), CLEARED.good_until >= bindparam("on"))
    ),
)
