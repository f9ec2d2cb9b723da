"""The page of times: nearest first, by day; further on, narrowed to one therapist, and when there is nothing."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis.strategies import dates
from sqlalchemy import delete, update

from clinic.booking.models import WorkingHours
from clinic.core.db import db, writing
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.rows import rows
from tests.steps import book

TIMES = "/treatments/massage/times"


def days(visitor):
    return [" ".join(words) for words in re.findall(r"<h2>(\w+) (\d+) (\w+)</h2>", visitor.page.text)]


def change(statement):
    with writing():
        db.session.execute(statement)
        db.session.commit()


def test_the_nearest_times_come_first_without_opening_a_calendar(visitor):
    visitor.get(TIMES)
    assert days(visitor)[:3] == ["Wednesday 11 March", "Thursday 12 March", "Friday 13 March"]
    assert visitor.slots == sorted(visitor.slots)
    assert visitor.slots[0].startswith("20260311T1100Z")  # two hours' notice
    assert len(visitor.slots) >= 3


def test_later_times_go_on_where_these_end_and_earlier_ones_lead_back(visitor):
    visitor.get(TIMES)
    first = days(visitor)
    visitor.get(visitor.link("Later times"))
    assert days(visitor)[0] == "Wednesday 18 March"
    assert not set(days(visitor)) & set(first)
    visitor.get(visitor.link("Earlier times"))
    assert days(visitor) == first


def test_later_times_end_at_the_horizon(visitor):
    visitor.get(TIMES)
    seen = days(visitor)
    while "Later times" in visitor.text and len(seen) < 100:
        visitor.get(visitor.link("Later times"))
        seen += days(visitor)
    assert "Later times" not in visitor.text
    assert len(seen) == len(set(seen))
    assert seen[-1] == "Tuesday 9 June"  # 90 days on, less what ends the day before nine


def test_one_therapist_can_be_asked_for(visitor, cast):
    visitor.get(TIMES)
    assert "with Ana" in visitor.page.text
    visitor.get(visitor.link("Ben"))
    assert {slot.partition(".")[2] for slot in visitor.slots} == {"ben-okafor"}


def test_times_go_in_turn_to_whoever_has_less_to_do_that_day(visitor):
    book(visitor, at="20260312T0900Z")
    visitor.get(f"{TIMES}?from=2026-03-12")
    on_thursday = [slot for slot in visitor.slots if slot.startswith("20260312")]
    assert {slot.partition(".")[2] for slot in on_thursday} == {"ben-okafor"}


@pytest.mark.parametrize(
    "query", ["from=yesterday", "from=2020-01-01", "from=0001-01-01", "therapist=nobody", "minutes=x"]
)
def test_rubbish_in_the_address_shows_the_first_times(visitor, query):
    visitor.get(TIMES)
    expected = visitor.slots
    assert visitor.get(f"{TIMES}?{query}").status_code == 200
    assert visitor.slots == expected


@settings(max_examples=20)
@given(day=dates())
@example(day=date.min)
@example(day=date.max)
def test_whatever_day_is_asked_for_there_are_times_to_choose(visitor, day):
    page = visitor.get(f"{TIMES}?from={day.isoformat()}")
    assert page.status_code == 200
    assert 'class="time"' in page.text


def test_where_two_weeks_are_full_the_first_that_are_not_are_shown(visitor):
    change(update(WorkingHours).values(from_on=NOW.date() + timedelta(days=40)))
    visitor.get(TIMES)
    assert days(visitor)[0] == "Monday 20 April"


def test_with_no_time_in_the_horizon_there_is_a_number_and_an_address(visitor):
    change(delete(WorkingHours))
    for page in ("/", TIMES):
        main = visitor.get(page).text.partition("<main")[2].partition("</main>")[0]  # they stand in the footer anyway
        assert "No free times just now" in main
        assert "0117 496 0000" in main
        assert "desk@clinic.test" in main
        assert visitor.slots == []


def test_a_lost_time_without_another_free_says_whom_to_call(visitor):
    visitor.get("/treatments/massage/details?slot=20260312T1000Z.ana-moreau")
    visitor.post(visitor.page.request.full_path, name="Clara", email="clara@client.test")
    change(delete(WorkingHours))
    assert visitor.send("/appointments").status_code == 409
    assert "Please call us on 0117 496 0000" in visitor.text


def test_a_time_that_went_in_the_meantime_is_told_before_anything_is_typed(visitor, new_visitor):
    book(new_visitor())
    page = visitor.get("/treatments/massage/details?minutes=60&slot=20260312T1000Z.ana-moreau")
    assert page.status_code == 409
    assert "Somebody else has just taken that time. These are the nearest times." in visitor.text
    assert visitor.slots


def test_every_time_shown_can_be_tapped(visitor):
    visitor.get(f"{TIMES}?from=2026-03-20")
    page = visitor.page
    for slot in visitor.slots[::25]:
        visitor.page = page
        assert visitor.tap(slot).status_code == 200
        assert "Who is it for?" in visitor.text


def test_a_treatment_nobody_offers_any_more_is_not_found(visitor):
    change(update(Treatment).where(Treatment.slug == "massage").values(offered=False))
    assert visitor.get(TIMES).status_code == 404
    assert "All we offer is on the home page" in visitor.text


def test_looking_for_times_writes_nothing(visitor):
    before = rows()
    visitor.get(TIMES)
    visitor.get("/")
    assert rows() == before
