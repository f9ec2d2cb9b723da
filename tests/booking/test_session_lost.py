"""A session that is lost on the way to a booking: what was typed stays, and nothing is done without the page's token."""

import pytest

from tests.accounts import SECRET, sign_in, with_account
from tests.rows import rows, whole_rows
from tests.steps import TEN, WHO, details, screen

SLOT = f"{TEN}.ana-moreau"
DETAILS = f"/treatments/massage/details?minutes=60&slot={SLOT}"
WAITING = "/treatments/massage/waiting-list"
SENTENCE = "Your browser no longer knows this page. What you typed is still here"
TYPED = {**WHO, "phone": "0117 496 0001", "word": "it hurts on stairs"}


def kept(visitor, typed):
    return [word for word in typed.values() if word in visitor.page.text]


@pytest.mark.parametrize("on", ["details", "check"])
def test_what_was_typed_is_kept_and_one_more_press_goes_on(visitor, on):
    if on == "details":
        visitor.get(DETAILS)
    else:
        details(visitor, **TYPED)
    visitor.lose_session()
    before = whole_rows()
    visitor.send(DETAILS if on == "details" else "/appointments", **TYPED)
    assert (visitor.page.status_code, SENTENCE in visitor.text) == (400, True)
    assert "<title>Error: Your details" in visitor.page.text
    assert kept(visitor, TYPED) == list(TYPED.values())
    assert whole_rows() == before
    visitor.send(DETAILS, **TYPED)
    visitor.send("/appointments")
    assert "You're booked" in visitor.text
    assert rows()["appointment"] == 1


def test_the_time_they_hold_is_still_theirs_after_signing_in_in_another_tab(app, visitor, new_visitor):
    with_account(app, new_visitor(), at="20260313T1000Z")
    visitor.get("/treatments/massage/times")
    visitor.tap(slot=SLOT)
    page = visitor.page
    sign_in(visitor, password=SECRET)
    visitor.page = page
    visitor.send(DETAILS, **TYPED)
    assert SENTENCE in visitor.text
    assert "Kept for you until 9:10am" in visitor.text
    visitor.send(DETAILS, **TYPED)
    visitor.send("/appointments")
    assert "You're booked" in visitor.text


def test_the_waiting_list_keeps_what_was_typed_too(visitor):
    visitor.get(WAITING)
    visitor.lose_session()
    visitor.send(WAITING, **WHO, parts="morning")
    assert (visitor.page.status_code, SENTENCE in visitor.text) == (400, True)
    assert kept(visitor, WHO) == list(WHO.values())
    assert rows()["waiting_list_entry"] == 0
    visitor.send(WAITING, **WHO, parts="morning")
    assert rows()["waiting_list_entry"] == 1


def test_what_another_site_sends_is_not_shown_in_our_pages(visitor):
    for path, sent in ((DETAILS, {}), ("/appointments", {"treatment": "massage", "minutes": "60", "slot": SLOT})):
        answer = visitor._request("POST", path, data={**TYPED, **sent}, headers={"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, kept(visitor, TYPED)) == (400, [])


def test_a_release_is_asked_about_again_by_the_page_that_does(visitor):
    screen(visitor)
    details(visitor, "psoas-release")
    visitor.lose_session()
    assert visitor.send("/appointments").status_code == 400
    assert SENTENCE not in visitor.text
    visitor.get(f"/treatments/psoas-release/details?minutes=60&slot={SLOT}")
    assert visitor.page.request.path == "/treatments/psoas-release/safety"
    assert rows()["appointment"] == 0
