"""Waiting for what begins with an assessment: by whoever can have it, and offered when they can."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking.models import Appointment, Offer, WaitingListEntry
from clinic.booking.operations import decline, offer_free_times
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from tests.booking.assessed import ASSESSMENT, HIPS, ask_first, follow
from tests.conftest import NOW
from tests.house.test_statements import counting
from tests.steps import WHO, book

PAGE = f"/treatments/{HIPS}/waiting-list?minutes=60"
WAITS = "You are on the waiting list"
FRIDAY = "4"


@pytest.fixture(autouse=True)
def assessed_first(cast):
    ask_first(cast)


@pytest.fixture
def clara(visitor):
    """Clara, whose assessment is on Thursday at ten, and who came by its link."""
    book(visitor)
    follow(visitor)
    return visitor


def join(visitor, page=PAGE, **typed):
    visitor.get(page)
    return visitor.post(page, **{**WHO, **typed})


def assessed(at):
    """The assessment begins then."""
    with writing():
        db.session.execute(update(Appointment).values(starts_at=at, ends_at=at + timedelta(hours=1)))
        db.session.commit()


def rounds(now=NOW):
    """What the worker does; when what it offers, and nobody has answered, begins."""
    offer_free_times(db.session, now=now)
    found = select(Offer.starts_at).where(Offer.outcome.is_(None)).order_by(Offer.starts_at)
    return [f"{at:%A %H:%M}" for at in db.session.scalars(found)]


def left(now):
    """Whatever is offered is left."""
    with writing():
        for offer in db.session.scalars(select(Offer).where(Offer.outcome.is_(None))).all():
            decline(db.session, offer, now=now, by=GUEST)
        db.session.commit()


def waiting():
    return db.session.scalars(select(WaitingListEntry.name)).all()


def test_who_waits_for_what_an_assessment_opens_is_offered_the_first_time_after_it(clara):
    join(clara)
    assert WAITS in clara.text
    assert rounds() == ["Thursday 11:00"]


def test_what_is_free_before_it_goes_to_whoever_waits_behind_them(clara, new_visitor):
    join(clara)
    eva = {"name": "Eva Saucer", "email": "eva@client.test"}
    join(new_visitor(), page="/treatments/massage/waiting-list?minutes=60", **eva)
    assert rounds() == ["Wednesday 11:00", "Thursday 11:00"]


@pytest.mark.parametrize(("lapses", "times"), [(12, []), (16, ["Friday 09:00"])])
def test_nothing_is_offered_for_which_it_is_too_long_ago(clara, lapses, times):
    join(clara, weekdays=[FRIDAY])
    assessed(NOW.replace(year=2025, month=9, day=lapses))
    assert rounds() == times


def test_a_round_asks_as_much_of_an_assessment_far_ahead_as_of_one_that_was(clara):
    join(clara)
    asked = []
    for minute, at in enumerate((NOW, NOW - timedelta(days=7), NOW + timedelta(days=40))):
        now = NOW + timedelta(minutes=minute)
        assessed(at)
        with counting() as statements:
            assert len(rounds(now)) == 1
        asked.append(len(statements))
        left(now)
    assert asked[1] == asked[2]


def test_who_was_never_assessed_is_led_to_the_assessment(visitor):
    visitor.get(PAGE)
    assert visitor.page.request.path == ASSESSMENT


@pytest.mark.parametrize("why", ["cancelled", "lapsed"])
def test_whose_assessment_does_not_count_any_more_is_led_to_another(visitor, why):
    book(visitor)
    booked = visitor.page.request.path
    follow(visitor)
    visitor.get(PAGE)
    asked = visitor.page
    if why == "cancelled":
        visitor.get(f"{booked}/cancellation")
        visitor.send(f"{booked}/cancellation")
    else:
        assessed(NOW - timedelta(days=200))
    visitor.page = asked
    visitor.send(PAGE, **WHO)
    assert visitor.page.request.path == ASSESSMENT
    visitor.get(PAGE)
    assert visitor.page.request.path == ASSESSMENT
    assert waiting() == []


def test_whose_assessment_is_good_for_some_days_more_may_wait_for_one_of_them(clara):
    assessed(NOW.replace(year=2025, month=9, day=16))
    join(clara)
    assert waiting() == ["Clara Teacup"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Clara T. Teacup"}, "The assessment was for Clara Teacup, so this is too."),
        ({"email": "dora@client.test"}, "Use the address of your assessment, clara@client.test."),
    ],
)
def test_whoever_types_another_name_or_address_is_told_whose_assessment_we_know(clara, typed, sentence):
    clara.get(PAGE)
    assert "Only whoever had the assessment can book this." in clara.text
    page = join(clara, weekdays=[FRIDAY], **typed)
    assert page.status_code == 422
    assert sentence in clara.text
    assert f'value="{next(iter(typed.values()))}"' in page.text
    assert waiting() == []
    clara.send(PAGE, **WHO)
    assert WAITS in clara.text
    assert rounds() == ["Friday 09:00"]


def test_sent_again_when_the_visit_is_known_no_longer_it_is_the_same_place(clara):
    join(clara)
    first = clara.page.request.path
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        clara.post(PAGE, **WHO)
    assert clara.page.request.path == first
    assert len(waiting()) == 1
