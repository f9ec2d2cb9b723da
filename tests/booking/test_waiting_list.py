"""Whoever waits is offered what comes free and suits, one after the other; an offer keeps its time for them alone."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking.models import Appointment, Claim, Hold, Offer, WaitingListEntry
from clinic.booking.operations import attend, cancel, offer_free_times
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.intake.models import Screening
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.accounts import with_account
from tests.conftest import NOW
from tests.letterbox import Letterbox
from tests.steps import TEN, WHO, book, screen
from tests.tellings import tell

PAGE = "/treatments/massage/waiting-list?minutes=60"
SLOT = f"{TEN}.ana-moreau"
THURSDAY, MORNING = "3", "morning"
SUITS = {"weekdays": [THURSDAY], "parts": [MORNING], "therapists": []}


def rows(model):
    return db.session.scalars(select(model)).all()


def join(visitor, name="Dmitri Kettle", email="dmitri@client.test", page=PAGE, **suits):
    visitor.get(page)
    visitor.post(page, name=name, email=email, **{**SUITS, **suits})
    assert "You are on the waiting list" in visitor.text
    return visitor.page.request.path


def rounds(app, now=NOW):
    """What the worker does in its rounds: offer, and send mail."""
    with time_machine.travel(now, tick=False):
        made = offer_free_times(db.session, now=now)
        box = Letterbox()
        box.round(app, now)
        return made, {mail["To"]: mail for mail in box.mails if "A time for you" in mail["Subject"]}


def offer_in(mail):
    return re.search(r"/offers/[\w.-]+", mail.get_body(("plain",)).get_content())[0]


@pytest.fixture
def offered(app, cast, visitor):
    """Dmitri has been offered Thursday at nine."""
    join(visitor)
    _made, mails = rounds(app)
    return offer_in(mails["dmitri@client.test"])


def test_who_joins_is_told_what_they_wait_for_and_gets_a_mail(app, visitor):
    join(visitor, parts=["morning", "afternoon"])
    assert "Massage, 60 minutes" in visitor.text
    assert "Any therapist" in visitor.text
    assert "Thursday · mornings (before 12), afternoons (12 to 5)" in visitor.text
    box = Letterbox()
    box.round(app, NOW)
    (mail,) = box.mails
    assert mail["Subject"] == "You are on our waiting list"
    assert visitor.page.request.path in mail.get_body(("plain",)).get_content()


def test_the_page_of_times_leads_there_with_what_it_was_narrowed_to(visitor, cast):
    visitor.get("/treatments/massage/times?therapist=ana-moreau&weekday=3&part=morning")
    visitor.get(visitor.link("Tell me when a time frees up"))
    ticked = set(re.findall(r'<input checked[^>]* name="(\w+)"[^>]* value="(\w+)"', visitor.page.text))
    assert ticked == {("therapists", str(cast.ana.id)), ("weekdays", "3"), ("parts", "morning")}


def test_the_first_time_that_suits_is_kept_for_whoever_waits(app, visitor, new_visitor):
    join(visitor)
    made, mails = rounds(app)
    assert made == 1
    (offer,) = rows(Offer)
    assert f"{offer.starts_at:%A %H}" == "Thursday 09"
    assert "Thursday 12 March, 9am" in mails["dmitri@client.test"]["Subject"]
    other = new_visitor()
    other.get(f"/treatments/massage/times?therapist={offer.therapist.slug}")
    assert f"20260312T0900Z.{offer.therapist.slug}" not in other.slots


def test_one_tap_books_it(app, offered, visitor):
    visitor.get(offered)
    assert "Thursday 12 March, 9am" in visitor.text
    assert "We keep it for you until 11am." in visitor.text
    visitor.send(f"{offered}/acceptance")
    assert "You're booked" in visitor.text
    (appointment,) = rows(Appointment)
    assert appointment.client.name == "Dmitri Kettle"
    assert {claim.hold_id for claim in rows(Claim)} == {None}
    assert [offer.outcome for offer in rows(Offer)] == ["accepted"]
    assert rounds(app)[0] == 0


def test_all_that_booking_it_asks_stands_above_the_tap(app, visitor):
    book(visitor, at="20260311T1400Z")
    join(visitor)
    (missed,), tomorrow = rows(Appointment), NOW + timedelta(days=1)
    with writing():
        asks = {"needs_approval": True, "deposit_words": "We ask for £10 by bank transfer."}
        db.session.execute(update(Treatment).where(Treatment.slug == "massage").values(**asks))
        db.session.execute(update(Clinic).values(missed_most=1, missed_words="Please ring us before you come."))
        db.session.execute(update(WaitingListEntry).values(client_id=missed.client_id))
        attend(db.session, missed, "no_show", now=missed.starts_at, by=GUEST)
        db.session.commit()
    _made, mails = rounds(app, tomorrow)
    with time_machine.travel(tomorrow, tick=False):
        visitor.get(offer_in(mails["dmitri@client.test"]))
    assert "Massage · 60 minutes · £60" in visitor.text
    assert "We ask for £10 by bank transfer." in visitor.text
    assert "looks at each booking of this treatment first: we will confirm yours by mail." in visitor.text
    assert "Please ring us before you come." in visitor.text


def test_what_is_kept_can_be_taken_to_the_last_minute_though_it_has_become_soon(app, visitor):
    """Two hours' notice, and two to think about an offer: at eleven, eleven has begun; a minute before it can be had."""
    join(visitor, weekdays=[], parts=[])
    _made, mails = rounds(app)
    assert "Wednesday 11 March, 11am" in mails["dmitri@client.test"]["Subject"]
    with time_machine.travel(NOW + timedelta(minutes=119), tick=False):
        visitor.get(offer_in(mails["dmitri@client.test"]))
        visitor.send(f"{visitor.page.request.path}/acceptance")
        assert "You're booked" in visitor.text


