"""A client tells about their health: by link without ever reading it back, in their account, or with their therapist."""

import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.intake.models import HealthHistory
from clinic.intake.operations import forget_old_drafts
from clinic.people.models import Client
from clinic.places.models import Clinic
from tests.accounts import with_account
from tests.conftest import NOW
from tests.histories import SORE, WELL, answer, fields_here, fill_in, home_of, tell
from tests.rows import rows, whole_rows
from tests.steps import book, screen

SECRET = "my left kidney sings"


@pytest.fixture
def home(visitor):
    """Clara has booked, and has the link of her mail."""
    book(visitor)
    return home_of()


@pytest.fixture
def ana(new_visitor, home):
    """Who treats Clara."""
    visitor = new_visitor()
    visitor.sign_in("ana")
    return visitor


@pytest.fixture
def record(home):
    client_id = db.session.scalar(sa.select(Client.id).where(Client.name == "Clara Teacup"))
    return f"/clients/{client_id}/health"


def histories():
    """What is kept, the latest begun last."""
    found = db.session.scalars(sa.select(HealthHistory).order_by(HealthHistory.begun_at, HealthHistory.finished_at))
    return [json.loads(one.answers) for one in found.all()]


def finished():
    return len(db.session.scalars(sa.select(HealthHistory).where(HealthHistory.finished_at.is_not(None))).all())


def test_whoever_is_well_has_told_all_within_twelve_pages(visitor, home):
    seen = fill_in(visitor, home, sex="woman")
    assert 8 < len(seen) - 1 <= 12
    assert "Page 12 of 12" in " ".join(page.text for page in seen)
    assert "Thank you" in visitor.send(f"{home}/completion").text
    assert finished() == 1


def test_pain_opens_more_pages(visitor, home):
    tell(visitor, home, **SORE)
    kept = histories()[0]
    assert kept["marks"] == [{"region": "low_back", "side": "left", "kind": "dull", "strength": 6}]
    assert kept["helped.massage"] == "a_while"
    assert kept["worse"] == ["sitting", "stairs"]


def test_what_the_safety_page_was_told_is_not_asked_again(new_visitor, home):
    asked = {name for page in fill_in(new_visitor(), home) for name in re.findall(r'name="(list\.\w+)"', page.text)}
    assert "list.now" in asked
    other = new_visitor()
    screen(other)
    book(other, "psoas-release", at="20260313T1000Z", name="Dmitri Wool", email="dmitri@client.test")
    theirs = fill_in(other, home_of("Dmitri Wool"))
    asked = {value for page in theirs for value in re.findall(r'name="list\.\w+" [^>]*value="(\w+)"', page.text)}
    assert "tummy_pulses" in asked
    assert not asked & {"saddle_or_leg", "aneurysm", "hernia"}


def test_a_page_is_refused_without_what_it_must_have_whatever_the_browser_sends(visitor, home):
    seen = set()
    visitor.get(visitor.get(home) and visitor.link("Begin"))
    while visitor.page.request.path != home:
        here = visitor.page.request.path
        must = fields_here(visitor) & {*WELL, *SORE} - {"csrf_token"}
        kept = histories()
        for sent in ({}, dict.fromkeys(must, "no such answer"), dict.fromkeys(must, " ")) if must else ():
            visitor.get(here)
            answered = visitor.post(here, asks=asks(visitor), **sent)
            assert answered.status_code == 422, (here, sent)
            assert "There is a problem" in visitor.text
        assert histories() == kept
        seen |= must
        answer(visitor, **{**WELL, **SORE})
    assert {"born", "list.now", "marks", "medicines", "operations"} <= seen
    assert finished() == 0


def asks(visitor):
    return re.search(r'name="asks"[^>]*value="([^"]+)"', visitor.page.text)[1]


def test_what_was_typed_is_kept_beside_the_problem(visitor, home):
    visitor.get(f"{home}/1")
    answer(visitor, born="2190-01-01", sex="man", ring_name="Otto")
    assert "Enter a day that has been." in visitor.text
    assert 'value="Otto"' in visitor.page.text
    assert histories() == []


def test_it_is_sent_only_when_every_page_is_answered(visitor, home):
    visitor.get(f"{home}/1")
    answer(visitor, **WELL)
    visitor.send(f"{home}/completion")
    assert finished() == 0
    assert visitor.page.request.path == f"{home}/2"


