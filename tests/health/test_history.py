"""A client tells about their health: by link without ever reading it back, in their account, or with their therapist."""

import json

import pytest
import sqlalchemy as sa

from clinic.core.db import db
from clinic.intake.models import HealthHistory
from tests.histories import SORE, fill_in, home_of
from tests.steps import book


@pytest.fixture
def home(visitor):
    """Clara has booked."""
    book(visitor)
    return home_of()


def histories():
    found = db.session.scalars(sa.select(HealthHistory).order_by(HealthHistory.begun_at)).all()
    return [json.loads(one.answers) for one in found]


def finished():
    return db.session.scalar(sa.select(sa.func.count()).where(HealthHistory.finished_at.is_not(None)))


def test_whoever_is_well_has_told_all_within_twelve_pages(visitor, home):
    seen = fill_in(visitor, home, sex="woman")
    assert 8 < len(seen) - 1 <= 12
    assert "Send it" in visitor.text
    assert "Thank you" in visitor.send(f"{home}/completion").text
    assert finished() == 1


def test_pain_opens_more_pages(visitor, home):
    seen = fill_in(visitor, home, **SORE)
    assert len(seen) > 16
    visitor.send(f"{home}/completion")
    kept = histories()[0]
    assert kept["marks"] == [{"region": "low_back", "side": "left", "kind": "dull", "strength": 6}]
    assert kept["helped.massage"] == "a_while"
    assert kept["worse"] == ["sitting", "stairs"]
