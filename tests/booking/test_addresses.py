"""A slip in a mail address, and one that soon ends, are pointed out before it is booked; whoever means it books all the
same.
"""

import pytest

from clinic.booking.rules import meant, soon_ends
from tests.steps import details


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("clara@gmial.com", "clara@gmail.com"),
        ("clara+spa@gmail.co", "clara+spa@gmail.com"),
        ("clara@hotmial.co.uk", "clara@hotmail.co.uk"),
        ("Clara@YAHOO.CO.UK", None),
        ("clara@gmail.com", None),
        ("clara@clinic.test", None),
        ("clara@mail.bristol.ac.uk", None),
    ],
)
def test_a_slip_in_a_usual_domain_is_found_and_others_are_left_alone(typed, likely):
    assert meant(typed) == likely


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("clara@mailinator.com", True),
        ("Clara@Mail.GuerrillaMail.com", True),
        ("clara@notmailinator.com", False),
        ("clara@mailinator.com.clinic.test", False),
        ("mailinator.com@clinic.test", False),
        ("clara@gmail.com", False),
    ],
)
def test_an_address_for_minutes_is_known_by_its_domain_and_what_is_below_it(typed, ends):
    assert soon_ends(typed) is ends


@pytest.mark.parametrize(
    ("email", "pointed_out"),
    [
        ("clara@gmial.com", "Did you mean clara@gmail.com?"),
        ("clara@yopmail.com", "Will you still read mail at this address in a few weeks?"),
    ],
)
def test_it_is_asked_on_the_check_page_and_by_the_waiting_list_and_stops_nobody(visitor, email, pointed_out):
    waiting_list = "/treatments/massage/waiting-list?minutes=60"
    visitor.get(waiting_list)
    visitor.post(waiting_list, name="Clara", email=email)
    assert "You are on the waiting list" in visitor.text
    assert pointed_out in visitor.text
    details(visitor, email=email)
    assert pointed_out in visitor.text
    visitor.send("/appointments")
    assert "You're booked" in visitor.text


def test_a_right_address_is_not_asked_about(visitor):
    details(visitor)
    assert "Did you mean" not in visitor.text
    assert "Will you still read" not in visitor.text
