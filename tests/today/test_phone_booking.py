"""Somebody rings or stands at the counter: found or taken down, a time pressed, booked; only what is missing is asked."""

import re
from datetime import time, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment, Cancellation, ChaperoneHours, Override
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.letterbox import Letterbox
from tests.rows import rows
from tests.steps import book

PAGE, BOOK = "/diary/booking", "/diary/bookings"
FRIDAY, LATER = "20260313T1000Z.ana-moreau", "20260313T1400Z.ana-moreau"
NEW = {"name": "Nils Butterdish", "phone": "0117 496 0321", "email": ""}


@pytest.fixture
def rosa(new_visitor):
    """Reception."""
    visitor = new_visitor()
    visitor.sign_in("rosa")
    return visitor


@pytest.fixture
def clara(visitor):
    """Has booked an hour's massage with Ana online, for Thursday at 10."""
    book(visitor, phone="0117 496 0123")
    return db.session.scalar(sa.select(Client.id))


def pick(staff, client_id, **asked):
    query = "&".join(f"{name}={value}" for name, value in {"client": client_id, **asked}.items())
    return staff.get(f"{PAGE}?{query}")


def take_down(staff, **typed):
    """Somebody new."""
    staff.get(f"{PAGE}?new=nils&treatment=massage&minutes=60")
    return {**NEW, **typed}


def made():
    """What the staff booked, in order."""
    by_staff = Appointment.booked_by.startswith("account:")
    return db.session.scalars(sa.select(Appointment).where(by_staff).order_by(Appointment.starts_at)).all()


def typed_in(staff):
    """What stands in the fields of the page."""
    return dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', staff.page.text))


def test_a_known_client_has_the_usual_at_the_earliest_time_with_one_press(rosa, clara):
    rosa.get(f"{PAGE}?q=teakup")
    rosa.get(rosa.link("Clara Teacup"))
    assert "0117 496 0123" in rosa.text
    page = rosa.send(BOOK, slot=FRIDAY)
    assert page.request.path == "/diary"
    (one,) = made()
    assert (one.client_id, one.treatment.slug, one.minutes, one.therapist.slug) == (clara, "massage", 60, "ana-moreau")
    assert "Booked: Friday 13 March, 10am with Ana Moreau." in rosa.text
    assert f"Reference {one.ref}" in rosa.text
    assert rows()["client"] == 1


def test_they_get_the_mail_that_everybody_gets(app, rosa, clara):
    pick(rosa, clara)
    rosa.send(BOOK, slot=FRIDAY)
    box = Letterbox()
    box.round(app, NOW)
    assert [mail["To"] for mail in box.mails] == ["clara@client.test"] * 2


def test_whoever_stands_at_the_counter_begins_within_five_minutes(rosa, clara):
    with time_machine.travel(NOW + timedelta(minutes=63), tick=False):
        pick(rosa, clara)
        assert rosa.slots[0] == "20260311T1005Z.ana-moreau"
        rosa.send(BOOK, slot=rosa.slots[0])
    assert made()[0].starts_at == NOW + timedelta(minutes=65)


def test_nobody_is_there_now_who_is_busy_now(rosa, clara):
    with time_machine.travel(NOW + timedelta(days=1, minutes=63), tick=False):
        rosa.get(f"{PAGE}?new=nils&therapist=ana-moreau")
        assert rosa.slots[0] == "20260312T1115Z.ana-moreau"
        rosa.get(f"{PAGE}?new=nils")
        assert rosa.slots[0] == "20260312T1005Z.ben-okafor"


def test_times_are_those_of_the_day_therapist_and_part_that_are_asked_for(rosa, clara):
    pick(rosa, clara)
    rosa.send(PAGE, what="massage.30", therapist="ben-okafor", part="afternoon", **{"from": "2026-03-16"})
    assert rosa.slots[0] == "20260316T1200Z.ben-okafor"
    assert {slot.partition(".")[2] for slot in rosa.slots} == {"ben-okafor"}
    rosa.send(BOOK, slot=rosa.slots[0])
    assert (made()[0].minutes, made()[0].therapist.slug) == (30, "ben-okafor")


