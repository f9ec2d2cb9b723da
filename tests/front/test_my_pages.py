"""What a client finds on their own pages, and that it is theirs alone."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.aftercare.queries import link_of, plan_of
from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.core.links import Link
from clinic.people.models import Account, Client
from clinic.treatments.models import Treatment
from tests.accounts import SECRET, sign_in, with_account
from tests.conftest import NOW
from tests.house.test_statements import make_busy, statements, write_up
from tests.plans import plan_for
from tests.steps import WHO, book, screen

PAGES = ("/my", "/my/plan", "/my/answers", "/my/details", "/my/record-views")
RELEASE = {"slug": "psoas-release", "at": "20260312T1000Z"}
TICKED = "A blood thinner, or a bleeding problem"
TOLD = {"word": "it hurts on stairs", "area": "low_back", "side": "left"}


@pytest.fixture
def clara(app, visitor):
    with_account(app, visitor, **TOLD)
    return visitor


@pytest.fixture
def dmitri(app, new_visitor):
    """Another client with an account, who ticked something."""
    other = new_visitor()
    screen(other, "blood_thinner")
    theirs = {"name": "Dmitri Wool", "email": "dmitri@client.test", "word": "an old secret"}
    with_account(app, other, slug="hips-without-tummy", therapist="ben-okafor", **theirs)
    return other


def the_client(name="Clara Teacup"):
    return db.session.scalar(sa.select(Client).where(Client.name == name))


def give_plan(client, cast):
    with writing():
        plan_for(client, cast.ana)
        db.session.commit()


def test_appointments_to_come_lead_to_moving_and_cancelling(clara):
    assert clara.get(clara.link("Move it")).status_code == 200
    clara.get("/my")
    clara.get(clara.link("Cancel it"))
    clara.send(clara.page.request.path)
    assert "Past and cancelled" in clara.get("/my").text
    assert "Cancelled" in clara.text
    assert "Nothing to come" in clara.text
    assert clara.get(clara.link("See it")).status_code == 200
    clara.get("/my")
    assert "Massage" in clara.get(clara.link("Book the same again")).text


def test_one_that_is_over_stands_below_and_one_long_past_has_no_link_any_more(clara):
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        clara.get("/my")
        assert "Move it" not in clara.text
        assert clara.get(clara.link("See it")).status_code == 200
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        sign_in(clara)
        assert "Thursday 12 March 2026, 10am" in clara.text
        assert "See it" not in clara.text
        assert "Massage · 60 minutes" in clara.get(clara.link("Book the same again")).text


def book_again(client, pressed):
    """From their own page: again, a time, and the button."""
    client.get(client.link("Book the same again"))
    client.get(client.link("10am on Monday 4 May"))
    here = client.page.request.path
    assert pressed in client.text
    client.send(here)
    assert "You're booked" in client.text
    return here


def test_however_long_ago_the_same_is_booked_again_by_three_taps(clara):
    with time_machine.travel(NOW + timedelta(days=50), tick=False):
        sign_in(clara)
        book_again(clara, "Book it")
        first, again = db.session.scalars(sa.select(Appointment).order_by(Appointment.booked_at)).all()
        assert (again.client_id, again.treatment_id, again.minutes) == (first.client_id, first.treatment_id, 60)
        assert again.booked_by == f"client:{first.client_id}"


def test_a_release_asks_in_three_taps_only_whether_anything_has_changed(app, visitor):
    screen(visitor)
    with_account(app, visitor, **RELEASE)
    with time_machine.travel(NOW + timedelta(days=50), tick=False):
        sign_in(visitor)
        book_again(visitor, "Nothing on this list has changed")
        assert db.session.scalars(sa.select(Appointment.screening_id)).all().count(None) == 0


def test_nobody_books_again_what_was_somebody_elses(clara, dmitri):
    theirs = db.session.scalar(sa.select(Appointment.id).where(Appointment.client_id == the_client("Dmitri Wool").id))
    page = f"/my/appointments/{theirs}/again"
    assert dmitri.get(page).status_code == 200
    for answer in (clara.get(page), clara.get(f"{page}?slot=20260313T1400Z.ana-moreau"), clara.post(page)):
        assert answer.status_code == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Appointment)) == 2


def test_what_is_not_offered_any_more_is_not_booked_again(clara):
    clara.get(clara.link("Cancel it"))
    clara.send(clara.page.request.path)
    clara.get("/my")
    again = clara.link("Book the same again")
    with writing():
        db.session.execute(sa.update(Treatment).where(Treatment.slug == "massage").values(offered=False))
        db.session.commit()
    assert "Book the same again" not in clara.get("/my").text
    assert (clara.get(again).status_code, clara.post(again).status_code) == (409, 409)


def test_a_link_that_was_revoked_is_not_shown(clara):
    with writing():
        db.session.execute(sa.update(Link).where(Link.scope == "appointment").values(revoked_at=NOW))
        db.session.commit()
    clara.get("/my")
    assert "Thursday 12 March" in clara.text
    assert "See it" not in clara.text


def test_the_plan_opens_from_its_page_while_it_may_be_opened(clara, cast):
    assert "No plan at the moment" in clara.get("/my/plan").text
    give_plan(the_client(), cast)
    clara.get("/my/plan")
    assert clara.get(clara.link("Open my plan")).status_code == 200
    for ended in ({"expires_at": NOW}, {"expires_at": NOW + timedelta(days=1), "revoked_at": NOW}):
        with writing():
            db.session.execute(sa.update(Link).where(Link.scope == "plan").values(**ended))
            db.session.commit()
        assert "No plan at the moment" in clara.get("/my/plan").text


def test_what_they_told_is_shown_in_the_words_they_were_asked_with(clara, dmitri):
    clara.get("/my/answers")
    assert "It was not asked for this appointment." in clara.text
    assert "Where it hurts Low back, Left A word to your therapist it hurts on stairs" in clara.text
    assert TICKED not in clara.text
    dmitri.get("/my/answers")
    assert TICKED in dmitri.text
    assert "an old secret" in dmitri.text
    assert "stairs" not in dmitri.text


def test_nothing_ticked_is_told_as_that(clara):
    screen(clara)
    book(clara, **{**RELEASE, "at": "20260313T1000Z"})
    assert "You ticked “None of these” everywhere." in clara.get("/my/answers").text


def test_what_they_told_stands_on_none_of_the_other_pages(dmitri):
    for page in PAGES:
        words = dmitri.get(page).text
        assert (page == "/my/answers") == ("an old secret" in words) == (TICKED in words)


def test_a_client_who_reads_their_own_answers_leaves_a_line(clara):
    clara.get("/my/answers")
    line = db.session.scalar(sa.select(AuditLine).where(AuditLine.action == "record.viewed"))
    assert line.actor == line.subject == f"client:{the_client().id}"
    clara.get("/my/record-views")
    assert "Wednesday 11 March 2026, 9am You" in clara.text


def test_who_looked_is_named_by_first_name_role_and_time(clara, new_visitor):
    assert "Nobody has opened it yet." in clara.get("/my/record-views").text
    ana, rosa, client = new_visitor(), new_visitor(), the_client().id
    for one, name in ((ana, "ana"), (rosa, "rosa")):
        one.sign_in(name)
        with time_machine.travel(NOW + timedelta(hours=2), tick=False):
            one.get(f"/clients/{client}")
    clara.get("/my/record-views")
    words = clara.text
    assert "Wednesday 11 March 2026, 11am Ana, therapist" in words
    assert "Moreau" not in words
    assert "Rosa" not in words  # she sees contact and appointments, which is no health data
    with writing():
        db.session.execute(sa.update(AuditLine).where(AuditLine.actor != "guest").values(actor="account:987654"))
        db.session.commit()
    assert "Somebody whose account is gone" in clara.get("/my/record-views").text


def test_looks_at_somebody_elses_record_are_not_shown(clara, dmitri, new_visitor):
    ben = new_visitor()
    ben.sign_in("ben")
    ben.get(f"/clients/{the_client('Dmitri Wool').id}")
    assert "Ben, therapist" in dmitri.get("/my/record-views").text
    assert "Ben" not in clara.get("/my/record-views").text


def test_name_and_phone_are_changed_and_the_address_is_not(clara):
    clara.get("/my/details")
    assert "clara@client.test" in clara.text
    clara.send("/my/details", name="Clara  Saucer", phone="0117 496 0123", email="eve@client.test")
    assert "It is saved." in clara.text
    changed = the_client("Clara Saucer")
    assert (changed.phone, changed.email) == ("0117 496 0123", "clara@client.test")
    lines = sa.select(sa.func.count()).where(AuditLine.action == "client.contact_changed")
    assert db.session.scalar(lines) == 1
    clara.send("/my/details")
    assert db.session.scalar(lines) == 1


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": "see www.evil.test"}, {"phone": "12"}, {"phone": "9" * 41}])
def test_details_are_checked_as_when_booking(clara, typed):
    clara.get("/my/details")
    assert clara.send("/my/details", **typed).status_code == 422
    assert the_client().phone == ""


def test_one_client_sees_nothing_of_another(clara, dmitri, cast):
    give_plan(the_client("Dmitri Wool"), cast)
    token = link_of(db.session, plan_of(db.session, the_client("Dmitri Wool").id).id).token
    refs = db.session.scalars(sa.select(Appointment.ref).where(Appointment.client_id == the_client("Dmitri Wool").id))
    secrets = ["Dmitri", "Wool", "dmitri@", token, *refs]
    for page in PAGES:
        page_of_clara = clara.get(page).text + clara.page.text
        assert [one for one in secrets if one in page_of_clara] == []


def test_no_address_of_their_pages_tells_who_they_are(clara, cast):
    give_plan(the_client(), cast)
    told = [str(the_client().id), the_client().id.hex, "clara", "teacup", "client.test"]
    for page in PAGES:
        hrefs = " ".join(re.findall(r'(?:href|action)="([^"]*)"', clara.get(page).text)).lower()
        assert [one for one in told if one in hrefs] == []


def test_what_is_kept_for_strangers_is_not_shown_to_a_client_nor_theirs_to_strangers(clara, new_visitor):
    for page in ("/", "/treatments/massage/times"):
        assert "My appointments" not in new_visitor().get(page).text
        assert "My appointments" in clara.get(page).text
        assert "My appointments" not in new_visitor().get(page).text


def test_their_pages_ask_as_much_with_many_appointments_as_with_one(clara, cast):
    early = [statements(clara, page) for page in PAGES]
    client = the_client()
    make_busy(cast)
    with writing():
        db.session.execute(sa.update(Appointment).values(client_id=client.id))
        db.session.commit()
    write_up()
    looks = [
        {
            "at": NOW,
            "actor": f"account:{number}",
            "action": "record.viewed",
            "subject": f"client:{client.id}",
            "detail": {},
        }
        for number in db.session.scalars(sa.select(Account.id))
    ]
    with writing():
        db.session.execute(sa.insert(AuditLine), looks)
        db.session.commit()
    late = [statements(clara, page) for page in PAGES]
    assert [late[n] for n in (0, 2, 3, 4)] == [early[n] for n in (0, 2, 3, 4)]
    assert late[1] == early[1] + 1  # the plan's link, once there is a plan
    assert max(late) <= 6


def test_a_password_is_never_shown_again(clara):
    clara.get("/my/password")
    assert SECRET not in clara.send("/my/password", old=SECRET, new="short").text
    assert WHO["email"] in clara.get("/my/details").text
