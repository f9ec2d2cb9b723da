"""The home page: treatments with price and next times, and therapists with what has been checked."""

import re

import pytest

from tests.steps import TEN, screen
from tests.visitor import Visitor


def offers(visitor):
    """Each treatment's name and its times."""
    found = re.findall(r'<article class="card offer">(.*?)</article>', visitor.page.text, re.DOTALL)
    return {re.search(r"<h3>(.*?)</h3>", one)[1]: re.findall(r'name="slot" value="([^"]+)"', one) for one in found}


def test_every_treatment_shows_its_length_its_price_and_its_next_three_times(visitor):
    visitor.get("/")
    assert set(offers(visitor)) == {"Psoas release", "Hips without tummy work", "Massage"}
    for found in offers(visitor).values():
        assert [slot[:14] for slot in found] == ["20260311T1100Z", "20260311T1115Z", "20260311T1130Z"]
    assert "60 minutes · £68" in visitor.text


@pytest.mark.parametrize(
    ("minutes", "names"),
    [
        (30, {"Massage"}),
        (60, {"Massage", "Hips without tummy work", "Psoas release"}),
        ("x", {"Massage", "Hips without tummy work", "Psoas release"}),
    ],
)
def test_who_has_so_long_is_offered_what_fits_which_a_release_does_not_into_thirty_minutes(visitor, minutes, names):
    visitor.get(f"/?minutes={minutes}")
    assert set(offers(visitor)) == names


def test_what_fits_is_booked_for_as_long_as_it_fits(visitor):
    visitor.get("/?minutes=30")
    assert "30 minutes · £35" in visitor.text
    visitor.get("/?minutes=90")
    assert "75 minutes · £80" in visitor.text


def test_only_therapists_trained_for_a_release_are_offered_for_it(visitor):
    visitor.get("/")
    assert {slot.partition(".")[2] for slot in offers(visitor)["Psoas release"]} == {"ana-moreau"}


def test_therapists_are_shown_with_what_was_checked(visitor):
    visitor.get("/")
    assert "Ana Moreau Level 5 sports massage Psoas release training Insured to December 2027" in visitor.text


def test_a_time_tapped_first_is_kept_through_the_safety_page(visitor):
    visitor.get("/")
    first = next(time for time in visitor.times if time["treatment"] == "psoas-release")
    visitor.tap(**first)
    assert "Is this safe for you?" in visitor.text
    screen(visitor, query="?" + visitor.page.request.query_string.decode())
    assert visitor.page.request.path == "/treatments/psoas-release/details"
    assert "Wednesday 11 March, 11am" in visitor.text


def test_a_machine_can_ask_whether_the_clinic_is_well(visitor):
    assert visitor.get("/healthz").text == "ok\n"


def test_before_there_is_a_clinic_the_home_page_says_so(app):
    stranger = Visitor(app)
    assert stranger.get("/").status_code == 200
    assert stranger.get(f"/treatments/massage/details?slot={TEN}.ana-moreau").status_code == 404