def test_the_same_again_is_one_link_away(rosa, clara):
    pick(rosa, clara, treatment="massage", minutes=30, therapist="ben-okafor")
    rosa.get(rosa.link("The same again: Massage, 60 minutes, Ana Moreau"))
    rosa.send(BOOK, slot=FRIDAY)
    assert (made()[0].minutes, made()[0].therapist.slug) == (60, "ana-moreau")


def test_a_place_in_the_diary_leads_here_with_its_time(rosa, clara):
    rosa.get(f"{PAGE}?at=20260313T1005Z&therapist=ben-okafor&treatment=massage&minutes=45")
    assert "Friday 13 March, 10:05am" in rosa.text
    assert rosa.send(BOOK, slot="20260313T1005Z.ben-okafor").status_code == 422
    assert "Who is it for?" in rosa.text
    rosa.get(f"{PAGE}?at=20260313T1005Z&therapist=ben-okafor&treatment=massage&minutes=45&q=clara")
    rosa.get(rosa.link("Clara Teacup"))
    rosa.send(BOOK, slot="20260313T1005Z.ben-okafor")
    assert (made()[0].minutes, made()[0].client_id) == (45, clara)


def test_somebody_new_is_taken_down_on_the_way(app, rosa):
    page = rosa.send(BOOK, slot=FRIDAY, **take_down(rosa))
    assert page.request.path == "/diary"
    assert "They have no mail address: read it out." in rosa.text
    one = db.session.scalar(sa.select(Client))
    assert (one.name, one.phone, one.email) == ("Nils Butterdish", "0117 496 0321", "")
    box = Letterbox()
    box.round(app, NOW + timedelta(days=3))
    assert box.mails == []
    assert rosa.get(f"/clients/{one.id}").status_code == 200
    assert "No mail address given" in rosa.text


def test_what_is_looked_for_and_not_found_stands_in_the_right_field(rosa):
    for looked_for, field in (("Nils", "name"), ("0117 496", "phone"), ("nils@client.test", "email")):
        rosa.get(f"{PAGE}?q={looked_for}")
        rosa.get(rosa.link("New client"))
        assert typed_in(rosa)[field] == looked_for


def test_somebody_new_leaves_a_name_and_a_way_to_reach_them(rosa):
    for typed, told in (({"phone": ""}, "Take down a phone number or a mail address."), ({"name": ""}, "Enter their name."),
                        ({"email": "nobody"}, "Enter an email address like")):  # fmt: skip
        told_too = take_down(rosa, **typed)
        assert rosa.send(BOOK, slot=FRIDAY, **told_too).status_code == 422
        assert told in rosa.text
        assert {name: typed_in(rosa)[name] for name in NEW} == told_too
        assert typed_in(rosa)["at"] == FRIDAY
    assert made() == []


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "CLÁRA  teacup"},
        {"phone": "+44 117 4960123"},
        {"phone": "", "email": "Clara@client.test"},
    ],
)
def test_somebody_who_may_be_known_is_shown_before_they_are_taken_down_twice(rosa, clara, typed):
    assert rosa.send(PAGE, **take_down(rosa, **typed)).status_code == 200
    assert "This is them: Clara Teacup" in rosa.text
    told = take_down(rosa, **typed)
    assert rosa.send(BOOK, slot=FRIDAY, **told).status_code == 422
    assert "Somebody like this is known already" in rosa.text
    assert {name: typed_in(rosa)[name] for name in NEW} == {**told, "name": " ".join(told["name"].split())}
    rosa.get(rosa.link("This is them"))
    rosa.send(BOOK, slot=FRIDAY)
    assert (made()[0].client_id, rows()["client"]) == (clara, 1)


def test_somebody_else_of_the_name_is_new_once_that_was_seen(rosa, clara):
    rosa.send(BOOK, slot=FRIDAY, **take_down(rosa, name="Clara Teacup"))
    assert made() == []
    rosa.send(BOOK, slot=FRIDAY)
    assert made()[0].client_id != clara


