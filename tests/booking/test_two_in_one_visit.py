"""Two treatments in one visit, from the page of times to the day they come."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select, update

from clinic.booking.models import Appointment, ChaperoneHours, Claim, Hold, Resource
from clinic.booking.operations import move
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.people.models import Therapist
from clinic.treatments.models import Treatment, TreatmentLength
from tests.accounts import sign_in, with_account
from tests.booking.test_clinic_rules import anas, set_for
from tests.conftest import NOW
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.rows import rows
from tests.steps import TEN, WHO, screen
from tests.visitor import Visitor

PAIR = "minutes=60&with=massage-30"
TIMES, DETAILS = f"/treatments/psoas-release/times?{PAIR}", f"/treatments/psoas-release/details?{PAIR}"
ANAS_TEN = f"{TEN}.ana-moreau"
BOTH = "Psoas release, then Massage"


def book(visitor, first="psoas-release", query=PAIR, slot=ANAS_TEN):
    """Both, with the safety page answered; the page that came last."""
    screen(visitor, slug=first)
    address = f"/treatments/{first}/details?{query}&slot={slot}"
    visitor.get(address)
    visitor.post(address, **WHO)
    return visitor.send("/appointments")


def appointments():
    return db.session.scalars(select(Appointment).order_by(Appointment.starts_at)).all()


def test_a_second_treatment_is_chosen_on_the_page_of_times_and_shows_the_earliest_for_both(visitor):
    visitor.get("/treatments/psoas-release/times")
    assert "Add a second treatment in the same visit" in visitor.text
    assert "Massage, 30 min, £35" in visitor.text
    visitor.get(TIMES)
    assert f"{BOTH} · 90 minutes · £103" in visitor.text
    assert "Both with one therapist, in one room." in visitor.text
    assert {slot.partition(".")[2] for slot in visitor.slots} == {"ana-moreau"}  # Ben gives no release
    assert visitor.slots[0] == "20260311T1100Z.ana-moreau"  # two hours' notice
    assert max(slot[9:13] for slot in visitor.slots) == "1530"  # both end at five
    visitor.get(visitor.link("Only Psoas release"))
    assert "Psoas release · 60 minutes · £68" in visitor.text


def test_what_else_is_narrowed_keeps_both(visitor):
    visitor.get(f"{TIMES}&weekday=3&part=morning")
    assert {slot[:8] for slot in visitor.slots} == {"20260312", "20260319"}
    visitor.get(visitor.link("75 min"))
    assert f"{BOTH} · 105 minutes" in visitor.text
    assert {slot[:8] for slot in visitor.slots} == {"20260312", "20260319"}
    visitor.get(visitor.link("All times"))
    assert BOTH in visitor.text


def test_a_tap_keeps_the_time_for_both_and_asks_the_safety_page_of_the_release(visitor, cast):
    visitor.get("/treatments/massage/times?minutes=30&with=psoas-release-60")
    visitor.tap(ANAS_TEN)
    assert "Is this safe for you?" in visitor.text
    held = db.session.scalars(select(Hold)).one()
    assert (held.treatment_id, held.minutes) == (cast.massage.id, 90)
    assert (held.second_treatment_id, held.second_minutes) == (cast.release.id, 60)
    screen(visitor, slug="massage", query=visitor.page.request.full_path.partition("safety")[2])
    assert "Who is it for?" in visitor.text
    assert "Massage, then Psoas release · 90 minutes" in visitor.text
    visitor.send(visitor.page.request.full_path, **WHO)
    assert "Treatment Massage, then Psoas release, 90 minutes" in visitor.text
    assert "Price £103" in visitor.text
    visitor.send("/appointments")
    assert "You're booked" in visitor.text
    assert "Treatment Massage, then Psoas release" in visitor.text


def test_it_is_one_appointment_with_one_therapist_one_room_and_both_lengths(visitor, cast):
    book(visitor)
    (made,) = appointments()
    assert (made.treatment_id, made.second_treatment_id) == (cast.release.id, cast.massage.id)
    assert (made.minutes, made.minutes_of_each, made.price_minor) == (90, (60, 30), 10300)
    ten = datetime(2026, 3, 12, 10, tzinfo=UTC)
    claims = db.session.execute(select(Resource.therapist_id, Resource.room_id, Claim.ends_at).join(Resource)).all()
    ends = {bool(who) - bool(room): (at - ten) // timedelta(minutes=1) for who, room, at in claims}
    assert ends == {1: 105, -1: 100, 0: 90}  # therapist with rest, room with cleaning, client


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        ("", "", "Your appointment"),
        ("Deep work", "", "Your appointment"),
        ("Deep work", "Rest", "Deep work, then Rest"),
    ],
)
def test_mails_and_calendars_name_both_or_neither(app, visitor, first, second, title):
    set_for(Treatment, "psoas-release", mail_name=first, deposit_words="We ask for £10.")
    set_for(Treatment, "massage", mail_name=second, deposit_words="We ask for £5.")
    book(visitor)
    box = Letterbox()
    box.round(app, NOW)
    (mail,) = box.mails
    assert f"\n{title}: Thursday 12 March, 10am" in text_of(mail)
    assert "Price: £103. We ask for £10. We ask for £5." in text_of(mail)
    assert "loose shorts" in text_of(mail)
    (event,) = Calendar.from_ical(calendar_of(mail)).walk("vevent")
    assert event["summary"] == f"{title}, Test Clinic"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=90)


def test_the_staff_reads_both_on_the_day_sheet_and_in_the_record(app, visitor):
    book(visitor)
    client_id = appointments()[0].client_id
    rosa = Visitor(app)
    rosa.sign_in("rosa")
    assert BOTH in rosa.get("/today?on=2026-03-12").text
    assert BOTH in rosa.get(f"/clients/{client_id}").text


def test_moving_keeps_both(visitor):
    book(visitor)
    visitor.get(visitor.link("Move it"))
    path = visitor.page.request.path
    assert f"{BOTH} · 90 minutes" in visitor.text
    assert "20260313T1545Z" not in visitor.page.text
    visitor.get(visitor.link("3:30pm on Friday 13 March"))
    assert f"Treatment {BOTH}, 90 minutes" in visitor.text
    visitor.send(path)
    (moved,) = appointments()
    assert (moved.starts_at, moved.minutes_of_each) == (datetime(2026, 3, 13, 15, 30, tzinfo=UTC), (60, 30))
    assert moved.second_treatment_id is not None


def test_the_staff_moves_both_and_the_chaperone_though_it_asks_for_the_first_alone(visitor, cast):
    with writing():
        hours = {"weekday": 4, "starts": time(9), "ends": time(13)}
        db.session.add(ChaperoneHours(location_id=cast.location.id, **hours))
        db.session.commit()
    book(visitor, query=f"{PAIR}&chaperone=yes", slot="20260313T1000Z.ana-moreau")
    (made,) = appointments()
    known = programme(db.session)
    release, ana = known.treatment("psoas-release"), known.therapist("ana-moreau")
    later = made.starts_at + timedelta(hours=4)
    wish = Wish(release, 90, ana, later, name="", email="", moves=made.id, desk=Desk())

    def moves(wanted):
        return [one.code for one in move(db.session, made, wanted, now=NOW, by=GUEST)]

    with writing():
        assert moves(wish) == ["no_chaperone"]
        assert moves(replace(wish, starts_at=made.starts_at + timedelta(hours=1))) == []
        assert (made.minutes_of_each, made.chaperone) == ((60, 30), True)
        assert moves(replace(wish, minutes=120, desk=Desk("They asked us."))) == []
        assert made.minutes_of_each == (90, 30)
        assert moves(replace(wish, minutes=35, desk=Desk("They asked us."))) == ["not_offered"]
        db.session.rollback()


def test_the_same_again_is_both_again(visitor):
    book(visitor)
    visitor.get(visitor.link("Book the same again"))
    path = visitor.page.request.path
    visitor.get(f"{path}?slot=20260313T1000Z.ana-moreau")
    assert f"Treatment {BOTH}, 90 minutes" in visitor.text
    visitor.send(path)
    assert [one.minutes_of_each for one in appointments()] == [(60, 30), (60, 30)]


def test_where_the_release_is_left_out_its_alternative_takes_its_place(visitor):
    visitor.get(f"{DETAILS}&slot={ANAS_TEN}")
    screen(visitor, "under_18", query=f"?{PAIR}&slot={ANAS_TEN}")
    assert "Ana can do “Hips without tummy work, then Massage” at the same time" in visitor.text
    visitor.get(visitor.link("Book this instead"))
    assert "Hips without tummy work, then Massage · 90 minutes · £95" in visitor.text


def test_where_the_other_is_the_alternative_itself_it_stands_alone(visitor):
    screen(visitor, "under_18", query=f"?minutes=60&with=hips-without-tummy-45&slot={ANAS_TEN}")
    assert "Ana can do “Hips without tummy work” at the same time" in visitor.text


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("psoas-release-75", "That would be the same treatment twice."),
        ("hot-stones-60", "That is not offered any more."),
        ("massage-45", "That is not offered any more."),
        ("massage", "That is not offered any more."),
        ("-", "That is not offered any more."),
    ],
)
def test_what_cannot_be_a_pair_is_explained_and_never_booked_by_half(visitor, second, words):
    visitor.get(f"/treatments/psoas-release/times?minutes=60&with={second}")
    assert words in visitor.text
    assert visitor.slots
    screen(visitor)
    before = rows()
    query = f"minutes=60&with={second}&slot={ANAS_TEN}"
    assert visitor.get(f"/treatments/psoas-release/details?{query}").status_code == 409
    assert words in visitor.text
    asked = {"treatment": "psoas-release", "minutes": "60", "with": second, "slot": ANAS_TEN}
    assert visitor.post("/holds", **asked).status_code == 409
    assert visitor.post("/appointments", **asked, **WHO, key="x").status_code == 409
    assert rows() == before


def test_a_pair_that_is_too_long_says_so(visitor):
    with writing():
        for minutes, longer in ((30, 240), (75, 120)):
            of_length = update(TreatmentLength).where(TreatmentLength.minutes == minutes)
            db.session.execute(of_length.values(minutes=longer))
        db.session.commit()
    visitor.get("/treatments/psoas-release/times?minutes=120&with=massage-240")
    assert "Together that is longer than one visit can be." in visitor.text


def test_a_pair_that_nobody_gives_says_so(visitor, cast):
    set_for(Treatment, "massage", least_level=7)
    visitor.get(TIMES)
    assert "None of us gives both in one visit." in visitor.text
    assert visitor.slots == []
    visitor.get("/treatments/psoas-release/times")
    assert "Massage, 30 min" not in visitor.text


def test_who_gives_only_one_of_them_is_refused(visitor):
    visitor.get("/treatments/massage/times?minutes=30&with=psoas-release-60")
    screen(visitor)
    query = f"minutes=30&with=psoas-release-60&slot={TEN}.ben-okafor"
    assert visitor.get(f"/treatments/massage/details?{query}").status_code == 409
    assert "not available for this treatment" in visitor.text


def test_pressed_twice_is_one_and_with_another_second_it_is_told_of_the_first(visitor):
    screen(visitor)
    address = f"/treatments/psoas-release/details?minutes=60&with=massage-60&slot={ANAS_TEN}"
    visitor.get(address)
    visitor.post(address, **WHO)
    check = visitor.page
    for _ in range(2):
        visitor.page = check
        assert visitor.send("/appointments").status_code == 200
    visitor.page = check
    assert visitor.send("/appointments", **{"with": "hips-without-tummy-60"}).status_code == 409
    assert "You have already booked" in visitor.text
    assert len(appointments()) == 1


@pytest.mark.parametrize("kept", [True, False])
def test_the_second_counts_for_the_clinics_limits_held_or_booked(visitor, new_visitor, kept):
    set_for(Treatment, "psoas-release", most_a_day=1)
    query, other = "minutes=30&with=psoas-release-60", new_visitor()
    if kept:
        other.get(f"/treatments/massage/times?{query}")
        other.tap(ANAS_TEN)
    else:
        book(other, "massage", query)
    assert anas(visitor, "/treatments/psoas-release/times") == []
    assert anas(visitor, "/treatments/massage/times") != []
    visitor.get(f"/treatments/massage/times?{query}&from=2026-03-12")
    assert not any(slot.startswith("20260312") for slot in visitor.slots)


def test_a_release_that_comes_second_is_kept_apart_from_where_it_begins(visitor, new_visitor):
    set_for(Therapist, "ana-moreau", releases_apart_minutes=120)
    book(new_visitor(), "massage", "minutes=60&with=psoas-release-60", slot="20260312T1200Z.ana-moreau")
    assert anas(visitor, "/treatments/psoas-release/times") == ["0900", "0915", "0930", "0945", "1000", "1600"]


def test_each_is_waited_for_by_itself(visitor):
    screen(visitor)
    visitor.get(TIMES)
    assert "The waiting list is for one treatment at a time." in visitor.text
    visitor.get(visitor.link("Tell me when a time frees up: Massage"))
    assert "Massage · 30 minutes · £35" in visitor.text


def test_an_assessment_is_asked_of_the_second_too(visitor, cast):
    with writing():
        of_release = update(Treatment).where(Treatment.slug == "psoas-release")
        db.session.execute(of_release.values(assessment_id=cast.massage.id, assessment_months=6))
        db.session.commit()
    screen(visitor)
    visitor.get(f"/treatments/hips-without-tummy/details?minutes=60&with=psoas-release-60&slot={ANAS_TEN}")
    assert "An assessment comes first" in visitor.text


def test_their_own_pages_name_both_and_book_both_again_long_after(app, visitor):
    with_account(app, visitor)
    screen(visitor)
    address = f"{DETAILS}&slot=20260313T1000Z.ana-moreau"
    visitor.get(address)
    visitor.post(address, **WHO)
    visitor.send("/appointments")
    assert f"{BOTH} · 90 minutes · with Ana Moreau" in visitor.get("/my").text
    assert BOTH in visitor.get("/my/answers").text
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        sign_in(visitor)
        visitor.get(visitor.link("Friday 13 March"))
        assert f"{BOTH} · 90 minutes" in visitor.text
