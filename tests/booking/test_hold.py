"""A tapped time is kept for whoever tapped it, for the minutes the clinic sets, and then for nobody."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from clinic.booking.models import Appointment, Claim, Hold
from clinic.booking.operations.holding import MOST_HELD
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.accounts import with_account
from tests.conftest import NOW
from tests.steps import TEN, WHO, book, screen
from tests.tellings import tell
from tests.visitor import Visitor

TIMES = "/treatments/massage/times"
SLOT = f"{TEN}.ana-moreau"
BEN = f"{TEN}.ben-okafor"
LATER = "20260312T1315Z.ana-moreau"


def rows(model):
    return db.session.scalars(select(model)).all()


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def tap(visitor, slot=SLOT, treatment="massage"):
    return visitor._request("POST", "/holds", data={"treatment": treatment, "minutes": "60", "slot": slot})


def type_and_book(visitor, **typed):
    visitor.post(visitor.page.request.full_path, **{**WHO, **typed})
    return visitor.send("/appointments")


def set_clinic(**values):
    with writing():
        db.session.execute(update(Clinic).values(**values))
        db.session.commit()


def test_a_tapped_time_is_kept_and_the_page_says_until_when(visitor, new_visitor):
    tap(visitor)
    assert visitor.page.request.path == "/treatments/massage/details"
    assert "Kept for you until 9:10am" in visitor.text
    other = new_visitor()
    other.get(f"{TIMES}?therapist=ana-moreau")
    assert SLOT not in other.slots
    assert LATER in other.slots


def test_nobody_else_can_book_what_is_kept(visitor, new_visitor):
    other = new_visitor()
    other.get(f"/treatments/massage/details?minutes=60&slot={SLOT}")
    other.post(other.page.request.full_path, **WHO)
    tap(visitor)
    assert other.send("/appointments").status_code == 409
    assert "Somebody else has just taken that time" in other.text
    assert len(other.slots) == 3
    assert type_and_book(visitor).status_code == 200
    assert "You're booked" in visitor.text


def test_nobody_else_can_tap_what_is_kept(visitor, new_visitor):
    tap(visitor)
    other = new_visitor()
    assert tap(other).status_code == 409
    assert "Somebody else has just taken that time. These are the nearest times." in other.text
    assert other.slots
    assert SLOT not in other.slots


def test_booking_ends_the_hold_and_leaves_the_appointments_claims_alone(visitor):
    tap(visitor)
    type_and_book(visitor)
    assert count(Hold) == 0
    assert {claim.appointment_id for claim in rows(Claim)} == {rows(Appointment)[0].id}
    assert count(Claim) == 3


def test_it_survives_reload_and_back(visitor):
    tap(visitor)
    address = visitor.page.request.full_path
    visitor.get(address)
    assert "Kept for you until 9:10am" in visitor.text
    visitor.get(f"{TIMES}?therapist=ana-moreau")
    assert SLOT in visitor.slots  # free to whoever holds it
    tap(visitor)
    assert count(Hold) == 1


def test_choosing_again_gives_the_first_back(visitor, new_visitor):
    tap(visitor)
    tap(visitor, LATER)
    assert count(Hold) == 1
    other = new_visitor()
    assert tap(other).status_code == 200
    assert "Who is it for?" in other.text


def test_a_choice_that_fails_leaves_the_first_kept(visitor, new_visitor):
    tap(visitor)
    book(new_visitor(), at="20260312T1300Z")
    assert tap(visitor, "20260312T1300Z.ana-moreau").status_code == 409
    assert tap(new_visitor()).status_code == 409


def test_leave_gives_it_back_and_forgets_the_answers(visitor, new_visitor):
    screen(visitor, query=f"?slot={SLOT}")
    tap(visitor, treatment="psoas-release")
    assert visitor.page.request.path == "/treatments/psoas-release/details"
    visitor.send("/visit/end")
    assert visitor.page.request.path == "/"
    assert count(Hold) == 0
    assert tap(new_visitor()).status_code == 200
    visitor.get(f"/treatments/psoas-release/details?slot={SLOT}")
    assert "Is this safe for you?" in visitor.text


def test_past_its_minutes_it_blocks_nobody(visitor, new_visitor):
    tap(visitor)
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        other = new_visitor()
        other.get(f"{TIMES}?therapist=ana-moreau")
        assert SLOT in other.slots
        assert "You're booked" in book(other).text
        assert count(Hold) == 0


def test_past_its_minutes_whoever_held_it_books_it_if_it_is_still_free(visitor):
    tap(visitor)
    address = visitor.page.request.full_path
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        visitor.get(address)
        assert "Kept for you" not in visitor.text
        type_and_book(visitor)
        assert "You're booked" in visitor.text


def test_a_kept_time_does_not_become_too_soon_while_the_details_are_typed(visitor, new_visitor):
    """Two hours' notice: at nine, eleven is the first that can be had."""
    tap(visitor, "20260311T1100Z.ana-moreau")
    with time_machine.travel(NOW + timedelta(minutes=9), tick=False):
        visitor.get(visitor.page.request.full_path)
        assert "Kept for you until 9:10am" in visitor.text
        type_and_book(visitor)
        assert "You're booked" in visitor.text
        assert tap(new_visitor(), "20260311T1100Z.ben-okafor").status_code == 409