def test_whom_we_know_is_not_offered_a_time_at_which_they_come_already(app, cast, visitor):
    book(visitor, therapist="ben-okafor", at="20260312T0900Z")
    join(visitor)
    (appointment,) = rows(Appointment)
    with writing():
        db.session.execute(update(WaitingListEntry).values(client_id=appointment.client_id))
        db.session.commit()
    _made, mails = rounds(app)
    assert "Thursday 12 March, 10am" in mails["dmitri@client.test"]["Subject"]


def test_whom_we_know_is_not_offered_a_time_on_a_day_that_is_full_for_them(app, cast, visitor):
    book(visitor, therapist="ben-okafor", at="20260312T1400Z")
    join(visitor)
    (appointment,) = rows(Appointment)
    with writing():
        db.session.execute(update(Clinic).values(client_most_a_day=1))
        db.session.execute(update(WaitingListEntry).values(client_id=appointment.client_id))
        db.session.commit()
    _made, mails = rounds(app)
    assert "Thursday 19 March, 9am" in mails["dmitri@client.test"]["Subject"]
    visitor.get(offer_in(mails["dmitri@client.test"]))
    visitor.send(f"{visitor.page.request.path}/acceptance")
    assert "You're booked" in visitor.text


def test_ten_taps_book_it_once(offered, visitor):
    visitor.get(offered)
    for _ in range(10):
        visitor.post(f"{offered}/acceptance")
        assert "You're booked" in visitor.text
    assert len(rows(Appointment)) == 1


def test_looking_at_it_changes_nothing(offered, visitor):
    before = [repr(row.outcome) for row in rows(Offer)], len(rows(Claim))
    for _ in range(3):
        visitor.get(offered)
    assert ([repr(row.outcome) for row in rows(Offer)], len(rows(Claim))) == before
    assert visitor.get(f"{offered}/acceptance").status_code == 405


def test_left_with_one_tap_it_goes_to_the_next_who_waits(app, offered, visitor, new_visitor):
    join(new_visitor(), "Eva Saucer", "eva@client.test", therapists=[])
    visitor.get(offered)
    visitor.send(f"{offered}/refusal")
    assert "You stay on the waiting list" in visitor.text
    _made, mails = rounds(app)
    assert "Thursday 12 March, 9am" in mails["eva@client.test"]["Subject"] or len(rows(Offer)) == 3
    again = [(offer.entry_id, offer.starts_at, offer.therapist_id) for offer in rows(Offer)]
    assert len(again) == len(set(again))  # nothing is offered twice to the same person


def test_unanswered_it_lapses_and_goes_on(app, cast, offered, visitor):
    later = NOW + timedelta(hours=2)
    _made, mails = rounds(app, later)
    outcomes = sorted((offer.outcome or "open") for offer in rows(Offer))
    assert outcomes == ["lapsed", "open"]
    assert offer_in(mails["dmitri@client.test"]) != offered
    with time_machine.travel(later, tick=False):
        visitor.get(offered)
        assert "This time is not kept for you any more" in visitor.text
        visitor.post(f"{offered}/acceptance")
        assert visitor.page.status_code == 409


def test_who_waits_longest_comes_first(app, visitor, new_visitor):
    join(visitor)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        join(new_visitor(), "Eva Saucer", "eva@client.test")
    rounds(app, NOW + timedelta(minutes=2))
    first, second = sorted(rows(Offer), key=lambda offer: offer.made_at.isoformat() + str(offer.entry.joined_at))
    assert (first.entry.name, second.entry.name) == ("Dmitri Kettle", "Eva Saucer")
    assert (first.starts_at, first.therapist_id) != (second.starts_at, second.therapist_id)


def test_a_time_that_frees_up_is_offered(app, cast, visitor, new_visitor):
    """Only Ana, only Thursday mornings; she is full until somebody cancels."""
    guest = new_visitor()
    for thursday in ("20260312", "20260319"):
        for time in ("0900", "1015", "1130"):
            book(guest, at=f"{thursday}T{time}Z", name=f"Guest {thursday}{time}")
    with writing():
        db.session.execute(update(Clinic).values(offer_minutes=60))
        db.session.commit()
    join(visitor, therapists=[str(cast.ana.id)])
    entry = rows(WaitingListEntry)[0]
    with writing():
        db.session.execute(update(WaitingListEntry).values(until_on=NOW.date() + timedelta(days=2)))
        db.session.commit()
    assert rounds(app)[0] == 0
    (first,) = [one for one in rows(Appointment) if f"{one.starts_at:%d%H%M}" == "121015"]
    with writing():
        cancel(db.session, db.session.get(Appointment, first.id), now=NOW, by=GUEST)
        db.session.commit()
    made, mails = rounds(app, NOW + timedelta(seconds=1))
    assert made == 1
    assert "Thursday 12 March, 10:15am" in mails["dmitri@client.test"]["Subject"]
    assert entry.id == rows(Offer)[0].entry_id


