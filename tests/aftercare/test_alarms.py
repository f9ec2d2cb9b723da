"""What a client tells that needs the therapist: red pain and numbness at once, amber that stays, and a mail about it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.aftercare import rules
from clinic.aftercare.models import PracticeLog, StretchPlan
from clinic.aftercare.operations import Told, log_practice
from clinic.aftercare.queries import NOTHING_TOLD, told_by_day, told_in
from clinic.aftercare.rules import Zones
from clinic.aftercare.wording import how_much_pain
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.people.models import Account
from clinic.places.models import Clinic
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.rows import rows

ZONES = Zones(4, 6)
TODAY = NOW.date()
AMBER, GREEN = {**NOTHING_TOLD, "pain": 4}, {**NOTHING_TOLD, "pain": 3}


def tell(client, link, *, days=0, **told):
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        client.get(link)
        return client.send(f"{link}/log", **{"told": "done", **told})


def tasks():
    found = db.session.scalars(select(WorkItem.task).order_by(WorkItem.id)).all()
    db.session.rollback()
    return found


def keep(told, on, entry):
    """What a phone told, with its own id."""
    with writing():
        plan_id = db.session.scalar(select(StretchPlan.id))
        log_practice(db.session, plan_id, told, on=on, entry=entry, now=NOW, by=GUEST)
        db.session.commit()


def mails(app, now):
    letterbox = Letterbox()
    letterbox.round(app, now)
    return [one for one in letterbox.mails if one["To"] == "ana@clinic.test"]


@pytest.mark.parametrize(
    ("pain", "after", "zone"),
    [
        (None, None, ""),
        (0, None, "green"),
        (3, 3, "green"),
        (4, 0, "amber"),
        (0, 5, "amber"),
        (6, None, "red"),
        (None, 10, "red"),
    ],
)
def test_the_worse_of_pain_during_and_after_counts(pain, after, zone):
    assert ZONES.of({**NOTHING_TOLD, "pain": pain, "pain_after": after}) == zone


@pytest.mark.parametrize(
    ("told", "around", "task"),
    [
        ({"pain": 3}, [AMBER], ""),
        ({"pain": 4}, [], ""),
        ({"pain": 4}, [GREEN], ""),
        ({"pain": 5}, [AMBER], rules.LOOK),
        ({"pain_after": 4}, [GREEN, AMBER], rules.LOOK),
        ({"settled": True}, [AMBER], ""),
        ({"settled": False}, [AMBER], rules.LOOK),
        ({"settled": False, "pain": 8}, [AMBER], rules.RING),
        ({"pain": 6}, [], rules.RING),
        ({"numb": True}, [], rules.RING),
    ],
)
def test_what_is_to_be_done_about_it(told, around, task):
    assert rules.task_after({**NOTHING_TOLD, **told}, around, ZONES) == task


def test_pain_afterwards_is_as_alarming_as_pain_during_it(client, link):
    tell(client, link, pain="2", pain_after="6")
    assert tasks() == [rules.RING]
    assert "leave it for today" in client.text


def test_amber_is_fine_once_and_asked_about_the_next_time(client, link):
    tell(client, link, pain="4")
    assert "fine if it settles within a day" in client.text
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client.get(link)
        assert "Yesterday it hurt 4 out of 10. Has that settled?" in client.text
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        client.get(link)
        assert "On Wednesday it hurt 4 out of 10. Has that settled?" in client.text
        client.send(f"{link}/log", told="told", settled="yes")
        assert "Has that settled?" not in client.text
    assert tasks() == []


def test_amber_that_did_not_settle_is_looked_at(client, link):
    tell(client, link, pain="5")
    tell(client, link, days=1, told="told", settled="no")
    assert "Leave it for today. Ana will look at your plan." in client.text
    assert tasks() == [rules.LOOK]


def test_amber_twice_running_is_looked_at_and_with_a_better_day_between_is_not(client, link):
    tell(client, link, pain="5")
    tell(client, link, days=2, pain="1")
    tell(client, link, days=3, pain="4")
    assert tasks() == []
    tell(client, link, days=5, pain="4")
    assert tasks() == [rules.LOOK]


def test_what_to_look_at_has_a_day_and_a_call_is_due_at_once(ana, client, link):
    tell(client, link, pain="5")
    tell(client, link, pain_after="5")
    tell(client, link, days=1, told="told", settled="no")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        ana.get("/work")
        assert "Look at how the home plan goes by Friday 13 March, 9am" in ana.text
        tell(client, link, days=1, pain="8")
        ana.get("/work")
        assert "Ring about the home plan At once since 9am" in ana.text


def test_a_day_told_late_counts_where_it_belongs(link):
    """A phone without network tells of Monday after Tuesday was told."""
    for on, entry in ((TODAY, "b"), (TODAY - timedelta(days=1), "a")):
        keep(Told(done=True, pain=4), on, entry)
    assert tasks() == [rules.LOOK]


def test_what_a_phone_sends_twice_is_once_even_where_the_call_was_made_meanwhile(link):
    told = Told(done=True, pain=8)
    keep(told, TODAY, "3f2c")
    with writing():
        db.session.execute(update(WorkItem).values(done_at=NOW))
        db.session.commit()
    before = rows()
    keep(told, TODAY, "3f2c")
    assert rows() == before


def test_two_entries_of_one_day_are_one_day(client, link):
    tell(client, link, pain="1")
    keep(Told(felt="too_hard", pain=5), TODAY, "3f2c")
    page = client.get(link)
    assert client.text.count("✓") == 1
    for told in ("pain-5", "felt-2"):
        assert f'checked id="{told}"' in page.text


@pytest.mark.parametrize("later", [{"pain": "2"}, {"pain": "2", "pain_after": "1"}])
def test_red_pain_stays_that_days_pain_whatever_is_told_after_it(client, link, later):
    tell(client, link, told="told", pain="8")
    page = tell(client, link, **later)
    assert "leave it for today" in client.text
    assert "Start today's session" not in client.text
    assert 'checked id="pain-8"' in page.text


def test_of_two_entries_the_worst_pain_is_that_days_and_that_it_did_not_settle(client, link):
    """A phone tells of the evening what was worse in the morning."""
    keep(Told(pain=8, pain_after=5, settled=False), TODAY, "0f2c")
    tell(client, link, pain="2", pain_after="1")
    page = client.get(link)
    assert "leave it for today" in client.text
    for told in ("pain-8", "pain_after-5"):
        assert f'checked id="{told}"' in page.text
    day = told_by_day(db.session.scalars(select(PracticeLog)).all())[TODAY]
    db.session.rollback()
    assert (day["done"], day["settled"]) == (True, False)


def test_what_is_worse_takes_the_place_of_what_waits_already(client, link):
    tell(client, link, pain="4")
    tell(client, link, days=1, told="told", settled="no")
    tell(client, link, days=1, told="numb")
    assert tasks() == [rules.RING]


def test_what_was_rung_about_is_not_rung_about_again_when_something_else_is_told_of_that_day(client, link, ana):
    tell(client, link, pain="7")
    ana.post(f"/work/{db.session.scalar(select(WorkItem.id))}/completion")
    tell(client, link, told="told", pain="7", felt="too_hard")
    assert tasks() == [rules.RING]


def test_a_clinic_that_watches_earlier_is_told_earlier(client, link):
    with writing():
        db.session.execute(update(Clinic).values(pain_amber_from=2, pain_red_from=4))
        db.session.commit()
    tell(client, link, pain="4")
    assert tasks() == [rules.RING]
    said = "Pain up to 1 out of 10 is fine. So is 2 or 3, if it settles within a day. At 4 or more, leave it for today."
    assert said in client.text


@pytest.mark.parametrize(
    ("amber_from", "red_from", "said"),
    [
        (4, 6, "up to 3 out of 10 is fine. So is 4 or 5, if it settles within a day. At 6 or more"),
        (4, 5, "up to 3 out of 10 is fine. So is 4, if it settles within a day. At 5 or more"),
        (1, 10, "up to 0 out of 10 is fine. So is 1 to 9, if it settles within a day. At 10 or more"),
    ],
)
def test_a_plan_says_how_much_pain_is_fine_at_this_clinic(app, amber_from, red_from, said):
    with app.test_request_context():
        assert said in how_much_pain(amber_from, red_from)


def test_what_was_told_before_there_were_more_questions_still_reads(client, link):
    tell(client, link, pain="3")
    with writing():
        log = db.session.scalars(select(PracticeLog)).one()
        log.answers = '{"done": true, "pain": 5, "numb": false}'
        db.session.commit()
    assert told_in(db.session.scalars(select(PracticeLog)).one()) == {**NOTHING_TOLD, "done": True, "pain": 5}
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client.get(link)
    assert "Yesterday it hurt 5 out of 10" in client.text


def test_a_call_for_a_therapist_who_left_is_mailed_to_the_clinic(app, client, link):
    with writing():
        db.session.execute(update(Account).where(Account.email == "ana@clinic.test").values(active=False))
        db.session.execute(update(Clinic).values(email="desk@clinic.test"))
        db.session.commit()
    tell(client, link, told="numb")
    letterbox = Letterbox()
    letterbox.round(app, NOW)
    (found,) = [one for one in letterbox.mails if one["Subject"] == "Something on your list needs a look"]
    assert found["To"] == "desk@clinic.test"


def test_the_therapist_gets_one_mail_for_one_piece_of_work_and_it_says_only_that(app, client, link):
    tell(client, link, pain="8")
    tell(client, link, told="numb")
    found = mails(app, NOW)
    assert [one["Subject"] for one in found] == ["Something on your list needs a look"]
    words = text_of(found[0])
    assert "Open your work list:" in words
    assert "/work" in words
    for told in ("Clara", "plan", "pain", "numb", "8"):
        assert told not in words.replace("127.0.0.1:8000", "").replace("localhost", "")
    assert mails(app, NOW) == []


def test_where_the_work_is_done_before_the_mail_goes_none_goes(app, client, link, ana):
    tell(client, link, pain="8")
    ana.post(f"/work/{db.session.scalar(select(WorkItem.id))}/completion")
    assert mails(app, NOW) == []


def test_the_work_list_says_who_and_what_to_do_and_leads_to_their_record(client, link, ana):
    tell(client, link, pain="5")
    tell(client, link, days=1, told="told", settled="no")
    ana.get("/work")
    assert "Look at how the home plan goes" in ana.text
    assert "Clara" in ana.text
