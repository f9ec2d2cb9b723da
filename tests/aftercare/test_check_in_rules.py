"""When a mail may come, what answers mean, and when a figure is one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clinic.aftercare.rules.check_ins import (
    BACK,
    FROM,
    NEW,
    UNTIL,
    HowTheyAre,
    NeverBack,
    decent,
    is_alarming,
    last_told,
    needs_help,
    never_back,
)
from clinic.aftercare.wording import check_ins as wording
from clinic.core.times import local

ZONES = ("Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata")
MOMENTS = some.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-03-14T11:00Z", "2026-03-14T11:00Z"),
        ("2026-03-14T08:59Z", "2026-03-14T09:00Z"),
        ("2026-03-14T19:59Z", "2026-03-14T19:59Z"),
        ("2026-03-14T20:00Z", "2026-03-15T09:00Z"),
        ("2026-03-28T22:30Z", "2026-03-29T08:00Z"),  # the clocks go forward in that night
    ],
)
def test_a_mail_waits_for_the_next_decent_hour(at, then):
    assert decent(datetime.fromisoformat(at), "Europe/London") == datetime.fromisoformat(then)


@given(at=MOMENTS, zone=some.sampled_from(ZONES))
def test_it_is_never_earlier_never_at_night_and_less_than_a_day_later(at, zone):
    then = decent(at, zone)
    assert FROM <= local(then, zone).time() < UNTIL
    assert 0 <= (then - at).total_seconds() <= 14 * 3600


@pytest.mark.parametrize(
    ("told", "help_at_once", "rings"),
    [
        (HowTheyAre(), False, False),
        (HowTheyAre(pain=5, compared="same", new=("sore_lasts", "bruise"), back="yes"), False, False),
        (HowTheyAre(pain=6), False, True),
        (HowTheyAre(compared="worse"), False, True),
        (HowTheyAre(new=("numb",)), True, True),
        (HowTheyAre(flags=("fever",), pain=0, compared="better"), True, True),
    ],
)
def test_what_answers_mean(told, help_at_once, rings):
    assert (needs_help(told), is_alarming(told, red_from=6)) == (help_at_once, rings)


def test_the_clinic_says_from_which_pain_it_rings():
    assert [is_alarming(HowTheyAre(pain=5), red_from=least) for least in (5, 6)] == [True, False]


def test_fewer_than_five_answers_are_no_figure():
    assert never_back(["no"] * 4) is None
    assert never_back(["no"] * 4 + [""] * 9) is None
    assert never_back(["no", "no", "no", "now_and_then", "yes", ""]) == NeverBack(3, 5)
    assert NeverBack(3, 5).percent == 60


def test_whether_it_came_back_is_what_each_client_who_answered_at_their_review_told_last():
    told = [
        ("a", "review", "no"),
        ("b", "review", "now_and_then"),
        ("c", "back", ""),  # never asked at a review
        ("d", "back", ""),
        ("e", "review", "no"),
        ("b", "review", "no"),
        ("a", "back", ""),
        ("d", "review", "no"),
    ]
    assert last_told(told) == ["yes", "no", "no", "no"]


def test_whatever_can_be_answered_has_words(app):
    with app.test_request_context():
        assert set(wording.NEW) == set(NEW)
        assert set(wording.BACK) == set(BACK) == set(wording.ON_RECORD["back"])
        told = HowTheyAre(("fever",), 4, "worse", NEW, "now_and_then", "Well")
        assert wording.in_short(told).startswith("pain 4, worse, soreness that has settled")
        assert wording.flags(told) == ["your back hurts, and you have a fever or feel very unwell"]
        assert wording.in_short(HowTheyAre()) == ""
