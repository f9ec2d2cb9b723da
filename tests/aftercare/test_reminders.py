"""Times to practise, which clients choose: in their calendar, and by mail until they stop it with one tap."""

import re
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select, update

from clinic.aftercare import queries
from clinic.aftercare.calendar import entries
from clinic.aftercare.models import PracticeReminder
from clinic.aftercare.operations import Told, log_practice
from clinic.aftercare.operations.reminding import remind_of_practice
from clinic.aftercare.rules.reminders import days_to_offer
from clinic.core.audit import GUEST, AuditLine
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of

WEDNESDAY, EVERY_DAY = "2", [str(day) for day in range(7)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def client(new_visitor, link):
    """Clara, at the page of her times."""
    visitor = new_visitor()
    visitor.get(f"{link}/reminders")
    return visitor


def choose(client, link, *, weekdays=EVERY_DAY, at="18:30", by_mail="y"):
    return client.send(f"{link}/reminders", weekdays=weekdays, at=at, by_mail=by_mail)


def mails(app, at):
    """What the worker sends at this time, of reminders."""
    box = Letterbox()
    with time_machine.travel(at, tick=False):
        remind_of_practice(db.session, now=at)
        box.round(app, at)
    return [mail for mail in box.mails if mail["Subject"] == "A few minutes for yourself"]


def test_the_page_begins_with_the_days_the_plan_asks_for(client):
    ticked = re.findall(r'<input checked [^>]*name="weekdays"[^>]*value="(\d)"', client.page.text)
    assert ticked == ["0", "2", "4"]


def test_a_mail_comes_at_the_time_that_was_chosen_and_says_nothing_of_the_plan(app, client, link):
    choose(client, link)
    assert "We send you a mail on those days." in client.text
    assert mails(app, NOW + 9 * HOUR) == []
    (mail,) = mails(app, NOW + 9.5 * HOUR)
    assert mail["To"] == "clara@client.test"
    assert f"{link}\n" in text_of(mail)
    assert not any(word in text_of(mail).lower() for word in ("exercise", "bridge", "pain", "plan "))
    assert len(mails(app, NOW + DAY + 9.5 * HOUR)) == 1


def test_it_comes_at_the_same_time_on_the_wall_when_the_clocks_change(app, client, link):
    choose(client, link, weekdays=["6"], at="08:00")
    sunday = datetime(2026, 3, 29, 7, tzinfo=NOW.tzinfo)  # 8:00 in summer
    with time_machine.travel(sunday - 5 * HOUR, tick=False):
        remind_of_practice(db.session, now=sunday - 5 * HOUR)
    assert mails(app, sunday - timedelta(minutes=1)) == []
    assert len(mails(app, sunday)) == 1


def test_no_mail_comes_on_a_day_that_was_told_of(app, client, link):
    choose(client, link)
    client.get(link)
    client.send(f"{link}/log", told="done")
    assert mails(app, NOW + 10 * HOUR) == []


@pytest.mark.parametrize("told", [{"pain": "2"}, {"pain": "4"}, {"felt": "too_hard"}])
def test_nor_where_they_told_of_it_without_having_done_it(app, client, link, told):
    choose(client, link)
    client.get(link)
    client.send(f"{link}/log", told="told", **told)
    assert mails(app, NOW + 10 * HOUR) == []
    assert len(mails(app, NOW + DAY + 10 * HOUR)) == 1


def test_none_comes_after_new_numbness_until_their_therapist_has_rung(app, client, link, ana):
    choose(client, link)
    client.get(link)
    client.send(f"{link}/log", told="numb")
    assert mails(app, NOW + 10 * HOUR) == []
    assert mails(app, NOW + DAY + 10 * HOUR) == []
    item = db.session.scalar(select(WorkItem.id))
    db.session.rollback()
    ana.post(f"/work/{item}/completion")
    assert len(mails(app, NOW + 2 * DAY + 10 * HOUR)) == 1


def test_none_comes_after_a_red_flag_until_then_either(app, client, link):
    choose(client, link)
    client.get(f"{link}/return")
    client.send(f"{link}/return", flags=["fever"])
    assert mails(app, NOW + 10 * HOUR) == []


def test_no_mail_comes_on_another_day_of_the_week_nor_at_a_time_that_is_over(app, client, link):
    choose(client, link, weekdays=["3"])
    assert mails(app, NOW + 10 * HOUR) == []
    choose(client, link, weekdays=[WEDNESDAY], at="07:00")
    assert mails(app, NOW + 10 * HOUR) == []


def test_one_tap_in_the_mail_program_ends_them_and_so_does_the_button(app, client, link, new_visitor):
    choose(client, link)
    (mail,) = mails(app, NOW + 9.5 * HOUR)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = mail["List-Unsubscribe"].strip("<>")
    elsewhere = {"csrf_token": "", "List-Unsubscribe": "One-Click"}
    new_visitor().post(stop.removeprefix(app.config["PUBLIC_URL"]), **elsewhere)
    assert mails(app, NOW + DAY + 10 * HOUR) == []
    client.get(f"{link}/reminders")
    assert "We send you no mails about them." in client.text


def test_one_tap_ends_them_where_the_year_of_birth_is_asked_too(app, client, link, ana, clara, new_visitor):
    choose(client, link)
    ana.get(f"/clients/{clara}/plan")
    ana.post(f"/clients/{clara}/plan/year", year="1980")
    new_visitor().post(f"{link}/reminders/end", csrf_token="", follow=False)
    assert mails(app, NOW + 10 * HOUR) == []


def test_opening_the_page_of_times_ends_nothing(app, client, link):
    choose(client, link)
    client.get(f"{link}/reminders")
    assert len(mails(app, NOW + 10 * HOUR)) == 1


def test_other_times_take_the_place_of_the_first_and_a_day_has_one_mail(app, client, link):
    choose(client, link, at="18:30")
    choose(client, link, at="19:30")
    assert mails(app, NOW + 9.6 * HOUR) == []
    assert len(mails(app, NOW + 10.5 * HOUR)) == 1
    with time_machine.travel(NOW + 11 * HOUR, tick=False):
        choose(client, link, at="21:00")
    assert mails(app, NOW + 12.5 * HOUR) == []


def test_a_link_that_was_stopped_reminds_nobody(app, client, link, ana, clara):
    choose(client, link)
    ana.get(f"/clients/{clara}/plan")
    ana.send(f"/clients/{clara}/plan/link/revocation")
    assert mails(app, NOW + 10 * HOUR) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"weekdays": []}, "Choose a day, at least one."),
        ({"weekdays": ["7"]}, "This list has changed. Please look at it again."),
        ({"at": "late"}, "Enter a time, such as 14:30."),
        ({"at": ""}, "Enter a time, such as 08:00."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_keeps_what_was_chosen(client, link, typed, told):
    choose(client, link, **typed)
    assert client.page.status_code == 422
    assert told in client.text
    assert db.session.scalars(select(PracticeReminder)).all() == []


def test_the_choice_is_on_the_trail_without_a_word_of_health(client, link):
    choose(client, link)
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "reminders.chosen")).one()
    assert line.actor.startswith("link:")
    assert not line.detail


