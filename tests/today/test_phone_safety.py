"""The safety list on the phone: read aloud, ticked once, and from then on only what it decided is seen."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.intake.models import Screening
from clinic.intake.safety_lists import shipped
from clinic.people.models import Client
from tests.conftest import NOW
from tests.rows import rows
from tests.steps import book, safety_page, screen

PAGE, BOOK = "/diary/booking", "/diary/bookings"
SLOT, LATER = "20260320T1000Z.ana-moreau", "20260320T1400Z.ana-moreau"
NEW = {"name": "Nils Butterdish", "phone": "0117 496 0321", "email": ""}


class Desk:
    """Reception, and all that came back to them since something was ticked."""

    def __init__(self, visitor):
        self.visitor, self.seen = visitor, []
        visitor.sign_in("rosa")

    def call(self, **asked):
        """Somebody new rings, or a client; for a release."""
        who = asked or {"new": "nils"}
        query = "&".join(
            f"{name}={value}" for name, value in {"treatment": "psoas-release", "minutes": 60, **who}.items()
        )
        return self.visitor.get(f"{PAGE}?{query}")

    def press(self, slot=SLOT, **typed):
        page = self.visitor.send(BOOK, slot=slot, **typed)
        self.seen.append(page.text)
        return page

    def tick(self, *ticks, **typed):
        """Press again, with these ticks and "None of these" where there are none."""
        return self.press(**{**safety_page(*ticks), **typed})

    @property
    def text(self):
        return self.visitor.text


@pytest.fixture
def desk(new_visitor):
    return Desk(new_visitor())


@pytest.fixture
def nils(desk):
    """New, on the phone, with a time for a release chosen: now the list is read to him."""
    desk.call()
    assert desk.press(**NEW).status_code == 200
    assert "Read this aloud" in desk.text
    desk.seen.clear()
    return desk


def made():
    return db.session.scalars(sa.select(Appointment).where(Appointment.booked_by.startswith("account:"))).all()


def kept():
    return [json.loads(one.answers) for one in db.session.scalars(sa.select(Screening))]


def shown_again(desk):
    """Words of the reasons, ticks and codes in what came back."""
    everything = " ".join(desk.seen)
    short = [rule.short for rule in shipped() if rule.number]
    return [word for word in (*short, "checked", "(question", "See what they said") if word in everything]


def test_nothing_ticked_books_in_the_same_press(nils):
    assert nils.tick().request.path == "/diary"
    (one,) = made()
    assert one.treatment.slug == "psoas-release"
    assert json.loads(one.screening.answers) == []
    assert one.screening.visit_digest is None


def test_a_list_that_was_not_answered_to_the_end_is_read_again_and_shows_no_tick(nils):
    assert nils.press().status_code == 422
    assert nils.press(tummy=["pregnant"], now=["none"]).status_code == 422
    assert "read it once more" in nils.text
    assert (made(), kept(), shown_again(nils)) == ([], [], [])
    assert 'value="Nils Butterdish"' in nils.seen[-1]
    assert nils.tick().request.path == "/diary"


@pytest.mark.parametrize("ticks", [["pregnant"], ["blood_thinner", "aspirin"], ["aneurysm_risk"]])
def test_what_rules_a_release_out_leads_to_the_other_treatment_at_the_same_time(nils, ticks):
    assert nils.tick(*ticks).status_code == 409
    assert "Offer “Hips without tummy work”, at the same time if you can." in nils.text
    assert "Friday 20 March, 10am" in nils.text
    assert "Read this aloud" not in nils.text
    assert nils.press().request.path == "/diary"
    (one,) = made()
    assert (one.treatment.slug, one.starts_at.hour, one.therapist.slug) == ("hips-without-tummy", 10, "ana-moreau")
    assert json.loads(one.screening.answers) == sorted(ticks)
    assert shown_again(nils) == []


def test_where_a_therapist_rings_first_a_phone_number_is_taken_down(nils):
    nils.tick("under_18", phone="", email="nils@client.test")
    assert "Ana rings them before the visit." in nils.text
    assert nils.press().status_code == 422
    assert "Take down a phone number: a therapist rings them first." in nils.text
    assert nils.press(phone="0117" + "." * 30 + "4960321").status_code == 422
    assert "Shorten this to 40 characters or fewer." in nils.text
    assert nils.press(phone="0117 496 0321").request.path == "/diary"
    assert made()[0].call.task == "ring_before_visit"
    assert shown_again(nils) == []


def test_a_doctor_comes_first_and_nothing_is_booked(nils):
    assert nils.tick("unwell_with_pain").status_code == 409
    assert "Ask them to see their doctor today, before any massage." in nils.text
    assert "Book it" not in nils.text
    assert nils.press().status_code == 409
    assert nils.press(what="massage.60").status_code == 409
    assert (made(), shown_again(nils)) == ([], [])


def test_an_emergency_is_told_at_once_and_leaves_nothing_behind(nils):
    before = rows()
    assert nils.press(now=["chest_or_sudden"], name="").status_code == 409
    assert "Tell them to get help now" in nils.text
    assert "Call 999 now." in nils.text
    assert (rows(), shown_again(nils)) == (before, [])


def test_a_release_in_their_last_answers_takes_one_more_press(desk, visitor):
    screen(visitor)
    book(visitor, "psoas-release", at="20260312T1000Z")
    desk.call(client=db.session.scalar(sa.select(Client.id)))
    assert desk.press().status_code == 200
    assert "nothing has changed" in desk.text
    assert desk.press(unchanged="yes").request.path == "/diary"
    assert json.loads(made()[0].screening.answers) == []
    assert rows()["screening"] == 2


def test_answers_of_half_a_year_ago_are_asked_anew(desk, visitor):
    screen(visitor)
    book(visitor, "psoas-release", at="20260312T1000Z")
    client = db.session.scalar(sa.select(Client.id))
    with writing():
        db.session.execute(sa.update(Screening).values(created_at=NOW - timedelta(days=190)))
        db.session.commit()
    desk.call(client=client)
    desk.press()
    assert "nothing has changed" not in desk.text
    assert desk.press(unchanged="yes").status_code == 422
    assert made() == []


def test_what_somebody_ticked_last_time_goes_along_with_another_treatment(desk, visitor):
    screen(visitor, "pregnant", query=f"?slot={SLOT}")
    book(visitor, "hips-without-tummy", at="20260312T1000Z")
    desk.call(client=db.session.scalar(sa.select(Client.id)), treatment="massage")
    desk.press()
    assert "nothing has changed" in desk.text
    desk.press(unchanged="yes")
    assert json.loads(made()[0].screening.answers) == ["pregnant"]
    assert shown_again(desk) == []


def test_a_time_that_has_gone_does_not_lose_the_answers(nils, visitor):
    book(visitor, at="20260320T1000Z")
    assert nils.tick().status_code == 409
    assert "They have another appointment then." in nils.text
    assert "Read this aloud" not in nils.text
    assert nils.press(LATER).request.path == "/diary"
    assert json.loads(made()[0].screening.answers) == []


def test_another_time_can_be_chosen_before_the_list_is_read(nils):
    assert nils.press(LATER).status_code == 200
    assert "Friday 20 March, 2pm" in nils.text
    assert nils.tick(slot=LATER).request.path == "/diary"


def test_answers_are_never_those_of_the_next_client_on_the_same_page(nils, visitor):
    nils.tick("pregnant")
    book(visitor, at="20260312T1000Z")
    clara = str(db.session.scalar(sa.select(Client.id)))
    assert nils.press(client=clara, what="psoas-release.60").status_code == 200
    assert "Read this aloud" in nils.text
    assert made() == []


def test_the_same_press_twice_with_answers_is_one_booking_and_keeps_one_set(nils):
    page = nils.visitor.page
    for _ in range(2):
        nils.visitor.page = page
        assert nils.tick().request.path == "/diary"
    assert (len(made()), kept()) == (1, [[]])


def test_answers_that_were_not_booked_with_are_gone_after_a_day(app, nils):
    nils.tick("pregnant")
    assert kept() == [["pregnant"]]
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0
    assert kept() == []
