"""A client tells how it went: one tap, pain if they like, and what to do now where something is new and wrong."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.aftercare.models import PracticeLog
from clinic.aftercare.queries import NOTHING_TOLD, told_in
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.core.links import Link
from clinic.people.models import Client
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.rows import rows


def tell(client, link, **told):
    return client.send(f"{link}/log", **{"told": "done", **told})


def logs():
    kept = db.session.scalars(select(PracticeLog).order_by(PracticeLog.told_on))
    found = [told_in(log) for log in kept]
    db.session.rollback()
    return found


def test_one_tap_is_enough_and_is_thanked_for(client, link):
    page = tell(client, link)
    assert page.request.path == link
    assert not page.request.query_string
    assert "Done today. Well done." in client.text
    assert logs() == [{**NOTHING_TOLD, "done": True}]
    assert rows()["work_item"] == 0


def test_a_tap_answers_with_the_way_back_so_that_reloading_sends_nothing(client, link):
    page = client.post(f"{link}/log", follow=False, told="done")
    assert (page.status_code, page.location) == (303, link)


def test_tapping_twice_a_day_is_once_and_the_next_day_is_another(client, link):
    tell(client, link)
    tell(client, link)
    assert rows()["practice_log"] == 1
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client.get(link)
        assert "Well done" not in client.text
        tell(client, link)
    assert rows()["practice_log"] == 2


def test_a_day_is_the_clinics_day(client, link):
    """Half past midnight in Bristol in summer is the day before in UTC."""
    with time_machine.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), tick=False):
        client.get(link)
        tell(client, link)
    assert db.session.scalar(select(PracticeLog.told_on)).isoformat() == "2026-07-02"


def test_pain_can_be_corrected_by_telling_again(client, link):
    tell(client, link, pain="3")
    tell(client, link, pain="2")
    assert logs() == [{**NOTHING_TOLD, "done": True, "pain": 2}]
    client.post(f"{link}/log", told="done")  # from a page that was opened before
    assert logs()[0]["pain"] == 2


@pytest.mark.parametrize(("pain", "rings"), [("0", False), ("5", False), ("6", True), ("10", True)])
def test_much_pain_makes_one_call_for_the_therapist_and_is_answered_kindly(client, link, cast, pain, rings):
    tell(client, link, pain=pain)
    tell(client, link, pain=pain)
    tasks = [(item.task, item.owner_id) for item in db.session.scalars(select(WorkItem))]
    assert tasks == ([("ring_about_plan", cast.ana.account_id)] if rings else [])
    assert ("leave it for today" in client.text.split("In all of them")[0]) == rings
    assert ("Please call us on 0117 496 0000" in client.text) == rings  # Clara gave no phone number


def test_whoever_gave_a_phone_number_is_rung(client, link, clara):
    db.session.get(Client, clara).phone = "0117 496 0001"
    db.session.commit()
    tell(client, link, pain="8")
    assert "Leave the exercises until Ana has rung you." in client.text


def test_new_numbness_is_told_what_to_do_now_at_once(client, link, cast):
    page = tell(client, link, told="numb")
    assert page.request.path == f"{link}/help"
    in_order = (
        "What to do now",
        "numb between your legs",
        "trouble peeing",
        "Go to A&E now",
        "See a doctor or call 111 today",
    )
    places = [client.text.index(words) for words in in_order]
    assert places == sorted(places)
    assert "None of the above waits for us" in client.text
    assert "0117 496 0000" in client.text
    assert logs() == [{**NOTHING_TOLD, "numb": True}]
    assert db.session.scalars(select(WorkItem.task)).all() == ["ring_about_plan"]
    tell(client, link, told="numb")
    assert rows()["work_item"] == 1
    client.get(link)
    assert client.link("What to do now") == f"{link}/help"


def test_after_it_is_done_the_page_asks_how_it_went_and_keeps_what_is_told(client, link):
    page = tell(client, link)
    assert "<details open>" in page.text
    page = tell(client, link, told="told", pain="2", pain_after="3", felt="too_easy")
    assert "<details>" in page.text
    assert logs() == [{"done": True, "pain": 2, "pain_after": 3, "felt": "too_easy", "settled": None, "numb": False}]
    for told in ("pain-2", "pain_after-3", "felt-0"):
        assert f'checked id="{told}"' in page.text


def test_pain_can_be_told_by_who_stopped_and_is_no_day_done(client, link):
    tell(client, link, told="told", pain="7")
    assert "Thank you for telling us." in client.text
    assert "leave it for today" in client.text
    assert not logs()[0]["done"]


def test_saving_nothing_keeps_nothing(client, link):
    page = tell(client, link, told="told")
    assert page.request.path == link
    assert rows()["practice_log"] == 0


def test_numbness_is_taken_down_whatever_else_was_typed(client, link):
    page = tell(client, link, told="numb", pain="rubbish")
    assert page.request.path == f"{link}/help"
    assert logs()[0]["numb"]


def test_a_call_that_was_made_is_made_again_when_it_is_told_again(client, link, ana):
    tell(client, link, told="numb")
    item = db.session.scalar(select(WorkItem.id))
    ana.post(f"/work/{item}/completion")
    tell(client, link, told="numb")
    assert rows()["work_item"] == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pain": "11"}, "Choose a number from 0 to 10, or none."),
        ({"pain": "-1"}, "Choose a number from 0 to 10, or none."),
        ({"pain": "rubbish"}, "Choose a number from 0 to 10, or none."),
        ({"pain_after": "11"}, "Choose a number from 0 to 10, or none."),
        ({"felt": "splendid"}, "Choose one of the three, or none."),
        ({"settled": "perhaps"}, "Press “Yes” or “Not yet”."),
        ({"told": "rubbish", "pain": "4"}, "Press “Done today”"),
        ({"told": "", "pain": "4"}, "Press “Done today”"),
    ],
)
def test_what_no_page_of_ours_sends_is_said_at_its_field_and_keeps_nothing(client, link, typed, said):
    page = tell(client, link, **typed)
    assert page.status_code == 422
    assert client.text.startswith("Error:")
    assert said in client.text
    assert ('checked id="pain-4"' in page.text) == ("told" in typed)
    assert rows()["practice_log"] == 0


def test_what_was_told_is_sealed_and_its_line_in_the_trail_names_the_link_and_no_health(client, link):
    tell(client, link, pain="7")
    assert json.dumps({"pain": 7})[1:-1].encode() not in bytes(db.session.scalar(select(PracticeLog.answers_sealed)))
    line = db.session.scalar(select(AuditLine).where(AuditLine.action == "practice.logged"))
    front, _, secret = link.removeprefix("/plans/").partition(".")
    assert line.actor == f"link:{front}"
    assert secret not in line.actor
    assert line.detail == {}


def test_the_link_is_in_no_log(client, link, caplog):
    tell(client, link, pain="7")
    tell(client, link, told="numb")
    assert {record.route for record in caplog.records} >= {"/plans/<token>/log", "/plans/<token>/help"}
    assert link not in str([record.__dict__ for record in caplog.records])


@pytest.fixture(params=["stopped", "run out", "never a link"])
def dead_link(request, client, link, ana, clara):
    """What is still in the address of a page that the client has open."""
    if request.param == "stopped":
        ana.get(f"/clients/{clara}/plan")
        ana.post(f"/clients/{clara}/plan/link/revocation")
    elif request.param == "run out":
        db.session.execute(update(Link).where(Link.scope == "plan").values(expires_at=NOW))
        db.session.commit()
    return f"{link}x" if request.param == "never a link" else link


def test_new_numbness_told_by_a_link_that_opens_nothing_is_told_what_to_do_now(client, dead_link):
    page = tell(client, dead_link, told="numb")
    assert page.status_code == 404
    in_order = ("What to do now", "numb between your legs", "Go to A&E now", "See a doctor or call 111 today")
    places = [client.text.index(words) for words in in_order]
    assert places == sorted(places)
    assert "We do not know of this" in client.text
    assert "0117 496 0000" in client.text
    for words in ("Clara", "Ana", "sees what you told us", "will ring you", "Back to your plan"):
        assert words not in client.text
    assert rows()["practice_log"] == rows()["work_item"] == 0
    assert client.get(f"{dead_link}/help").status_code == 404
    assert "Go to A&E now" in client.text
    assert "We do not know of this" in client.text


def test_anything_else_told_by_a_link_that_opens_nothing_finds_no_page(client, dead_link):
    assert tell(client, dead_link, told="done").status_code == 404
    assert "We cannot find that page" in client.text