def test_a_kept_time_beside_an_appointment_stays_when_that_is_called_off(visitor, new_visitor):
    other = new_visitor()
    book(other, at="20260312T0900Z")
    with writing():
        db.session.execute(update(Treatment).values(packed=True))
        db.session.commit()
    tap(visitor, "20260312T1015Z.ana-moreau")
    other.get(other.link("Cancel it"))
    other.send(other.page.request.path)
    type_and_book(visitor)
    assert "You're booked" in visitor.text


def test_a_hold_takes_therapist_and_room_with_what_comes_after(visitor, new_visitor):
    """A quarter of an hour of rest: nobody gets 11am sharp with Ana after a hold from 10 to 11."""
    tap(visitor)
    other = new_visitor()
    assert tap(other, "20260312T1100Z.ana-moreau").status_code == 409
    assert tap(other, "20260312T1115Z.ana-moreau").status_code == 200


def test_the_hold_is_kept_through_the_safety_page_and_for_the_other_treatment(visitor, new_visitor):
    tap(visitor, treatment="psoas-release")
    assert "Is this safe for you?" in visitor.text
    assert "Kept for you until 9:10am" in visitor.text
    screen(visitor, "pregnant", query=f"?minutes=60&slot={SLOT}")
    assert "at the same time" in visitor.text
    visitor.get(visitor.link("Book this instead"))
    assert "Kept for you until 9:10am" in visitor.text
    assert tap(new_visitor()).status_code == 409
    type_and_book(visitor, phone="0117 496 0001")
    assert "You're booked" in visitor.text
    assert count(Hold) == 0


def test_a_clinic_may_hold_nothing(visitor, new_visitor):
    set_clinic(hold_minutes=0)
    tap(visitor)
    assert "Who is it for?" in visitor.text
    assert "Kept for you" not in visitor.text
    assert count(Hold) == 0
    assert tap(new_visitor()).status_code == 200


def test_one_address_cannot_hold_the_whole_week(new_visitor):
    for hour in range(MOST_HELD + 1):
        assert tap(new_visitor(), f"202603{12 + hour // 3}T{10 + hour % 3 * 2}00Z.ana-moreau").status_code in {200, 409}
    assert count(Hold) <= MOST_HELD


@pytest.mark.parametrize("slot", ["", "tomorrow", "20260312T1000Z.nobody", "20260311T0700Z.ana-moreau"])
def test_a_time_that_is_none_is_told_and_nothing_is_held(visitor, slot):
    page = tap(visitor, slot)
    assert page.status_code in {404, 409}
    assert visitor.slots
    assert count(Hold) == 0