def test_whoever_stops_goes_on_where_they_stopped_on_any_device(visitor, new_visitor, home):
    visitor.get(f"{home}/1")
    answer(visitor, **WELL)
    later = new_visitor()
    assert "You have answered 1 of" in later.get(home).text.replace("  ", " ")
    later.get(later.link("Go on"))
    assert later.page.request.path == f"{home}/2"


def test_a_page_that_the_number_no_longer_means_keeps_nothing(visitor, home):
    visitor.get(f"{home}/1")
    answer(visitor, **{**WELL, "asks": "operations"})
    assert histories() == []


def test_the_link_never_shows_what_was_told(visitor, new_visitor, home):
    """Not on any page, filled in or finished, nor in the form that comes back empty."""
    said = {**SORE, "avoid": SECRET, "ring_name": SECRET, "words": SECRET, "seated": "17", "born": "1961-02-03"}
    asked = len(fill_in(visitor, home, **said)) - 1
    for _ in range(2):
        other = new_visitor()
        pages = [other.get(f"{home}{page}").text for page in ("", *(f"/{number}" for number in range(1, 30)))]
        assert len(set(pages)) > 10
        shown = [page for page in pages if re.search(rf'{SECRET}|1961-02-03|"17"|\schecked|\sselected', page)]
        assert shown == []
        assert sum("You have answered this" in page for page in pages) == (0 if finished() else asked)
        visitor.send(f"{home}/completion")
    assert finished() == 1


def test_by_link_it_begins_empty_though_it_was_told_before(visitor, home):
    tell(visitor, home, **SORE, words=SECRET)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        tell(visitor, home)
    assert [one["pain"] for one in histories()] == ["yes", "no"]
    assert "words" not in histories()[1] or not histories()[1]["words"]


@pytest.mark.parametrize(("code", "words"), [("saddle_or_leg", "Go to A&E now."), ("chest_or_sudden", "Call 999 now.")])
def test_an_emergency_is_answered_at_once_and_keeps_nothing_of_its_page(visitor, home, code, words):
    visitor.get(f"{home}/1")
    answer(visitor, **WELL)
    before = histories(), rows()
    page = visitor.post(f"{home}/2", asks="list.now", **{"list.now": code})  # the rest of the page is blank
    assert words in visitor.text.replace("&amp;", "&")
    assert page.status_code == 200
    assert (histories(), rows()) == before
    assert finished() == 0


def test_an_emergency_is_answered_though_the_session_is_gone_and_nothing_else_is(visitor, new_visitor, home):
    visitor.get(f"{home}/2")
    elsewhere, token = new_visitor(), visitor.token()
    before = whole_rows()
    elsewhere.post(f"{home}/2", csrf_token=token, asks="list.now", **{"list.now": "saddle_or_leg"})
    assert (elsewhere.page.status_code, "Go to A&E now" in elsewhere.text) == (200, True)
    for code, asks in (("none", "list.now"), ("saddle_or_leg", "another page")):
        assert elsewhere.post(f"{home}/2", csrf_token=token, asks=asks, **{"list.now": code}).status_code == 400
    assert whole_rows() == before


def test_a_doctor_comes_first_with_a_letter_that_is_shown_once(visitor, home):
    page = tell(visitor, home, **{"list.today": "fever"})
    assert "A letter to take" in page.text
    assert "A fever, chills" in page.text
    assert "111" in page.text
    assert "fever" not in visitor.get(home).text
    assert finished() == 1


def test_answers_that_lead_nowhere_any_more_are_not_kept(visitor, home):
    fill_in(visitor, home, **SORE)
    number = next(n for n in range(1, 30) if "Does anything hurt, or" in visitor.get(f"{home}/{n}").text)
    visitor.get(f"{home}/{number}")
    answer(visitor, pain="no")
    visitor.get(home)
    visitor.send(f"{home}/completion")
    assert not {"marks", "since", "helped.massage"} & set(histories()[0])


