"""The clinic's own physical tests, version by version; and those of the product, offered or not. The caller commits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.notes.catalogue.physical_tests import PhysicalTest, as_kept, faults, shipped
from clinic.notes.models import OwnTest


def keep_test(
    session: AnySession,
    row: Mapping[str, Any],
    *,
    seen: int,
    account_id: int,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Keep a definition as the next version of its test, made from version `seen`; 0 for a new one. Notes that were
    written with an earlier version stay as they are. Refused where it is not sound, or another was first.
    """
    if refused := faults(row):
        return refused
    if newest_number(session, row["code"]) != seen:
        return [Refusal("test_changed_meanwhile")]
    made = OwnTest(code=row["code"], number=seen + 1, content=dict(row), offered=row["offered"], made_at=now)
    return _add(session, made, account_id, by=by)


def offer_test(
    session: AnySession, test: PhysicalTest, *, offered: bool, account_id: int, now: datetime, by: Actor
) -> list[Refusal]:
    """From now on new notes ask for it, or do not. Of a product's test nothing else is the clinic's to change."""
    content = {} if is_shipped(test.code) else {**as_kept(test), "offered": offered}
    number = newest_number(session, test.code) + 1
    made = OwnTest(code=test.code, number=number, content=content, offered=offered, made_at=now)
    return _add(session, made, account_id, by=by)


def newest_number(session: AnySession, code: str) -> int:
    """Of the clinic's versions of this test; 0 where it has none."""
    return session.scalar(select(func.max(OwnTest.number)).where(OwnTest.code == code)) or 0


def next_code(tests: Sequence[PhysicalTest]) -> str:
    """For one of the clinic's own: own_1, own_2 …"""
    taken = {test.code for test in tests}
    return next(code for n in range(1, len(taken) + 2) if (code := f"own_{n}") not in taken)


def is_shipped(code: str) -> bool:
    """Whether it comes with the product."""
    return any(test.code == code for test in shipped())


def _add(session: AnySession, made: OwnTest, account_id: int, *, by: Actor) -> list[Refusal]:
    made.made_by_id = account_id
    session.add(made)
    detail = {"number": made.number, "offered": made.offered}
    audit.record(session, "physical_test.changed", f"physical_test:{made.code}", by=by, now=made.made_at, detail=detail)
    try:
        session.flush()
    except IntegrityError:  # another was first in this very moment
        session.rollback()
        return [Refusal("test_changed_meanwhile")]
    return []