def test_nobody_hears_of_a_time_that_does_not_suit(app, visitor):
    join(visitor, parts=["evening"])  # the clinic closes at five
    assert rounds(app)[0] == 0


def test_leaving_gives_back_what_was_offered(app, offered, visitor):
    (entry,) = rows(WaitingListEntry)
    box = Letterbox()
    path = join(visitor, "Eva Saucer", "eva@client.test")
    visitor.send(f"{path}/departure")
    assert "You are not on the waiting list any more" in visitor.text
    box.round(app, NOW)
    assert [one.name for one in rows(WaitingListEntry) if not one.ended_at] == [entry.name]
    assert len(rows(Hold)) == 1


def test_for_a_release_the_safety_page_comes_first(visitor):
    visitor.get("/treatments/psoas-release/waiting-list")
    assert "Is this safe for you?" in visitor.text


def test_who_may_not_have_a_release_cannot_wait_for_it(visitor):
    screen(visitor, "pregnant")
    visitor.get("/treatments/psoas-release/waiting-list")
    assert "We leave out deep tummy work for you" in visitor.text


def test_who_was_told_to_see_a_doctor_first_is_told_so_again_whatever_they_would_wait_for(visitor):
    screen(visitor, "unwell_with_pain")
    visitor.get(PAGE)
    assert "Please see your doctor first" in visitor.text
    visitor.post(PAGE, **WHO)
    assert "Please see your doctor first" in visitor.text
    assert rows(WaitingListEntry) == []


def test_whom_we_know_and_have_to_ring_first_is_told_so(app, visitor):
    with_account(app, visitor)
    tell(rows(Appointment)[0].client_id, "fever")
    visitor.get(PAGE)
    assert "Please ring us first" in visitor.text
    visitor.post(PAGE, **WHO)
    assert "Please ring us first" in visitor.text
    assert rows(WaitingListEntry) == []


def test_for_a_release_the_answers_are_confirmed_by_the_tap_that_books(app, visitor, new_visitor):
    screen(visitor)
    page = "/treatments/psoas-release/waiting-list"
    join(visitor, page=page)
    _made, mails = rounds(app)
    offered = offer_in(mails["dmitri@client.test"])
    elsewhere = new_visitor()
    elsewhere.get(offered)
    assert "Nothing on this list has changed: book it" in elsewhere.page.text
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        elsewhere.send(f"{offered}/acceptance")
    assert "You're booked" in elsewhere.text
    (appointment,) = rows(Appointment)
    assert appointment.screening.created_at == NOW + timedelta(minutes=5)
    assert len(rows(Screening)) == 1  # those of the list are gone


def test_leaving_the_list_forgets_the_answers(visitor):
    screen(visitor)
    path = join(visitor, page="/treatments/psoas-release/waiting-list")
    assert len(rows(Screening)) == 1
    visitor.send(f"{path}/departure")
    assert rows(Screening) == []


def test_the_list_ends_with_its_last_day(app, visitor):
    path = join(visitor, parts=["evening"])
    over = NOW + timedelta(days=95)
    rounds(app, over)
    assert rows(WaitingListEntry)[0].ended_at == over
    with time_machine.travel(over, tick=False):
        visitor.get(path)
        assert "You are not on the waiting list any more" in visitor.text


def test_who_has_left_is_forgotten_in_time(app, visitor, new_visitor):
    path = join(visitor)
    rounds(app)
    visitor.send(f"{path}/departure")
    join(new_visitor(), parts=["evening"])
    rounds(app, NOW + timedelta(days=89))
    assert len(rows(WaitingListEntry)) == 2
    rounds(app, NOW + timedelta(days=91))
    assert [entry.parts for entry in rows(WaitingListEntry)] == [["evening"]]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Enter your name."),
        ({"email": "nobody"}, "Enter an email address like name@example.com."),
        ({"phone": "12"}, "Enter a phone number with its area code"),
        ({"weekdays": ["9"]}, "This list has changed. Please look at it again."),
        ({"therapists": ["somebody"]}, "This list has changed. Please look at it again."),
        ({"parts": ["midnight"]}, "This list has changed. Please look at it again."),
    ],
)
def test_what_cannot_be_read_is_told_and_kept(visitor, typed, told):
    visitor.get(PAGE)
    form = {"name": "Dmitri Kettle", "email": "dmitri@client.test", **SUITS, **typed}
    page = visitor.post(PAGE, **form)
    assert page.status_code == 422
    assert told in visitor.text
    assert page.text.count("<title>Error:") == 1
    assert rows(WaitingListEntry) == []
