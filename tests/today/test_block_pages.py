"""Blocking a time at the desk: for oneself or anybody, once or every week, and what others read of it."""

import pytest
from sqlalchemy import func, select

from clinic.booking.models import Appointment, Block, Resource
from clinic.core.db import db
from tests.steps import book

NEW = "/diary/blocks/new?therapist=ana-moreau&at=20260312T1000Z&minutes=90"
LUNCH = {"kind": "lunch", "day": "2026-03-12", "starts": "10:00", "ends": "11:30", "weeks": "1"}


@pytest.fixture
def rosa(new_visitor):
    visitor = new_visitor()
    visitor.sign_in("rosa")
    return visitor


@pytest.fixture
def ana(new_visitor):
    visitor = new_visitor()
    visitor.sign_in("ana")
    return visitor


def whose(thing):
    return db.session.scalar(
        select(Resource.id).where((Resource.therapist_id if hasattr(thing, "slug") else Resource.room_id) == thing.id)
    )


def blocks():
    return db.session.scalar(select(func.count()).select_from(Block))


def test_the_form_begins_with_what_was_tapped_in_the_diary(rosa):
    page = rosa.get(NEW).text
    assert 'value="2026-03-12"' in page
    assert 'value="10:00"' in page
    assert 'value="11:30"' in page
    assert "<option selected value" in page


def test_the_page_after_says_which_appointments_are_in_the_time(rosa, new_visitor, cast):
    book(new_visitor())
    book(new_visitor(), at="20260312T1115Z", name="Dora Ladle", email="dora@client.test")
    rosa.get(NEW)
    rosa.send("/diary/blocks", **LUNCH, whose=whose(cast.ana))
    assert "2 appointments are in this time" in rosa.text
    assert "Clara Teacup" in rosa.text
    assert "Dora Ladle" in rosa.text
    assert db.session.scalar(select(func.count()).select_from(Appointment)) == 2


def test_a_block_of_every_week_is_made_changed_one_by_one_and_deleted_in_one_go(rosa, cast):
    rosa.get(NEW)
    rosa.send("/diary/blocks", **{**LUNCH, "weeks": "26"}, whose=whose(cast.ana))
    assert blocks() == 26
    first = rosa.page.request.path
    assert "every week until Thursday 3 September" in rosa.text
    rosa.send(first, whose=whose(cast.ana), starts="13:00", ends="13:30")
    assert "1pm to 1:30pm" in rosa.text
    second = db.session.scalars(select(Block.id).order_by(Block.starts_at).offset(1)).first()
    rosa.get(f"/diary/blocks/{second}")
    rosa.post(f"/diary/blocks/{second}/deletion", all="yes")
    assert blocks() == 1
    rosa.get(first)
    rosa.post(f"{first}/deletion")
    assert blocks() == 0


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": ""}, "Choose what it is for."),
        ({"kind": "holiday"}, "Choose what it is for."),
        ({"day": ""}, "Enter a day."),
        ({"day": "0001-01-01"}, "Enter a day, such as"),
        ({"starts": "25:00"}, "Enter a time, such as"),
        ({"ends": "10:00"}, "Enter an end after the beginning."),
        ({"ends": "09:00"}, "Enter an end after the beginning."),
        ({"kind": "kept_free"}, "until which it is kept free"),
        ({"kind": "kept_free", "releases_day": "2026-03-11", "releases_time": "08:00"}, "still to come"),
        ({"kind": "kept_free", "releases_day": "2026-03-12", "releases_time": "12:00"}, "not after the block"),
        ({"day": "2026-03-29", "starts": "01:30", "ends": "03:00"}, "The clocks go forward on Sunday 29 March"),
        ({"day": "2026-03-22", "starts": "01:30", "weeks": "2"}, "The clocks go forward on Sunday 29 March"),
        ({"weeks": "27"}, "Choose how often."),
        ({"weeks": "x"}, ""),
        ({"whose": "987654"}, "Choose whose time it is."),
        ({"words": "x" * 81}, "80 characters"),
    ],
)
def test_what_cannot_be_is_said_kindly_and_changes_nothing(rosa, cast, changed, says):
    rosa.get(NEW)
    page = rosa.send("/diary/blocks", **{**LUNCH, "whose": whose(cast.ana), **changed})
    assert page.status_code == 422
    assert says in rosa.text
    assert blocks() == 0


def test_a_room_is_blocked_but_has_nothing_private(rosa, cast):
    room = whose(cast.rooms[0])
    rosa.get(f"/diary/blocks/new?room={cast.rooms[0].id}")
    assert rosa.send("/diary/blocks", **{**LUNCH, "kind": "private"}, whose=room).status_code == 422
    rosa.send("/diary/blocks", **{**LUNCH, "kind": "other", "words": "Painters"}, whose=room)
    assert "Painters" in rosa.text


def test_a_therapist_blocks_their_own_time_and_nobody_elses(ana, rosa, cast):
    assert "Ben Okafor" not in ana.get("/diary/blocks/new").text
    ana.get(NEW)
    for other in (cast.ben, cast.rooms[0]):
        assert ana.send("/diary/blocks", **LUNCH, whose=whose(other)).status_code == 422
        ana.get(NEW)
    ana.send("/diary/blocks", **LUNCH, whose=whose(cast.ana))
    assert ana.page.status_code == 200
    rosa.get(NEW)
    rosa.send("/diary/blocks", **LUNCH, whose=whose(cast.ben))
    bens = rosa.page.request.path
    assert ana.get(bens).status_code == 404
    assert ana.post(bens).status_code == 404
    assert ana.post(f"{bens}/deletion").status_code == 404
    assert blocks() == 2


def test_the_words_of_a_private_block_are_its_therapists_alone_whatever_others_change(ana, rosa, cast):
    ana.get(NEW)
    ana.send("/diary/blocks", **{**LUNCH, "kind": "private", "words": "the dentist"}, whose=whose(cast.ana))
    page = ana.page.request.path
    assert "the dentist" in ana.text
    rosa.get(page)
    assert "dentist" not in rosa.page.text
    assert "Private" in rosa.text
    rosa.send(page, kind="other", whose=whose(cast.ben), words="", starts="14:00", ends="15:00")
    assert "2pm to 3pm" in rosa.text
    assert "dentist" not in rosa.page.text
    ana.get(page)
    assert "Private: the dentist" in ana.text
    assert "2pm to 3pm" in ana.text


def test_a_change_of_what_somebody_else_has_changed_meanwhile_is_refused_kindly(ana, rosa, cast):
    ana.get(NEW)
    ana.send("/diary/blocks", **LUNCH, whose=whose(cast.ana))
    page = ana.page.request.path
    rosa.get(page)
    ana.send(page, whose=whose(cast.ana), starts="09:00")
    late = rosa.send(page, whose=whose(cast.ana), ends="12:30")
    assert late.status_code == 409
    assert "Somebody has changed this meanwhile" in rosa.text
    assert "9am to 11:30am" in rosa.text


def test_a_time_kept_free_says_until_when(rosa, cast):
    rosa.get(NEW)
    kept = {"kind": "kept_free", "releases_day": "2026-03-11", "releases_time": "17:00"}
    rosa.send("/diary/blocks", **{**LUNCH, **kept}, whose=whose(cast.ana))
    assert "Kept free until Wednesday 11 March, 5pm" in rosa.text
