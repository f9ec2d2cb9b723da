"""The page of times."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis.strategies import dates


@settings(max_examples=20)
@given(day=dates())
@example(day=date.min)
@example(day=date.max)
def test_whatever_day_is_asked_for_there_are_times_to_choose(visitor, day):
    page = visitor.get(f"/treatments/massage/times?from={day.isoformat()}")
    assert page.status_code == 200
    assert 'class="time"' in page.text
