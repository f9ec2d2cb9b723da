"""Narrowing the page of times: weekdays, parts of the day and gender, each keeping the others, all in the address."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from clinic.booking.models import Claim, Offer, WorkingHours
from clinic.booking.operations import decline, offer_free_times
from clinic.booking.rules import ANY_TIME, PARTS, Narrowing
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.people.models import Therapist
from tests.accounts import with_account
from tests.conftest import NOW
from tests.steps import book

TIMES = "/treatments/massage/times"
MONDAY_NINE = datetime(2026, 3, 16, 9, tzinfo=UTC)


def shown(visitor):
    """(weekday, hour, therapist) of each time on the page; Bristol is on UTC until the 29th of March."""
    slots = set(re.findall(r"(\d{8}T\d{4})Z\.([a-z-]+)", visitor.page.text))
    at = [(datetime.strptime(when, "%Y%m%dT%H%M").replace(tzinfo=UTC), who) for when, who in slots]
    return {(when.weekday(), when.hour, who) for when, who in at}


@pytest.fixture
def told(cast):
    """The clinic has told who of its therapists is a woman and who a man."""
    with writing():
        for one, gender in ((cast.ana, "woman"), (cast.ben, "man")):
            db.session.execute(update(Therapist).where(Therapist.id == one.id).values(gender=gender))
        db.session.commit()


def test_who_waits_for_a_time_with_a_woman_is_offered_no_other(app, told, visitor, new_visitor):
    visitor.get(f"{TIMES}?weekday=3&part=morning&gender=woman")
    visitor.get(unescape(visitor.link("Tell me when a time frees up")))
    assert re.search(r'<input checked[^>]* name="gender"[^>]* value="woman"', visitor.page.text)
    page = visitor.page.request.full_path
    visitor.send(page, name="Dmitri Kettle", email="dmitri@client.test")
    assert "A woman" in visitor.text
    for number in range(40):  # left time after time, until nothing more suits
        if not offer_free_times(db.session, now=NOW + timedelta(seconds=number)):
            break
        found = db.session.scalar(select(Offer).where(Offer.outcome.is_(None)))
        assert found.therapist.slug == "ana-moreau"
        decline(db.session, found, now=NOW, by=GUEST)
        db.session.commit()
    assert number > 3
    rosa = new_visitor()
    rosa.sign_in("rosa")
    assert "A woman" in rosa.get("/today/waiting-list").text


def test_to_wait_for_a_woman_with_a_man_is_told_to_be_nobody(told, cast, visitor):
    page = "/treatments/massage/waiting-list?minutes=60&gender=woman"
    visitor.get(page)
    visitor.send(page, name="Dmitri Kettle", email="dmitri@client.test", therapists=[str(cast.ben.id)])
    assert visitor.page.status_code == 422
    assert "Nobody you ticked fits this." in visitor.text
    visitor.send(page, gender="cat")
    assert "Choose one of these, or none." in visitor.text


@pytest.mark.parametrize(
    ("narrowing", "fits"),
    [
        (ANY_TIME, True),
        (Narrowing(therapist_ids=[1, 2]), True),
        (Narrowing(therapist_ids=[2]), False),
        (Narrowing(weekdays=[0, 3]), True),
        (Narrowing(weekdays=[1]), False),
        (Narrowing(parts=["morning"]), True),
        (Narrowing(parts=["afternoon", "evening"]), False),
        (Narrowing(gender="woman"), True),
        (Narrowing(gender="man"), False),
        (Narrowing([1], [0], ["morning"], "woman"), True),
        (Narrowing([1], [0], ["evening"], "woman"), False),
    ],
)
def test_a_time_fits_where_all_that_was_asked_fits(narrowing, fits):
    assert (narrowing.fits_whom(1, "woman") and narrowing.fits_when(MONDAY_NINE)) == fits


@pytest.mark.parametrize(("hour", "part"), [(11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening")])
def test_the_parts_of_the_day_meet_at_midday_and_at_five(hour, part):
    at = MONDAY_NINE.replace(hour=hour, minute=59)
    assert [name for name in PARTS if Narrowing(parts=[name]).fits_when(at)] == [part]


@given(st.datetimes())
def test_every_time_is_in_one_part_of_the_day_and_on_one_weekday(at):
    assert sum(Narrowing(parts=[part]).fits_when(at) for part in PARTS) == 1
    assert sum(Narrowing(weekdays=[day]).fits_when(at) for day in range(7)) == 1


def test_some_days_and_a_part_of_the_day(visitor):
    visitor.get(f"{TIMES}?weekday=0&weekday=3&part=afternoon")
    assert {(day, hour) for day, hour, _ in shown(visitor)} == {(d, h) for d in (0, 3) for h in (12, 13, 14, 15, 16)}
    assert "Only Monday, Thursday · afternoons (12 to 5)." in visitor.text
    visitor.get(visitor.link("All times"))
    assert "Only" not in visitor.text.partition("Times are for")[2].partition("Only some days")[0]
    assert {day for day, _, _ in shown(visitor)} == {0, 1, 2, 3, 4}


def test_each_keeps_the_others_in_the_address(visitor):
    visitor.get(f"{TIMES}?weekday=1&part=morning")
    visitor.get(unescape(visitor.link("Ben")))
    assert {(day, who) for day, _, who in shown(visitor)} == {(1, "ben-okafor")}
    visitor.get(visitor.link("30 min"))
    assert {(day, who) for day, _, who in shown(visitor)} == {(1, "ben-okafor")}
    visitor.get(visitor.link("Later times"))
    assert {(day, who) for day, _, who in shown(visitor)} == {(1, "ben-okafor")}
    assert 'name="therapist" value="ben-okafor"' in visitor.page.text
    assert 'name="minutes" value="30"' in visitor.page.text
    visitor.get(visitor.link("Anybody"))
    assert {(day, hour < 12) for day, hour, _ in shown(visitor)} == {(1, True)}


def test_gender_is_asked_only_where_the_clinic_has_told_both(visitor, cast):
    assert "With a woman" not in visitor.get(TIMES).text
    with writing():
        db.session.execute(update(Therapist).values(gender="woman"))
        db.session.commit()
    assert "With a woman" not in visitor.get(TIMES).text
    everybody = shown(visitor)
    visitor.get(f"{TIMES}?gender=man")
    assert shown(visitor) == everybody


def test_with_a_woman_every_time_she_has_is_shown_also_where_a_man_has_less_to_do(visitor, new_visitor, told):
    book(new_visitor())  # Ana on Thursday at 10: for anybody, Thursday is Ben's from here on
    visitor.get(f"{TIMES}?gender=woman&weekday=3")
    assert {who for _, _, who in shown(visitor)} == {"ana-moreau"}
    assert {hour for _, hour, _ in shown(visitor)} >= {9, 12, 15}
    assert "Only Thursday · with a woman." in visitor.text
    visitor.get(visitor.link("Ben"))
    assert {who for _, _, who in shown(visitor)} == {"ben-okafor"}


def test_where_nothing_is_left_all_times_are_offered(visitor):
    visitor.get(f"{TIMES}?part=evening")
    assert shown(visitor) == set()
    assert "No free times on those days You asked for evenings (from 5)." in visitor.text
    visitor.get(visitor.link("Show all times"))
    assert shown(visitor)


def test_where_one_therapist_has_nothing_free_the_times_of_the_others_are_a_tap_away(cast, visitor):
    book(visitor)
    again = visitor.link("Book the same again")
    with writing():
        hours = update(WorkingHours).where(WorkingHours.therapist_id == cast.ana.id)
        db.session.execute(hours.values(until_on=NOW.date() - timedelta(days=1)))
        db.session.commit()
    for page in (f"{TIMES}?therapist=ana-moreau", again):
        visitor.get(page)
        assert "No free times with Ana just now" in visitor.text
        assert "We have nothing free" not in visitor.text
        visitor.get(visitor.link("Times with anybody"))
        assert {who for _, _, who in shown(visitor)} == {"ben-okafor"}


def test_behind_the_last_time_the_earlier_ones_are_still_there(visitor):
    with writing():
        db.session.execute(update(WorkingHours).values(until_on=date(2026, 5, 1)))
        db.session.commit()
    for who, words in (("", "No later times"), ("&therapist=ana-moreau", "No later times with Ana")):
        visitor.get(f"{TIMES}?from=2026-05-02{who}")
        assert words in visitor.text
        assert "We have nothing free" not in visitor.text
        visitor.get(visitor.link("Earlier times"))
        assert shown(visitor)


@pytest.mark.parametrize("query", ["weekday=9", "weekday=x&weekday=", "part=noon", "gender=robot", "gender=woman"])
def test_rubbish_narrows_nothing(visitor, query):
    visitor.get(TIMES)
    everything = shown(visitor)
    assert visitor.get(f"{TIMES}?{query}").status_code == 200
    assert shown(visitor) == everything


def test_times_to_move_to_are_narrowed_too(visitor):
    book(visitor)
    visitor.get(visitor.link("Move it"))
    visitor.get(f"{visitor.page.request.path}?weekday=4&part=morning")
    assert {(day, hour < 12) for day, hour, _ in shown(visitor)} == {(4, True)}
    assert f'action="{visitor.page.request.path}"' in visitor.page.text


def test_the_page_names_the_clocks_it_goes_by(visitor):
    visitor.get(TIMES)
    assert "Times are for Bristol, in United Kingdom Time." in visitor.text


BENS_MONDAYS = f"{TIMES}?therapist=ben-okafor&weekday=0&weekday=2&part=afternoon"
LOST = "20260323T1400Z.ben-okafor"  # a Monday in two weeks


def action_of(visitor):
    """Where the form of the page leads, with all that stands in its address."""
    return next(unescape(at) for at in re.findall(r'action="([^"]+)"', visitor.page.text) if "weekday" in at)


@pytest.fixture
def lost(visitor, new_visitor):
    """They narrowed the times, and saw one two weeks from now that somebody else takes meanwhile."""

    def take():
        book(new_visitor(), at="20260323T1400Z", therapist="ben-okafor", name="Dora", email="dora@client.test")

    visitor.get(f"{BENS_MONDAYS}&from=2026-03-23")
    return take


def assert_the_same_times_near_that_day(visitor):
    assert "Only Monday, Wednesday · afternoons (12 to 5)." in visitor.text
    assert {(day, who) for day, _, who in shown(visitor)} == {(0, "ben-okafor"), (2, "ben-okafor")}
    assert {slot[:8] for slot in visitor.slots or move_slots(visitor)} >= {"20260323", "20260325"}
    assert "20260318" not in {slot[:8] for slot in visitor.slots or move_slots(visitor)}


def move_slots(visitor):
    return re.findall(r"slot=(\d{8}T\d{4}Z\.[a-z-]+)", visitor.page.text)


def test_a_time_lost_at_the_tap_leaves_the_times_narrowed_and_near_it(visitor, lost):
    seen = visitor.page
    lost()
    visitor.page = seen
    assert visitor.tap(LOST).status_code == 409
    assert_the_same_times_near_that_day(visitor)


def test_a_time_lost_before_the_details_are_typed_leaves_them_narrowed_too(visitor, lost):
    visitor.tap(LOST)
    address = visitor.page.request.full_path
    visitor.get("/")
    visitor.client.delete_cookie("session")
    with writing():
        db.session.execute(delete(Claim))
        db.session.commit()
    lost()
    assert visitor.get(address).status_code == 409
    assert_the_same_times_near_that_day(visitor)


def test_other_times_are_narrowed_as_they_were(visitor, lost):
    visitor.tap(LOST)
    details_page = visitor.page.request.full_path
    visitor.get(visitor.link("Other times"))
    assert "Only Monday, Wednesday · afternoons (12 to 5)." in visitor.text
    visitor.post(details_page, name="Clara", email="clara@client.test")
    visitor.get(visitor.link("Other times"))
    assert {(day, who) for day, _, who in shown(visitor)} == {(0, "ben-okafor"), (2, "ben-okafor")}


def test_a_time_lost_at_the_end_offers_the_nearest_of_those_they_asked_for(visitor, lost):
    address = f"/treatments/massage/details{BENS_MONDAYS.removeprefix(TIMES)}&minutes=60&slot={LOST}"
    visitor.get(address)
    visitor.post(address, name="Clara", email="clara@client.test")
    checked = visitor.page
    lost()
    visitor.page = checked
    assert visitor.send(action_of(visitor)).status_code == 409
    assert "One tap books the nearest" in visitor.text
    assert len(visitor.slots) == 3
    assert {(day, who) for day, _, who in shown(visitor)} <= {(0, "ben-okafor"), (2, "ben-okafor")}
    visitor.send(action_of(visitor), slot=visitor.slots[0])
    assert "You're booked" in visitor.text


def test_where_none_like_that_is_left_at_the_end_they_keep_the_therapist(visitor, new_visitor):
    book(new_visitor(), at="20260312T1400Z", therapist="ben-okafor", name="Dora", email="dora@client.test")
    address = "/treatments/massage/details?therapist=ben-okafor&part=evening&minutes=60&slot=20260312T1400Z.ben-okafor"
    visitor.post(address, name="Clara", email="clara@client.test")
    visitor.send(unescape(re.search(r'action="(/appointments[^"]*)"', visitor.page.text)[1]))
    assert {who for _, _, who in shown(visitor)} == {"ben-okafor"}


def test_a_time_lost_at_a_move_leaves_the_times_narrowed_and_near_it(visitor, new_visitor, lost):
    book(visitor)
    visitor.get(visitor.link("Move it"))
    path = visitor.page.request.path
    visitor.get(f"{path}{BENS_MONDAYS.removeprefix(TIMES)}&from=2026-03-23")
    visitor.get(unescape(next(href for href in links(visitor) if LOST in href)))
    assert "Move it here?" in visitor.text
    asked = visitor.page
    lost()
    visitor.page = asked
    assert visitor.send(action_of(visitor)).status_code == 409
    assert "Your appointment stays as it was" in visitor.text
    assert_the_same_times_near_that_day(visitor)


def links(visitor):
    return re.findall(r'href="([^"]+)"', visitor.page.text)


def test_a_lost_time_further_ahead_than_is_booked_leads_to_the_first_that_can_be_had(visitor):
    assert visitor.get("/treatments/massage/details?minutes=60&slot=20270313T1000Z.ana-moreau").status_code == 409
    assert visitor.slots


def test_a_client_who_is_signed_in_narrows_to_whom_they_had_last_time_by_one_tap(app, visitor, new_visitor):
    with_account(app, visitor, therapist="ben-okafor")
    visitor.get(f"{TIMES}?weekday=0")
    visitor.get(visitor.link("As last time, with Ben"))
    assert {(day, who) for day, _hour, who in shown(visitor)} == {(0, "ben-okafor")}
    for path in (visitor.page.request.full_path, "/treatments/hips-without-tummy/times"):
        assert "As last time" not in visitor.get(path).text
    assert "As last time" not in new_visitor().get(f"{TIMES}?weekday=0").text


def test_whom_they_had_last_time_is_not_offered_once_they_give_it_no_more(app, visitor, cast):
    with_account(app, visitor, therapist="ben-okafor")
    assert "As last time, with Ben" in visitor.get(TIMES).text
    assert "As last time" not in visitor.get(f"{TIMES}?minutes=60&with=psoas-release-60").text  # Ben gives no release
    with writing():
        db.session.execute(update(Therapist).where(Therapist.id == cast.ben.id).values(listed=False))
        db.session.commit()
    assert "As last time" not in visitor.get(TIMES).text
