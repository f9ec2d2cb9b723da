"""Whatever is answered on the safety page, in whatever order, no way of a guest's ends in a release it rules out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.booking.models import Appointment, WaitingListEntry
from clinic.core.db import db
from clinic.intake.rules import PAGE
from clinic.intake.safety_lists import shipped
from tests.steps import TEN, WHO, details, screen

ASKED = [rule.id for rule in shipped() if rule.asked and rule.group in PAGE]
RELEASE, SLOT = "psoas-release", f"{TEN}.ana-moreau"
answers = st.sets(st.sampled_from(ASKED), max_size=3)
some_ticked = st.sets(st.sampled_from(ASKED), min_size=1, max_size=3)  # each of them rules a release out


def by_its_pages(visitor):
    details(visitor, RELEASE)
    visitor.send("/appointments")


def by_hand(visitor):
    """From the page of another treatment, with the release written into it."""
    details(visitor, "massage")
    visitor.send("/appointments", treatment=RELEASE, slot=SLOT)


def as_a_second_treatment(visitor):
    details(visitor, "massage")
    visitor.send("/appointments", **{"with": f"{RELEASE}-60"})


def by_the_waiting_list(visitor):
    page = f"/treatments/{RELEASE}/waiting-list?minutes=60"
    visitor.get(page)
    visitor.post(page, **WHO, weekdays=["3"], parts=["morning"], therapists=[])


WAYS = [by_its_pages, by_hand, as_a_second_treatment, by_the_waiting_list]


def releases():
    """Every release that somebody has, or waits for."""
    db.session.rollback()
    booked = [one.id for one in db.session.scalars(select(Appointment)) if one.is_release]
    waited = [one.id for one in db.session.scalars(select(WaitingListEntry)) if one.treatment.is_release]
    return {*booked, *waited}


@settings(max_examples=40)
@given(first=st.none() | answers, last=some_ticked, way=st.sampled_from(WAYS), early=st.booleans())
def test_no_way_leads_to_a_release_that_the_answers_rule_out(new_visitor, first, last, way, early):
    """`first`: what the page was told before it was answered anew. `early`: it was tried before any answer, too."""
    visitor = new_visitor()
    if early:
        way(visitor)
    if first is not None:
        screen(visitor, *first)
    screen(visitor, *last)
    way(visitor)
    assert releases() == set()


@pytest.mark.parametrize("way", WAYS)
def test_the_same_ways_lead_to_it_where_nothing_is_ruled_out(visitor, way):
    screen(visitor)
    way(visitor)
    assert len(releases()) == 1