def test_another_site_cannot_hold_for_its_visitors(visitor):
    form = {"treatment": "massage", "minutes": "60", "slot": SLOT}
    answer = visitor._request("POST", "/holds", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert count(Hold) == 0


def test_a_browser_without_cookies_is_told_so_and_holds_nothing(app):
    """Each time it would be somebody else's, and in everybody's way."""
    visitor = Visitor(app, cookies=False)
    visitor.get(TIMES)
    for slot in visitor.slots[:2]:
        visitor.tap(slot=slot)
        assert visitor.page.status_code == 400
        assert "Your browser keeps no cookies, so we cannot keep a time." in visitor.text
        assert slot in visitor.slots
    assert count(Hold) == 0


def test_a_visit_that_begins_with_a_tap_holds_what_was_tapped(visitor):
    """As from a recommendation, which sets no cookie."""
    assert visitor.client.get_cookie("session") is None
    visitor.post("/recommendation", now="none", tummy="none", who="none", where="hip", csrf_token="")
    assert "Set-Cookie" not in visitor.page.headers
    visitor.tap(slot=visitor.slots[0])
    assert visitor.page.request.path.endswith("/details")
    assert "Kept for you until 9:10am" in visitor.text
    assert count(Hold) == 1


def test_the_hold_names_nobody(visitor):
    tap(visitor)
    (held,) = rows(Hold)
    assert len(held.visit_digest) == len(held.address_digest) == 32
    assert b"127.0.0.1" not in held.address_digest


def tap_twice(visitor):
    """The second tap leaves before the first is answered: with the cookies as they stood on the page of times."""
    page, before = visitor.page, visitor.client.get_cookie("session")
    visitor.tap(treatment="massage")
    answered = visitor.page.request.full_path
    visitor.client.set_cookie("session", before.value if before else "")
    visitor.page = page
    visitor.tap(treatment="massage")
    return answered


@pytest.mark.parametrize("page", ["/", f"{TIMES}?therapist=ana-moreau", "/treatments/hips-without-tummy/assessment"])
def test_a_first_tap_sent_twice_leads_on_to_the_same_hold(visitor, new_visitor, cast, page):
    with writing():
        asks = {"assessment_id": cast.massage.id, "assessment_months": 6}
        db.session.execute(update(Treatment).where(Treatment.id == cast.alternative.id).values(**asks))
        db.session.commit()
    stranger = new_visitor()
    stranger.get(page)  # what comes next may be the page that was kept of this
    visitor.get(page)
    answered = tap_twice(visitor)
    assert visitor.page.request.full_path == answered
    assert "Kept for you until 9:10am" in visitor.text
    assert count(Hold) == 1
    assert stranger.tap(treatment="massage").status_code == 409


def test_whoever_signed_in_and_taps_twice_holds_it_too(app, visitor):
    with_account(app, visitor)
    visitor.get(f"{TIMES}?from=2026-03-13")
    assert tap_twice(visitor) == visitor.page.request.full_path
    assert count(Hold) == 1


@pytest.mark.parametrize(("way", "pressed"), [("again", "You're booked"), ("move", "Your appointment is moved")])
def test_what_they_hold_themselves_is_theirs_by_link_too_and_given_back_with_it(visitor, way, pressed):
    book(visitor)
    by_link = f"{visitor.page.request.path}/{way}"
    tap(visitor, LATER)
    assert count(Hold) == 1
    visitor.get(by_link)
    visitor.get(visitor.link("1:15pm on Thursday 12 March with Ana"))
    visitor.send(by_link)
    assert pressed in visitor.text
    assert count(Hold) == 0


def test_who_chooses_another_time_by_link_gives_back_what_they_held(visitor, new_visitor):
    book(visitor)
    by_link = f"{visitor.page.request.path}/move"
    tap(visitor, LATER)
    assert count(Hold) == 1
    visitor.get(f"{by_link}?slot=20260313T1400Z.ana-moreau")
    visitor.send(by_link)
    assert tap(new_visitor(), LATER).status_code == 200


@pytest.mark.parametrize(
    ("ticked", "words"), [("unwell_with_pain", "Please see your doctor first"), ("saddle_or_leg", "Get help now")]
)
def test_answers_after_which_nothing_is_booked_give_it_back(visitor, new_visitor, ticked, words):
    tap(visitor, treatment="psoas-release")
    assert count(Hold) == 1
    screen(visitor, ticked, query=f"?minutes=60&slot={SLOT}")
    assert words in visitor.text
    assert tap(new_visitor()).status_code == 200
    screen(visitor, query=f"?minutes=60&slot={LATER}")  # ticked by mistake
    assert "Who is it for?" in visitor.text


def test_who_told_meanwhile_what_asks_for_a_call_first_gives_it_back(app, visitor, new_visitor):
    with_account(app, visitor, at="20260316T1000Z")
    tap(visitor, treatment="psoas-release")
    assert count(Hold) == 1
    tell(rows(Appointment)[0].client_id, "fever")
    screen(visitor, query=f"?minutes=60&slot={SLOT}")
    assert "Please ring us first" in visitor.text
    assert tap(new_visitor()).status_code == 200
