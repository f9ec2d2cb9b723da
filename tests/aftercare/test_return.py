"""It is back: red flags first; then the plan is calm again, its therapist rings, and their next times are at hand."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from clinic.aftercare.models import CheckIn
from clinic.aftercare.operations import answering
from clinic.aftercare.rules.check_ins import HowTheyAre
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.work.models import WorkItem
from tests.aftercare.asking import answers, calls
from tests.aftercare.steps import build, plan_link, send
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of

BACK = "Back to calm for now"


@pytest.fixture
def link(ana, clara):
    """A plan with something of every phase."""
    return plan_link(ana, clara, "pelvic_tilt", "glute_bridge", "half_kneeling_hip_flexor")


@pytest.fixture
def client(new_visitor, link):
    """Clara, at "It's back"."""
    visitor = new_visitor()
    visitor.get(link)
    visitor.get(visitor.link("It's back"))
    return visitor


def tell(client, link, **typed):
    return client.send(f"{link}/return", **{"flags": "none", **typed})


def test_red_flags_are_asked_first_and_have_to_be_answered(client, link):
    assert "numb between your legs" in client.text
    page = client.send(f"{link}/return", pain="5", word="Since Monday")
    assert page.status_code == 422
    assert "Since Monday" in client.text
    assert answers() == []
    client.get(link)
    assert BACK not in client.text


def test_a_red_flag_without_a_session_is_heard_at_the_next_press(client, link, cast):
    client.lose_session()
    assert tell(client, link, flags=["both_legs_weak"]).status_code == 400
    assert "What you typed is still here: please press the button once more." in client.text
    tell(client, link, flags=["both_legs_weak"])
    assert "Go to A&E now" in client.text
    assert calls() == [("ring_about_plan", cast.ana.account_id)]


def test_a_red_flag_leads_to_what_to_do_now(client, link, cast):
    tell(client, link, flags=["both_legs_weak"], word="x" * 2000)
    assert client.page.request.path == f"{link}/help"
    assert "Go to A&E now" in client.text
    assert calls() == [("ring_about_plan", cast.ana.account_id)]
    client.get(link)
    assert BACK in client.text


START, DONE, WAIT = "Start today's session", 'value="done"', "Leave the exercises until you have talked to Ana."


def made(ana):
    """Ana rings, and ticks it off."""
    item = db.session.scalar(select(WorkItem.id).where(WorkItem.done_at.is_(None)))
    db.session.rollback()
    ana.post(f"/work/{item}/completion")


def test_a_red_flag_offers_no_session_until_the_call_is_made(client, link, ana):
    tell(client, link, flags=["one_leg_weak"])
    client.get(f"{link}/return")
    assert "Leave the exercises until then." in client.text
    assert "gentle part" not in client.text
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client.get(link)
        assert START not in client.text
        assert f"{WAIT} Please call us on 0117 496 0000" in client.text
        client.get(f"{link}/session")
        assert "Leave it for today" in client.text
        made(ana)
        client.get(link)
        assert START in client.text
        assert WAIT not in client.text


def test_that_it_is_back_with_nothing_alarming_leaves_the_gentle_part(client, link):
    tell(client, link, pain="5")
    assert "gentle part alone" in client.text
    client.get(link)
    assert START in client.text
    assert WAIT not in client.text


def waits_until_rung(client, link, ana):
    client.get(link)
    assert [words for words in (START, DONE) if words in client.text] == []
    assert WAIT in client.text
    made(ana)
    client.get(link)
    assert START in client.text


def test_new_numbness_told_of_practice_waits_for_the_call_the_next_day_too(client, link, ana):
    client.get(link)
    client.send(f"{link}/log", told="numb")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        waits_until_rung(client, link, ana)


def test_a_red_flag_in_a_check_in_waits_for_the_call_too(client, link, ana, clara, cast):
    with writing():
        asked = CheckIn(client_id=UUID(str(clara)), kind="review", therapist_id=cast.ana.id, due_at=NOW)
        told = HowTheyAre(flags=("fever",))
        answering.take_down(db.session, asked, told, now=NOW, by=GUEST)
        db.session.commit()
    waits_until_rung(client, link, ana)


def test_from_then_on_the_plan_shows_its_warm_up_and_calm_exercises_alone(client, link):
    tell(client, link)
    client.get(link)
    assert f"{BACK}. Ana will look at it." in client.text
    for name, shown in (("Pelvic tilt", True), ("Easy walk", True), ("Bridge", False), ("Half-kneeling", False)):
        assert (name in client.text) is shown, name


def test_a_plan_without_a_calm_exercise_gets_a_rest_lying_down(ana, clara, new_visitor):
    link, client = plan_link(ana, clara, "glute_bridge"), new_visitor()
    client.get(f"{link}/return")
    tell(client, link)
    client.get(link)
    assert "Constructive rest" in client.text
    assert "Bridge" not in client.text


def test_not_where_the_clinic_does_not_offer_it(ana, clara, new_visitor, olu_hides):
    link, client = plan_link(ana, clara, "glute_bridge"), new_visitor()
    client.get(f"{link}/return")
    tell(client, link)
    olu_hides("constructive_rest")
    client.get(link)
    assert "Constructive rest" not in client.text
    assert BACK in client.text


@pytest.fixture
def olu_hides(signed_in):
    def hide(code):
        olu = signed_in("olu")
        olu.get(f"/clinic/exercises/{code}")
        assert olu.post(f"/clinic/exercises/{code}/withdrawal").status_code == 200

    return hide


def test_its_therapist_is_to_ring_and_gets_a_mail_without_a_word_of_why(app, client, link, cast):
    tell(client, link, pain="7", word="The left side")
    assert calls() == [("ring_about_plan", cast.ana.account_id)]
    box = Letterbox()
    box.round(app, NOW)
    (mail,) = [one for one in box.mails if one["to"] == "ana@clinic.test"]
    assert not [word for word in ("Clara", "left", "pain", "back") if word in text_of(mail) + mail["subject"]]


def test_telling_it_twice_is_once_and_the_last_counts(client, link):
    client.post(f"{link}/return", flags="none", pain="7")
    client.post(f"{link}/return", flags="none", pain="4")
    assert [(kind, told.pain) for kind, told in answers()] == [("back", 4)]
    assert len(calls()) == 1


def test_the_next_times_of_the_same_therapist_stand_on_the_page_and_are_booked_in_two_taps(client, link):
    tell(client, link)
    assert client.page.request.path == f"{link}/return"
    assert BACK in client.text
    assert "The next times with Ana" in client.text
    assert client.page.text.count('class="time"') == 3
    client.get(client.link("with Ana"))
    client.send(client.page.request.full_path)
    assert client.page.request.path == f"{link}/booking"


def test_a_newer_version_ends_it(client, link, ana, clara):
    tell(client, link)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        build(ana, clara)
        assert "It is back since 11 March." in ana.text
        send(ana, clara)
        client.get(link)
        assert BACK not in client.text
        assert "Bridge" in client.text
        ana.get(f"/clients/{clara}/plan")
        assert "It is back since" not in ana.text


def test_the_record_says_so(client, link, ana, clara):
    tell(client, link, pain="7", word="The left side")
    ana.get(f"/clients/{clara}")
    for words in ("It is back", "pain 7", "The left side", "Ring them"):
        assert words in ana.text


def test_it_is_heard_before_the_year_of_birth_is_told(ana, clara, new_visitor, link):
    ana.get(f"/clients/{clara}/plan")
    ana.post(f"/clients/{clara}/plan/year", year="1980")
    client = new_visitor()
    client.get(f"{link}/return")
    assert "numb between your legs" in client.text
    tell(client, link, flags=["fever"])
    assert client.page.request.path == f"{link}/help"
    client.get(link)
    assert client.page.request.path == f"{link}/year"
