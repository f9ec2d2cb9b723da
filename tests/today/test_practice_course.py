"""How practice went, where the therapist reads it: on the record and beside the measures."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from clinic.aftercare.models import StretchPlan
from clinic.aftercare.operations import Told, log_practice
from clinic.booking.models import Appointment
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from tests.conftest import NOW
from tests.plans import plan_for
from tests.steps import book

TOLD = {  # NOW is a Wednesday
    0: Told(done=True, pain=4),
    1: Told(done=True, pain=3, pain_after=2, felt="right"),
    2: Told(pain=7, settled=False, felt="too_hard"),
    5: Told(done=True),
    7: Told(numb=True),
}


@pytest.fixture
def clara(cast, new_visitor):
    """Her plan of three days a week, and what she told of it since; her id."""
    book(new_visitor())
    with writing():
        visit = db.session.scalars(select(Appointment)).one()
        plan_for(visit.client, visit.therapist, exercises=("glute_bridge",))
        plan_id = db.session.scalar(select(StretchPlan.id))
        for ahead, told in TOLD.items():
            at = NOW + timedelta(days=ahead)
            on = at.date()
            log_practice(db.session, plan_id, told, on=on, entry=on.isoformat(), now=at, by=GUEST)
        db.session.commit()
        return visit.client_id


@pytest.fixture
def ana(clara, visitor):
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        visitor.sign_in("ana")
        yield visitor


@pytest.mark.parametrize("page", ["/clients/{}", "/clients/{}/measures"])
def test_each_week_says_days_done_of_days_planned_and_each_day_what_was_told(ana, clara, page):
    ana.get(page.format(clara))
    in_order = (
        "Week of 16 March: 1 of 3 days",
        "Wed 18 not done – – New numbness or weakness",
        "Mon 16 done – –",
        "Week of 9 March: 2 of 3 days",
        "Fri 13 not done 7 – Too hard Pain did not settle Ring them",
        "Thu 12 done 3 2 Right",
        "Wed 11 done 4 –",
    )
    places = [ana.text.index(words) for words in in_order]
    assert places == sorted(places)


def test_pain_during_and_after_is_drawn_and_told_in_words(ana, clara):
    page = ana.get(f"/clients/{clara}/measures").text
    drawn = page.partition("Pain in practice, over time")[2].partition("</svg>")[0]
    assert "From 4 on 11 Mar 2026 to 7 on 13 Mar 2026." in drawn
    assert drawn.count('class="trend-dot"') == 3
    assert drawn.count('class="trend-ring"') == 1


def test_a_week_without_a_word_stands_there_too(ana, clara):
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        ana.get(f"/clients/{clara}")
    assert "Week of 23 March: 0 of 3 days Week of 16 March" in ana.text


def test_reception_reads_nothing_of_it(clara, visitor):
    visitor.sign_in("rosa")
    visitor.get(f"/clients/{clara}")
    for words in ("Week of", "Too hard", "numbness"):
        assert words not in visitor.text
