"""All measures of a client on one page: what became of each, the plans between, and how practice went."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from clinic.aftercare.rules import practised_percent
from clinic.booking.models import Appointment
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.notes import operations as notes
from clinic.notes.models import Episode
from clinic.notes.operations import Page
from clinic.notes.rules import Activity, Content
from tests.conftest import NOW
from tests.plans import plan_for
from tests.steps import book

WORDS = {"plan": "x"}
STAIRS = {score: (Activity("Stairs", score),) for score in (2, 6)}
VISITS = (
    Content(words=WORDS, pain_on_arrival=7, pain_at_end=5, scores={"rmdq": 14.0}, activities=STAIRS[2]),
    Content(words=WORDS, pain_on_arrival=6, pain_at_end=6, scores={"rmdq": 13.0}, activities=STAIRS[6]),
    Content(words=WORDS, pain_on_arrival=9, scores={"rmdq": 12.0, "global_change": 2.0, "hours_seated": 9.5}),
)


def seen(new_visitor, contents):
    """Clara's visits, a week apart, each with its note signed; her id."""
    for week, content in enumerate(contents):
        day = NOW + timedelta(days=1 + 7 * week)
        book(new_visitor(), at=f"{day:%Y%m%d}T1000Z")
        with writing():
            visits = db.session.scalars(select(Appointment).order_by(Appointment.starts_at)).all()
            visits[-1].client_id = visits[0].client_id
            db.session.flush()
            assert not notes.sign(db.session, visits[-1], content, Page("k", 0), now=visits[-1].ends_at, by=GUEST)
            db.session.commit()
    return db.session.scalar(select(Appointment.client_id).limit(1))


@pytest.fixture
def clara(cast, new_visitor):
    return seen(new_visitor, VISITS)


@pytest.fixture
def ana(clara, visitor):
    visitor.sign_in("ana")
    return visitor


def test_each_measure_is_drawn_and_told_in_words_and_numbers(ana, clara):
    page = ana.get(f"/clients/{clara}/measures").text
    for words in (
        "From 7 on 12 Mar 2026 to 9 on 26 Mar 2026. Worse than at the first visit: review",
        "From 2 on 12 Mar 2026 to 6 on 19 Mar 2026. Meaningful improvement since the first visit",
        "From 14 on 12 Mar 2026 to 12 on 26 Mar 2026. Within measurement error of the first visit",
    ):
        assert words in page
    assert page.count("<svg") == 3 == page.count('class="trend-base"')
    assert page.count("<caption") == 5  # what was asked once is in numbers alone
    assert "Much better" in ana.text
    assert "Childs 2005" in ana.text


def test_plans_that_were_sent_are_marked_and_practice_is_counted_of_what_was_due(ana, clara):
    with writing():
        visit = db.session.scalars(select(Appointment).order_by(Appointment.starts_at)).first()
        plan_for(visit.client, visit.therapist, days=3, now=NOW + timedelta(days=3))
        db.session.commit()
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        page = ana.get(f"/clients/{clara}/measures").text
    assert "Plan 1 sent on 14 Mar 2026" in page
    assert page.count('class="trend-phase"') == 3
    assert "Practice: 14% of the days the plan asks for" in ana.text


@pytest.mark.parametrize(
    ("done", "per_week", "days", "percent"),
    [(3, 7, 7, 43), (7, 7, 7, 100), (9, 3, 14, 100), (3, 3, 14, 50), (0, 3, 28, 0), (1, 3, 1, 100)],
)
def test_practice_is_what_was_done_of_what_was_due(done, per_week, days, percent):
    assert practised_percent(done, per_week=per_week, days=days) == percent


def test_each_complaint_has_a_course_of_its_own(cast, new_visitor, visitor):
    def visits():
        """The third goes on with what the first told of."""
        yield Content(words=WORDS, pain_on_arrival=8, complaint="Hip")
        hip = db.session.scalar(select(Episode.id))
        yield Content(words=WORDS, pain_on_arrival=2, complaint="Neck")
        yield Content(words=WORDS, pain_on_arrival=4, episode=str(hip))

    clara = seen(new_visitor, visits())
    visitor.sign_in("ana")
    page = visitor.get(f"/clients/{clara}/measures").text
    assert page.index("<h2>Hip</h2>") < page.index("<h2>Neck</h2>")
    assert "From 8 on 12 Mar 2026 to 4 on 26 Mar 2026. Meaningful improvement" in page
    assert page.count("<svg") == 1
    record = visitor.get(f"/clients/{clara}").text
    assert "From 8 on 12 Mar 2026 to 4 on 26 Mar 2026" in record


def test_who_was_never_measured_has_a_page_that_says_so(cast, new_visitor, visitor):
    clara = seen(new_visitor, [Content(words=WORDS)])
    visitor.sign_in("ana")
    visitor.get(f"/clients/{clara}/measures")
    assert "Nothing measured yet" in visitor.text


def test_ideas_stand_above_the_next_note_with_where_they_come_from(ana, clara, new_visitor):
    book(new_visitor(), at="20260402T1000Z")
    with writing():
        last = db.session.scalars(select(Appointment).order_by(Appointment.starts_at)).all()[-1]
        last.client_id = clara
        db.session.commit()
    ana.get(f"/notes/{last.id}")
    assert "Worse than measurement error since the visit before: look again, or refer." in ana.text
    assert "Childs 2005" in ana.text
