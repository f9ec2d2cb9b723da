"""Double clicks, reloads, going back and sending it again, a lost answer tried once more: one booking."""

import pytest

from tests.booking.test_waiting_list import join, offer_in, rounds
from tests.rows import rows
from tests.steps import TEN, WHO, screen

SLOT = f"{TEN}.ana-moreau"
DETAILS = f"/treatments/massage/details?minutes=60&slot={SLOT}"
HOLD = {"treatment": "massage", "minutes": "60", "slot": SLOT}


def one_booking():
    after = rows()
    return (after["appointment"], after["client"], after["claim"], after["hold"], after["link"]) == (1, 1, 3, 0, 1)


def test_a_hundred_clicks_reloads_backs_and_retries_through_the_kept_time_make_one_booking(visitor):
    """Every page on the way is sent and looked at again, over and over, before the booking and after it."""
    visitor._request("POST", "/holds", data=HOLD)
    details = visitor.page
    visitor.send(DETAILS, **WHO)
    check = visitor.page
    for turn in range(25):
        visitor.page = details
        visitor.send(DETAILS, **WHO)  # back, then the details sent again
        visitor.page = check
        visitor.send("/appointments")  # a click
        assert "You're booked" in visitor.text, turn
        visitor.get(visitor.page.request.path)  # a reload
        visitor.page = check
        visitor.send("/appointments", follow=False)  # a click whose answer is lost
        assert visitor.page.status_code == 303
    assert one_booking()


def test_a_hundred_taps_on_an_offer_make_one_booking(app, visitor, new_visitor):
    join(visitor)
    offered = offer_in(rounds(app)[1]["dmitri@client.test"])
    windows = [visitor, new_visitor(), new_visitor(), new_visitor()]
    for one in windows:
        one.get(offered)
    for _ in range(25):
        for one in windows:
            one.post(f"{offered}/acceptance")
            assert "You're booked" in one.text
            one.get(one.page.request.path)
    after = rows()
    assert (after["appointment"], after["client"], after["claim"], after["hold"]) == (1, 1, 3, 0)


@pytest.mark.parametrize("page", ["/treatments/massage/waiting-list", "/treatments/psoas-release/waiting-list"])
def test_joining_again_and_again_is_waiting_once(app, visitor, page):
    screen(visitor)
    visitor.get(page)
    form = visitor.page
    for _ in range(5):
        visitor.page = form
        visitor.send(page, name="Dmitri Kettle", email="dmitri@client.test", weekdays=["3"])
        assert "You are on the waiting list" in visitor.text
    after = rows()
    assert (after["waiting_list_entry"], after["link"], after["outgoing_message"]) == (1, 1, 1)
    assert rounds(app)[0] == 1  # one time is kept for one person
    assert rounds(app)[0] == 0


def test_going_back_to_the_form_and_opening_it_anew_is_waiting_once(visitor):
    for _ in range(2):
        path = join(visitor)
    assert rows()["waiting_list_entry"] == 1
    join(visitor, weekdays=["4"])
    assert rows()["waiting_list_entry"] == 2  # another wish
    visitor.get(path)
    visitor.send(f"{path}/departure")
    assert join(visitor) != path  # they changed their mind, and wait again


def test_what_is_typed_by_somebody_else_leads_to_nobodys_entry(visitor, new_visitor):
    assert join(visitor) != join(new_visitor())
    assert rows()["waiting_list_entry"] == 2


def test_an_offer_of_a_release_taken_twice_leads_to_the_one_appointment(app, visitor):
    """The answers to the safety page are gone from the list by then; they are with the appointment."""
    screen(visitor)
    join(visitor, page="/treatments/psoas-release/waiting-list")
    offered = offer_in(rounds(app)[1]["dmitri@client.test"])
    visitor.get(offered)
    asked = visitor.page
    for _ in range(3):
        visitor.page = asked
        visitor.send(f"{offered}/acceptance")
        assert "You're booked" in visitor.text
    after = rows()
    assert (after["appointment"], after["claim"], after["screening"]) == (1, 3, 1)


def test_leaving_an_offer_that_was_taken_leaves_the_appointment_alone(app, visitor):
    join(visitor)
    offered = offer_in(rounds(app)[1]["dmitri@client.test"])
    visitor.get(offered)
    asked = visitor.page
    visitor.send(f"{offered}/acceptance")
    for page in ("refusal", "acceptance", "refusal"):
        visitor.page = asked
        visitor.send(f"{offered}/{page}")
    after = rows()
    assert (after["appointment"], after["claim"], after["cancellation"]) == (1, 3, 0)
