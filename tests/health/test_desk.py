"""What the staff sees of what is missing: what to see to, and never a word of anybody's health."""

import pytest

from tests.conftest import NOW
from tests.health.conftest import MORNING, at, booked
from tests.health.test_missing import check, history

MISSING = ("Form missing", "Consent missing", "Check missing")


@pytest.mark.parametrize("who", ["ana", "rosa", "olu"])
def test_the_day_sheet_names_what_is_missing(release, signed_in, who):
    appointment, _ = release
    with at(MORNING):
        person = signed_in(who)
        assert [one for one in MISSING if one in person.get("/today").text] == list(MISSING)
        history(appointment.client_id, NOW)
        check(appointment, now=MORNING)
        assert [one for one in MISSING if one in person.get("/today").text] == ["Consent missing"]


def test_after_the_visit_nothing_is_asked_any_more(release, signed_in):
    appointment, _ = release
    with at(appointment.ends_at):
        assert "missing" not in signed_in("rosa").get("/today").text


def test_the_page_of_the_appointment_has_the_ways(release, signed_in):
    appointment, _ = release
    rosa = signed_in("rosa")
    rosa.get(f"/diary/appointments/{appointment.id}")
    assert "Form missing" in rosa.text
    assert "Check missing" in rosa.text
    assert rosa.link("Ask now").startswith(f"/diary/appointments/{appointment.id}/health-check")


def test_the_record_has_it_beside_the_visits_to_come(release, signed_in):
    appointment, _ = release
    ana = signed_in("ana")
    assert "Form missing" in ana.get(f"/clients/{appointment.client_id}").text


def test_a_visit_of_another_day_is_not_asked_for_its_check(cast, visitor, signed_in):
    appointment, _ = booked(visitor, "massage", at="20260319T1000Z")
    rosa = signed_in("rosa")
    rosa.get(f"/diary/appointments/{appointment.id}")
    assert "Form missing" in rosa.text
    assert "Check missing" not in rosa.text
