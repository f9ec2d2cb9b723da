"""Where the therapist wants it, the year of birth is asked before a plan's link shows anything."""

import pytest
import sqlalchemy as sa
import time_machine

from clinic.aftercare import queries
from clinic.aftercare.models import StretchPlan
from clinic.core.db import db
from tests.aftercare.steps import address, plan_link
from tests.conftest import NOW

ASKED = "When were you born?"


@pytest.fixture
def link(ana, clara):
    """A plan that asks for 1980."""
    found = plan_link(ana, clara, "glute_bridge", word="Slowly does it.")
    set_year(ana, clara, year="1980")
    return found


def set_year(ana, client_id, **typed):
    ana.get(f"/clients/{client_id}/plan")
    return ana.post(f"/clients/{client_id}/plan/year", **typed)


def test_a_plan_asks_for_no_year_until_its_therapist_wants_it(ana, clara, new_visitor):
    client = new_visitor()
    client.get(plan_link(ana, clara, "glute_bridge"))
    assert ASKED not in client.text
    assert "Your plan" in client.text


@pytest.mark.parametrize("page", ["", "/again", "/booking"])
def test_every_page_of_the_link_shows_the_question_and_nothing_of_the_plan(link, new_visitor, page):
    client = new_visitor()
    assert client.get(f"{link}{page}").status_code == 200
    assert client.page.request.path == f"{link}/year"
    assert ASKED in client.text
    for word in ("Bridge", "Slowly", "Clara", "Ana"):
        assert word not in client.text


def test_the_right_year_opens_the_page_they_came_for_and_is_not_asked_again(link, new_visitor):
    client = new_visitor()
    client.get(f"{link}/again")
    client.send(client.page.request.full_path, year=" 1980 ")
    assert client.page.request.path == f"{link}/again"
    client.get(link)
    assert "Slowly does it." in client.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1981", "That is not the year we have."),
        ("", "Enter a year with four digits"),
        ("80", "Enter a year with four digits"),
        ("1899", "Enter a year with four digits"),
        ("2022", "Enter a year with four digits"),
        ("soon", "Enter a year with four digits"),
    ],
)
def test_a_wrong_year_opens_nothing(link, new_visitor, typed, said):
    client = new_visitor()
    client.get(link)
    assert client.send(f"{link}/year", year=typed).status_code == 422
    assert said in client.text
    client.get(link)
    assert ASKED in client.text


def test_after_ten_tries_even_the_right_one_waits_five_minutes(link, new_visitor):
    client = new_visitor()
    client.get(link)
    for year in range(1981, 1991):
        client.send(f"{link}/year", year=str(year))
    assert client.send(f"{link}/year", year="1980").status_code == 429
    assert "Too many tries" in client.text
    other = new_visitor()
    other.get(link)
    assert other.send(f"{link}/year", year="1980").status_code == 429
    with time_machine.travel(NOW.replace(minute=NOW.minute + 6), tick=False):
        client.send(f"{link}/year", year="1980")
    assert "Slowly does it." in client.text


def test_the_year_of_one_plan_opens_no_other(ana, link, clara, new_visitor):
    client = new_visitor()
    client.get(link)
    client.send(f"{link}/year", year="1980")
    ana.get(f"/clients/{clara}/plan")
    ana.post(f"/clients/{clara}/plan/link/revocation")
    ana.get(f"/clients/{clara}/plan")
    ana.send(f"/clients/{clara}/plan/issue")
    client.get(address(clara))
    assert ASKED in client.text


def test_what_cannot_wait_asks_for_no_year(link, new_visitor):
    client = new_visitor()
    client.get(f"{link}/help")
    assert ASKED not in client.text
    client.post(f"{link}/log", told="numb")
    assert client.page.request.path == f"{link}/help"
    assert "numb between your legs" in client.text


@pytest.mark.parametrize("page", ["", "/again", "/session", "/reminders"])
def test_a_page_that_is_asked_for_as_if_numbness_were_told_shows_the_question(link, new_visitor, page):
    client = new_visitor()
    client.page = client.client.get(f"{link}{page}", data={"told": "numb"}, follow_redirects=True)
    assert ASKED in client.text
    assert "Bridge" not in client.text


@pytest.mark.parametrize("page", ["/again", "/reminders"])
def test_other_forms_wait_for_the_year_whatever_they_send_beside(link, new_visitor, page):
    client = new_visitor()
    client.get(f"{link}/help")
    client.post(f"{link}{page}", told="numb", every="1", back="yes")
    assert ASKED in client.text


def test_telling_of_a_day_waits_for_the_year(link, new_visitor):
    client = new_visitor()
    client.get(link)
    client.post(f"{link}/log", told="done", pain="11")
    assert ASKED in client.text


def test_a_link_that_opens_nothing_does_not_say_that_a_year_was_asked(ana, clara, link, new_visitor):
    ana.get(f"/clients/{clara}/plan")
    ana.post(f"/clients/{clara}/plan/link/revocation")
    client = new_visitor()
    assert client.get(link).status_code == 404
    assert client.get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404


def test_the_therapist_stops_asking(ana, clara, link, new_visitor):
    ana.get(f"/clients/{clara}/plan")
    assert "asked for the year of birth" in ana.text
    ana.post(f"/clients/{clara}/plan/year", stop="yes")
    client = new_visitor()
    client.get(link)
    assert "Slowly does it." in client.text


@pytest.mark.parametrize("typed", ["", "1899", "2022", "about 1980"])
def test_a_year_that_cannot_be_is_not_taken(ana, clara, typed):
    plan_link(ana, clara, "glute_bridge")
    assert set_year(ana, clara, year=typed).status_code == 422
    assert "Enter a year with four digits" in ana.text
    assert queries.plan_of(db.session, clara).year_of_birth is None


def test_the_year_is_sealed(ana, clara, link):
    kept = db.session.scalar(sa.select(StretchPlan.year_of_birth_sealed))
    assert b"1980" not in kept


def test_no_page_of_a_plans_link_stands_where_the_year_is_not_asked(app):
    """The guard is the blueprint's: a page by this link elsewhere would open without it."""
    views = app.view_functions.items()
    by_link = [name for name, view in views if getattr(view, "audience", "") == "holder_of:plan"]
    assert [name for name in by_link if not name.startswith("aftercare.")] == []
    free = {name for name in by_link if getattr(app.view_functions[name], "asks_no_year", False)}
    assert free >= {"aftercare.help_now", "aftercare.year", "aftercare.year_submit"}
    assert "aftercare.plan" not in free
