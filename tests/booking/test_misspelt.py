"""A slip in a mail address is pointed out before it is booked; whoever means it books all the same."""

import pytest

from clinic.booking.rules import meant
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


def test_it_is_asked_on_the_check_page_and_stops_nobody(visitor):
    details(visitor, email="clara@gmial.com")
    assert "Did you mean clara@gmail.com?" in visitor.text
    visitor.send("/appointments")
    assert "You're booked" in visitor.text


def test_a_right_address_is_not_asked_about(visitor):
    details(visitor)
    assert "Did you mean" not in visitor.text