def test_the_calendar_has_the_times_until_the_plan_is_looked_at_again(client, link):
    choose(client, link, weekdays=["0", "4"], at="07:15")
    page = client.get(f"{link}/calendar.ics")
    assert page.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(page.data).walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2026, 3, 13, 7, 15)  # noqa: DTZ001  (on whichever wall they look at)
    assert event["RRULE"]["BYDAY"] == ["MO", "FR"]
    assert str(event["SUMMARY"]) == "A few minutes for yourself, Test Clinic"
    assert link not in page.text


days = st.lists(st.integers(0, 6), min_size=1, unique=True).map(sorted)


@given(days, st.integers(0, 1439), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_the_calendar_begins_on_a_chosen_day_within_a_week_and_comes_again_on_those_days_alone(weekdays, minute, first):
    chosen = PracticeReminder(plan_id=uuid4(), weekdays=weekdays, at_minutes=minute, by_mail=False, chosen_at=NOW)
    (event,) = Calendar.from_ical(entries(chosen, clinic="Clinic", first=first, until=None)).walk("VEVENT")
    begins = event["DTSTART"].dt
    assert begins.weekday() in weekdays
    assert timedelta() <= begins.date() - first < timedelta(days=7)
    assert begins.time() == time(*divmod(minute, 60))
    assert len(event["RRULE"]["BYDAY"]) == len(weekdays)


@given(st.integers(1, 7))
def test_as_many_days_are_offered_as_the_plan_asks_for_never_three_in_a_row_while_there_is_rest_to_give(per_week):
    steps = [{"phase": "warm_up", "per_week": 7}, {"phase": "calm", "per_week": per_week}]
    offered = days_to_offer(steps)
    assert len(offered) == per_week
    if per_week <= 3:
        assert all(
            (after - before) % 7 > 1
            for before, after in zip(offered, (*offered[1:], *offered[:1]), strict=True)
            if after != before
        )


def test_the_days_that_the_therapist_named_are_offered():
    assert days_to_offer(
        [{"phase": "calm", "per_week": 7, "weekdays": [1]}, {"phase": "stretch", "per_week": 2, "weekdays": [4]}]
    ) == (1, 4)


def quiet_work(at):
    with time_machine.travel(at, tick=False):
        remind_of_practice(db.session, now=at)
    found = db.session.scalars(select(WorkItem).where(WorkItem.task == "ask_about_practice")).all()
    told = [(one.owner_id, one.subject) for one in found]
    db.session.rollback()
    return told


def test_after_days_without_a_word_the_plan_is_on_its_therapists_work_list_once(app, link, cast, clara, ana):
    assert quiet_work(NOW + 6 * DAY) == []
    asked = [(cast.ana.account_id, f"client:{clara}")]
    assert quiet_work(NOW + 7 * DAY) == asked
    assert quiet_work(NOW + 9 * DAY) == asked
    ana.get("/work")
    assert "Ask how the home plan goes" in ana.text


def test_the_therapist_is_mailed_once_and_told_no_more_than_to_look(app, link, cast):
    at, box = NOW + 8 * DAY, Letterbox()
    quiet_work(at)
    with time_machine.travel(at, tick=False):
        box.round(app, at)
    (mail,) = [mail for mail in box.mails if "/work" in text_of(mail)]
    assert mail["To"] == "ana@clinic.test"
    assert "Clara" not in text_of(mail)
    quiet_work(at + DAY)
    assert len(box.mails) == len({mail["Message-ID"] for mail in box.mails})
    again = Letterbox()
    with time_machine.travel(at + DAY, tick=False):
        again.round(app, at + DAY)
    assert again.mails == []


def test_whoever_tells_is_not_silent_and_a_new_silence_is_asked_about_anew(app, link, clara):
    plan = queries.plan_of(db.session, clara)
    with writing():
        log_practice(
            db.session, plan.id, Told(done=True), on=(NOW + 5 * DAY).date(), entry="one", now=NOW + 5 * DAY, by=GUEST
        )
        db.session.commit()
    assert quiet_work(NOW + 8 * DAY) == []
    assert len(quiet_work(NOW + 12 * DAY)) == 1


def test_whoever_told_that_it_is_back_is_not_silent(app, link, clara, new_visitor):
    client = new_visitor()
    with time_machine.travel(NOW + 5 * DAY, tick=False):
        client.get(f"{link}/return")
        client.send(f"{link}/return", flags=["none"])
        assert "Back to calm" in client.get(link).text
    assert quiet_work(NOW + 8 * DAY) == []
    assert len(quiet_work(NOW + 12 * DAY)) == 1


def test_a_clinic_that_asks_after_no_silence_and_a_stopped_link_are_left_in_peace(app, link, clara, ana):
    with writing():
        db.session.execute(update(Clinic).values(plan_silence_days=0))
        db.session.commit()
    assert quiet_work(NOW + 8 * DAY) == []
    with writing():
        db.session.execute(update(Clinic).values(plan_silence_days=7))
        db.session.commit()
    ana.get(f"/clients/{clara}/plan")
    ana.send(f"/clients/{clara}/plan/link/revocation")
    assert quiet_work(NOW + 9 * DAY) == []
