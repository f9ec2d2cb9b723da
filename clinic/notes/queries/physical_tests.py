"""The physical tests that this clinic has: those of the product, and its own."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from clinic.core.db import AnySession
from clinic.notes.catalogue.physical_tests import PhysicalTest, definition_of, shipped
from clinic.notes.models import OwnTest

OWN = select(OwnTest.code, OwnTest.number, OwnTest.content, OwnTest.offered).order_by(OwnTest.id)


def known_tests(session: AnySession) -> tuple[PhysicalTest, ...]:
    """Every version of every test, in one statement: those of the product first, the latest version of each last."""
    ours = {test.code: test for test in shipped()}
    own = session.execute(OWN).all()
    withdrawn = {row.code: row.offered for row in own if row.code in ours}
    made = (
        replace(definition_of(row.content), code=row.code, number=row.number, offered=row.offered)
        for row in own
        if row.code not in ours
    )
    return (*(replace(test, offered=withdrawn.get(code, True)) for code, test in ours.items()), *made)


def latest(tests: Sequence[PhysicalTest]) -> list[PhysicalTest]:
    """Of each test the version that counts, also of those that are withdrawn."""
    return list({test.code: test for test in tests}.values())
