"""A phone tells later what was done without a network: each once, however often it is sent, by the plan's link alone."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from clinic.aftercare.models import PracticeLog
from clinic.aftercare.queries import told_in
from clinic.core.db import db
from clinic.people.models import Client
from clinic.work.models import WorkItem
from tests.aftercare.steps import plan_link
from tests.conftest import NOW
from tests.rows import rows
from tests.steps import book
from tests.visitor import Visitor

HERE = "http://localhost"
TODAY = NOW.date()


def entry(**told):
    return {"id": str(uuid4()), "on": TODAY.isoformat(), "done": True, **told}


def tell(visitor, link, *entries, origin=HERE, **more):
    """What a page of ours sends; `more` in place of it."""
    headers = {"Origin": origin} if origin else {}
    sent = {"data": json.dumps({"entries": entries}), "content_type": "application/json", **more}
    return visitor._request("POST", f"{link}/practice", headers=headers, **sent)


def logs():
    found = [
        (log.told_on, told_in(log)) for log in db.session.scalars(select(PracticeLog).order_by(PracticeLog.told_on))
    ]
    db.session.rollback()
    return found


def test_what_a_phone_tells_later_stands_on_the_day_it_is_about(visitor, link):
    day = TODAY - timedelta(days=3)
    one = entry(on=day.isoformat(), pain=3, pain_after=2, felt="right", settled=True, numb=False)
    assert tell(visitor, link, one).json == {"kept": [one["id"]], "refused": []}
    told = {"done": True, "pain": 3, "pain_after": 2, "felt": "right", "settled": True, "numb": False}
    assert logs() == [(day, told)]


def test_fifty_entries_sent_twice_are_fifty_rows(visitor, link):
    days = [TODAY - timedelta(days=ago % 7) for ago in range(50)]
    entries = [entry(on=day.isoformat(), pain=1) for day in days]
    for _ in range(2):
        assert tell(visitor, link, *entries).json["kept"] == [one["id"] for one in entries]
        assert rows()["practice_log"] == 50


def test_two_tabs_that_send_the_same_at_once_are_once(app, link):
    entries = [entry(pain=pain) for pain in range(5)]
    ready = Barrier(2)

    def send(_tab):
        with app.app_context():
            ready.wait(20)
            return tell(Visitor(app), link, *entries).status_code

    with ThreadPoolExecutor(2) as tabs:
        assert list(tabs.map(send, range(2))) == [200, 200]
    db.session.rollback()
    assert rows()["practice_log"] == 5


def test_the_same_id_twice_in_one_post_is_once(visitor, link):
    one = entry()
    assert tell(visitor, link, one, one).status_code == 200
    assert rows()["practice_log"] == 1


def test_ids_are_a_plans_own(visitor, new_visitor, link, ana):
    book(new_visitor(), email="dora@client.test", name="Dora Teapot", at="20260312T1400Z")
    dora = db.session.scalar(select(Client.id).where(Client.email == "dora@client.test"))
    one = entry()
    for each in (link, plan_link(ana, dora, "pelvic_tilt")):
        assert tell(visitor, each, one).json["kept"] == [one["id"]]
    db.session.rollback()
    assert rows()["practice_log"] == 2


@pytest.mark.parametrize("origin", ["", "null", "https://elsewhere.example", "http://localhost.elsewhere.example"])
def test_what_another_site_sends_is_refused(visitor, link, origin):
    assert tell(visitor, link, entry(), origin=origin).status_code == 403
    assert rows()["practice_log"] == 0


def test_it_needs_no_session_and_leaves_none(visitor, link):
    answer = tell(visitor, link, entry())
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"data": json.dumps({"entries": [], "more": "x" * 70_000})}, 413),
        ({"data": "rubbish"}, 422),
        ({"data": b"\xff\xfe"}, 422),
        ({"data": "[" * 60_000}, 422),
        ({"data": "[]"}, 422),
        ({"data": '{"entries": {}}'}, 422),
        ({"data": '{"entries": ' + "9" * 5000 + "}"}, 422),
        ({"data": json.dumps({"entries": [None] * 101})}, 422),
    ],
)
def test_what_has_no_shape_of_ours_is_refused_whole(visitor, link, more, status):
    assert tell(visitor, link, **more).status_code == status
    assert rows()["practice_log"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "no-uuid"},
        {"id": None},
        {"id": 7},
        {"id": f"{{{uuid4()}}}"},
        {"on": (TODAY + timedelta(days=1)).isoformat()},
        {"on": (TODAY - timedelta(days=61)).isoformat()},
        {"on": "2026-02-30"},
        {"on": 20260311},
        {"on": None},
        {"done": "yes"},
        {"done": False},
        {"pain": 11},
        {"pain": -1},
        {"pain": True},
        {"pain": "3"},
        {"pain": 1e400},
        {"pain_after": 3.5},
        {"felt": "splendid"},
        {"felt": ["right"]},
        {"settled": 1},
        {"numb": None},
    ],
)
def test_an_entry_that_nobody_can_read_is_refused_and_the_others_are_kept(visitor, link, wrong):
    right, odd = entry(pain=2), entry(**wrong)
    answer = tell(visitor, link, odd, right, "rubbish", None)
    assert answer.json["kept"] == [right["id"]]
    assert answer.json["refused"] == ([odd["id"]] if isinstance(odd["id"], str) else [])
    assert rows()["practice_log"] == 1


def test_whoever_is_far_east_is_in_our_tomorrow_already_and_it_counts_for_today(visitor, link):
    with time_machine.travel(NOW.replace(hour=11), tick=False):  # midnight on the other side
        tell(visitor, link, entry(on=(TODAY + timedelta(days=1)).isoformat()))
    assert [day for day, _told in logs()] == [TODAY]


def test_numbness_told_later_is_a_call_at_once_about_the_day_it_happened(visitor, link, cast):
    day = TODAY - timedelta(days=2)
    one = entry(done=False, numb=True, on=day.isoformat())
    tell(visitor, link, one)
    tell(visitor, link, one)
    assert [(log_day, told["numb"]) for log_day, told in logs()] == [(day, True)]
    assert db.session.execute(select(WorkItem.task, WorkItem.owner_id)).all() == [
        ("ring_about_plan", cast.ana.account_id)
    ]


def test_numbness_counts_whatever_else_is_wrong_with_it(visitor, link):
    for wrong in ({"on": "2031-01-01"}, {"on": None}, {"pain": "much"}, {"felt": 3}):
        assert len(tell(visitor, link, entry(numb=True, **wrong)).json["kept"]) == 1
    assert {(day, told["numb"]) for day, told in logs()} == {(TODAY, True)}


def test_a_link_that_was_stopped_takes_nothing_more_from_that_moment_on(visitor, link, ana, clara):
    ana.post(f"/clients/{clara}/plan/link/revocation")
    assert tell(visitor, link, entry()).status_code == 404
    assert rows()["practice_log"] == 0


def test_what_was_told_is_in_no_log(visitor, link, caplog):
    one = entry(pain=7)
    tell(visitor, link, one)
    said = str([record.__dict__ for record in caplog.records])
    assert "/plans/<token>/practice" in said
    assert link not in said
    assert one["id"] not in said