def test_in_their_account_a_client_reads_it_and_changes_one_page(app, visitor):
    with_account(app, visitor)
    home = home_of()
    tell(visitor, home, **SORE, words=SECRET)
    assert SECRET in visitor.get("/my/health").text
    assert "Low back, left: dull or aching, 6 of 10" in visitor.text
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        visitor.get("/my/health/1")
        assert 'value="1990-05-04"' in visitor.page.text
        answer(visitor, ring_name="Otto Lamp")
        visitor.get("/my/health")
        assert "All pages are answered" in visitor.text
        visitor.send("/my/health/completion")
    was, now = histories()
    assert now == {**was, "ring_name": "Otto Lamp"}
    assert finished() == 2


def test_their_therapist_reads_it_with_what_changed_and_fills_it_in_with_them(ana, visitor, home, record):
    tell(visitor, home, words=SECRET)
    assert SECRET in ana.get(record).text
    assert "Changed" not in ana.text
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        ana.get(f"{record}/1")
        answer(ana, ring_name="Otto Lamp")
        ana.get(record)
        ana.send(f"{record}/completion")
    text = ana.get(record).text
    assert text.count(">Changed<") == 1
    assert re.search(r"Otto Lamp <span[^>]*>Changed<", text)
    assert db.session.scalars(sa.select(HealthHistory.told_by)).all().count("guest") == 0


def test_reading_it_leaves_a_line_and_telling_by_link_leaves_no_word(ana, visitor, home, record):
    tell(visitor, home, words=SECRET)
    ana.get(record)
    lines = db.session.execute(sa.select(AuditLine.action, AuditLine.actor, AuditLine.detail)).all()
    told = [(action, actor.partition(":")[0]) for action, actor, _ in lines]
    assert told.count(("history.saved", "link")) == 11
    assert told.count(("history.finished", "link")) == 1
    assert ("record.viewed", "account") in told
    assert all(set(detail) <= {"id"} for action, _, detail in lines if action.startswith("history."))


def test_another_therapist_reception_and_strangers_get_what_nobody_gets(new_visitor, visitor, home, record):
    tell(visitor, home, words=SECRET)
    ben, rosa = new_visitor(), new_visitor()
    ben.sign_in("ben")
    rosa.sign_in("rosa")
    nobody = ben.get("/clients/00000000-0000-4000-8000-000000000000/health")
    assert ben.get(record).status_code == nobody.status_code == 404
    assert rosa.get(record).status_code == 403
    assert new_visitor().get(record).request.path == "/sign-in"


def test_what_was_begun_and_left_alone_goes_after_ninety_days(app, visitor, home):
    visitor.get(f"{home}/1")
    answer(visitor, **WELL)
    for days, left in ((89, 1), (91, 0)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False), writing():
            forget_old_drafts(db.session, now=NOW + timedelta(days=days))
        assert len(histories()) == left


def test_a_release_that_is_booked_becomes_its_alternative_when_something_speaks_against_it(visitor):
    screen(visitor)
    book(visitor, "psoas-release")
    page = tell(visitor, home_of(), medicines="anticoagulant")
    assert "We leave out deep tummy work for you. Ana can do “Hips without tummy work” at the same time." in page.text
    booked = db.session.scalar(sa.select(Appointment))
    assert booked.treatment.slug == "hips-without-tummy"
    assert "anticoagulant" not in visitor.get(visitor.link("Done")).text


def test_who_is_well_keeps_their_release(visitor):
    screen(visitor)
    book(visitor, "psoas-release")
    page = tell(visitor, home_of(), sex="woman")
    assert "leave out" not in page.text
    assert db.session.scalar(sa.select(Appointment)).treatment.slug == "psoas-release"


def test_the_privacy_notice_is_accepted_once_and_again_when_it_has_changed(visitor, home):
    visitor.get(f"{home}/1")
    assert answer(visitor, **{**WELL, "accepted": ""}).status_code == 422
    assert "Tick this to go on." in visitor.text
    assert histories() == []
    answer(visitor, **WELL)
    assert "I have read the privacy notice" not in visitor.text
    answer(visitor, **WELL)
    assert len(histories()[0]) > 1
    with writing():
        db.session.get(Clinic, 1).privacy_words = "Other words."
        db.session.commit()
    assert "I have read the privacy notice" in visitor.get(f"{home}/3").text


def test_nobody_accepts_it_in_the_clients_stead(ana, record):
    assert "I have read the privacy notice" not in ana.get(f"{record}/1").text