def test_a_time_that_has_gone_keeps_all_that_was_typed_and_offers_the_nearest(rosa, visitor):
    told = take_down(rosa, email="nils@client.test")
    book(visitor, at="20260313T1000Z")
    assert rosa.send(BOOK, slot=FRIDAY, **told).status_code == 409
    assert "They have another appointment then." in rosa.text
    assert {name: typed_in(rosa)[name] for name in NEW} == told
    nearest = rosa.slots[:3]
    assert all(slot.startswith("20260313T") for slot in nearest)
    assert "Book it even so" not in rosa.text
    rosa.send(BOOK, slot=nearest[0])
    assert [one.client.email for one in made()] == ["nils@client.test"]


def test_no_reason_puts_two_people_into_one_time(rosa, clara):
    pick(rosa, clara)
    assert rosa.send(BOOK, slot="20260312T1000Z.ana-moreau", reason="they insist").status_code == 409
    assert made() == []


def test_a_rule_of_the_clinic_is_put_aside_for_a_reason_that_stays_sealed(rosa, clara):
    pick(rosa, clara)
    by_hand = {"slot": "by-hand", "on": "2026-03-13", "time": "18:00", "length": "50"}
    assert rosa.send(BOOK, **by_hand).status_code == 409
    assert "They do not work for that whole time." in rosa.text
    assert typed_in(rosa)["at"] == "20260313T1800Z.ana-moreau"
    assert rosa.send(BOOK, slot="20260313T1800Z.ana-moreau", reason="she flies on Saturday").request.path == "/diary"
    (one,) = made()
    assert one.minutes == 50
    aside = db.session.scalar(sa.select(Override))
    assert (aside.appointment_id, aside.codes, aside.reason) == (one.id, ["outside_hours"], "she flies on Saturday")
    lines = db.session.scalars(sa.select(AuditLine))
    assert not any("flies" in str(line.detail) for line in lines)


def test_what_the_clinic_limits_is_limited_outside_hours_too(rosa, clara):
    with writing():
        db.session.execute(sa.update(Treatment).where(Treatment.slug == "massage").values(most_a_day=1))
        db.session.commit()
    pick(rosa, clara)
    evening = "20260312T1800Z.ana-moreau"
    assert rosa.send(BOOK, slot=evening).status_code == 409
    assert "They do not work for that whole time." in rosa.text
    assert "That day is full for this treatment" in rosa.text
    rosa.send(BOOK, slot=evening, reason="she flies on Friday")
    assert db.session.scalar(sa.select(Override.codes)) == ["most_a_day", "outside_hours"]


def test_a_time_by_hand_goes_to_whoever_is_free(rosa, clara):
    told = take_down(rosa, therapist="", slot="by-hand", length="30")
    rosa.send(BOOK, on="2026-03-12", time="10:20", **told)
    assert [one.therapist.slug for one in made()] == ["ben-okafor"]
    other = take_down(rosa, therapist="", slot="by-hand", length="30", name="Lena Saucer", phone="0117 496 0322")
    rosa.send(BOOK, on="2026-06-25", time="10:05", **other)  # further ahead than clients book, and off their grid
    assert len(made()) == 2
    pick(rosa, clara)
    assert rosa.send(BOOK, therapist="", slot="by-hand", on="2026-03-12", time="20:00").status_code == 422
    assert "Nobody is free then." in rosa.text
    assert rosa.send(BOOK, slot="by-hand", on="", time="25:00").status_code == 422
    assert "Choose a day and a time." in rosa.text
    assert len(made()) == 2


def test_nobody_is_offered_a_time_at_which_they_come_already(rosa, clara):
    pick(rosa, clara, therapist="ben-okafor", **{"from": "2026-03-12"})
    assert rosa.slots[0] == "20260312T0900Z.ben-okafor"
    assert "20260312T1000Z.ben-okafor" not in rosa.slots
    assert rosa.send(BOOK, slot="20260312T1015Z.ben-okafor").status_code == 409
    assert "The client has another appointment then." in rosa.text
    assert rosa.slots[:3] == [f"20260312T{at}Z.ben-okafor" for at in ("0900", "1100", "1115")]


