"""Names hidden while the screen faces the waiting room: initials, and no name anywhere in what the browser gets."""

import pytest
from sqlalchemy import insert, select

from clinic.booking.models import Appointment, WaitingListEntry
from clinic.core.db import db, writing
from clinic.people.rules import initials
from clinic.treatments.models import Treatment
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.steps import book

THURSDAY = "/today?on=2026-03-12"
PAGES = (THURSDAY, "/today/waiting-list", "/work", "/diary?on=2026-03-12", "/diary?on=2026-03-12&view=week", "/clients")
TOLD = ("Clara", "Teacup", "clara@", "0117 496", "Eva", "Saucer", "eva@")


@pytest.fixture
def clara_and_eva(new_visitor):
    """Clara is booked with Ana, who is to ring her; Eva waits for a time."""
    book(new_visitor(), phone="0117 496 0001")
    with writing():
        booked = db.session.scalar(select(Appointment))
        booked.call = WorkItem(task="ring_before_visit", owner_id=booked.therapist.account_id, due_at=NOW)
        waits = {"name": "Eva Saucer", "email": "eva@client.test", "phone": "0117 496 0002", "minutes": 60}
        any_time = {"therapist_ids": [], "weekdays": [], "parts": [], "until_on": booked.starts_at.date()}
        treatment_id = db.session.scalar(select(Treatment.id).where(Treatment.slug == "massage"))
        db.session.execute(
            insert(WaitingListEntry), {**waits, **any_time, "treatment_id": treatment_id, "joined_at": NOW}
        )
        db.session.commit()


@pytest.mark.parametrize("name", ["ana", "rosa", "olu"])
def test_while_names_are_hidden_no_list_holds_one_and_each_says_so(clara_and_eva, new_visitor, name):
    staff = new_visitor()
    staff.sign_in(name)
    staff.post("/today/names", hidden="yes")
    for page in PAGES:
        html = staff.get(page).text
        assert [told for told in TOLD if told in html] == [], page
        assert "Names are hidden" in staff.text
        assert ("E. S." if "waiting" in page else "C. T.") in staff.text, page


def test_the_switch_leads_back_to_its_page_and_shows_names_again(clara_and_eva, new_visitor):
    rosa = new_visitor()
    rosa.sign_in("rosa")
    rosa.get(THURSDAY)
    assert "Hide names" in rosa.text
    rosa.post("/today/names?next=/today?on=2026-03-12", hidden="yes")
    assert "C. T." in rosa.text
    rosa.post("/today/names?next=/today?on=2026-03-12")
    assert "Clara Teacup" in rosa.text
    assert "Names are hidden" not in rosa.text
    assert rosa.post("/today/names?next=https://elsewhere.test", hidden="yes").request.path == "/today"


def test_another_browser_of_the_same_person_still_shows_names(clara_and_eva, new_visitor):
    counter, office = new_visitor(), new_visitor()
    for browser in (counter, office):
        browser.sign_in("rosa")
    counter.post("/today/names", hidden="yes")
    office.get(THURSDAY)
    assert "Clara Teacup" in office.text


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Clara Bennett", "C. B."),
        ("walter", "W."),
        ("Maria del Carmen Lopes", "M. L."),
        ("Éva Ångström", "É. Å."),
        ("(Tom) O'Neill", "T. O."),
        ("李 明", "李. 明."),
        ("Ana Ana", "A. A."),
        ("…", ""),
    ],
)
def test_initials_are_of_the_first_name_and_the_last(name, short):
    assert initials(name) == short