def test_the_limits_of_a_known_client_hold_at_the_desk(rosa, clara):
    with writing():
        db.session.execute(sa.update(Clinic).values(client_most_a_day=1))
        db.session.commit()
    pick(rosa, clara)
    assert rosa.send(BOOK, slot="20260312T1500Z.ana-moreau").status_code == 409
    assert "The client has as many appointments on that day as you allow." in rosa.text
    assert "Book it even so" in rosa.text


def test_the_same_press_twice_is_one_booking(rosa, clara):
    pick(rosa, clara)
    page = rosa.page
    for _ in range(2):
        rosa.page = page
        assert rosa.send(BOOK, slot=FRIDAY).request.path == "/diary"
    assert len(made()) == 1
    rosa.page = page
    assert rosa.send(BOOK, slot=LATER).status_code == 409
    assert f"under {made()[0].ref}" in rosa.text
    assert len(made()) == 1


def test_a_page_of_another_browser_books_nothing(rosa, new_visitor, clara):
    other = new_visitor()
    other.sign_in("olu")
    pick(other, clara)
    rosa.get(PAGE)
    assert rosa.send(BOOK, slot=FRIDAY, key=typed_in(other)["key"], client=str(clara)).status_code == 400
    assert made() == []


def test_a_therapist_books_their_own_clients_and_new_ones_and_nobody_elses(new_visitor, clara):
    ben = new_visitor()
    ben.sign_in("ben")
    assert "Clara" not in ben.get(f"{PAGE}?q=clara").text.replace("New client: clara", "")
    assert pick(ben, clara).status_code == 404
    told = take_down(ben, phone="0117 496 0123")
    assert ben.send(BOOK, client=str(clara), slot=FRIDAY, **told).status_code == 404
    ben.send(PAGE, **told)
    assert "Clara" not in ben.text
    assert ben.send(BOOK, slot="20260313T1000Z.ben-okafor", **told).request.path == "/diary"
    (one,) = made()
    assert pick(ben, one.client_id).status_code == 200
    assert "Nils Butterdish" in ben.get(f"{PAGE}?q=nils").text


def test_lists_show_initials_while_names_are_hidden(rosa, clara):
    rosa.post("/today/names", hidden="yes")
    found = rosa.get(f"{PAGE}?q=clara").text
    assert "Clara T" not in found
    assert "C. T." in found
    assert "…123" in found


def test_who_missed_visits_before_is_known_before_another_is_booked(rosa, clara):
    with writing():
        db.session.execute(sa.update(Clinic).values(missed_most=1, missed_words="We ask for a deposit of £20."))
        (visit,) = db.session.scalars(sa.select(Appointment.id))
        cancelled = Cancellation(appointment_id=visit, at=NOW + timedelta(hours=24), by="guest", late=True)
        db.session.add(cancelled)
        db.session.commit()
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        pick(rosa, clara)
    assert "We ask for a deposit of £20." in rosa.text
    assert "1 missed in 12 months" in rosa.text


def test_whoever_wants_somebody_else_in_the_room_is_given_times_at_which_somebody_is_there(rosa, clara, cast):
    with writing():
        of_friday = {"weekday": 4, "starts": time(15), "ends": time(17)}
        db.session.add(ChaperoneHours(location_id=cast.location.id, **of_friday))
        db.session.commit()
    pick(rosa, clara)
    assert "With a chaperone" in rosa.text
    rosa.send(PAGE, chaperone="yes")
    assert rosa.slots[0] == "20260313T1500Z.ana-moreau"
    assert rosa.send(BOOK, slot=FRIDAY, chaperone="yes").status_code == 409
    rosa.send(BOOK, slot=rosa.slots[0], chaperone="yes")
    assert [(one.starts_at.hour, one.chaperone) for one in made()] == [(15, True)]
