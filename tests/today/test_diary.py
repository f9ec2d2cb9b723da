"""The diary: who stands where, and moving it by the staff's own rules."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from clinic.booking.models import Appointment, Block, Claim, Move, Override, Resource
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.steps import book, screen

THURSDAY = "/diary?on=2026-03-12"
TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)


@pytest.fixture
def clara(new_visitor):
    """Clara with Ana on Thursday at ten."""
    book(new_visitor(), therapist="ana-moreau")
    return db.session.scalars(select(Appointment)).one()


@pytest.fixture
def rosa(new_visitor, clara):
    visitor = new_visitor()
    visitor.sign_in("rosa")
    return visitor


def change(visitor, appointment, **to):
    """Its own page at the desk, sent with some of it changed."""
    visitor.get(f"/diary/appointments/{appointment.id}")
    return visitor.send(f"/diary/appointments/{appointment.id}/time", **to)


def stands(appointment_id):
    db.session.rollback()
    found = db.session.get(Appointment, appointment_id)
    return found.starts_at, found.minutes, found.therapist.slug


def lines(visitor):
    """What stands in the diary: row and length by the words in it."""
    return [part.split('"')[0] for part in visitor.page.text.split('class="line ')[1:]]


def test_a_visit_stands_in_its_therapists_column_at_its_hour(rosa):
    rosa.get(THURSDAY)
    assert rosa.text.index("Ana Moreau") < rosa.text.index("10am Clara Teacup") < rosa.text.index("Ben Okafor")
    assert "1 appointment" in rosa.text
    assert "a12 f12 booked" in lines(rosa)  # the paper begins at nine; a row is five minutes


@pytest.mark.parametrize("address", [f"{THURSDAY}&view=rooms", f"{THURSDAY}&view=week"])
def test_rooms_and_the_week_show_it_too(rosa, address):
    rosa.get(address)
    assert "10am Clara Teacup" in rosa.text
    assert ("Room 2" in rosa.text) == ("rooms" in address)


def test_the_week_of_one_therapist_has_a_column_a_day(rosa, cast):
    rosa.get(f"{THURSDAY}&view=week&therapist={cast.ana.id}")
    headings = [rosa.text.rindex(f"{day} March") for day in ("Monday 9", "Thursday 12", "Sunday 15")]
    assert headings == sorted(headings)
    assert headings[1] < rosa.text.index("10am Clara Teacup") < headings[2]


def test_another_therapist_sees_that_the_time_is_taken_and_not_by_whom(new_visitor, clara):
    ben = new_visitor()
    ben.sign_in("ben")
    ben.get(THURSDAY)
    assert "10am taken" in ben.text
    assert "Clara" not in ben.page.text
    assert str(clara.id) not in ben.page.text
    assert ben.get(f"/diary/appointments/{clara.id}").status_code == 404


def test_hours_nobody_works_are_shaded_and_the_first_row_is_the_first_hour(rosa, cast):
    with writing():
        db.session.execute(
            sa.text("UPDATE working_hours SET starts = '12:00:00' WHERE therapist_id = :id"), {"id": cast.ben.id}
        )
        db.session.commit()
    rosa.get(THURSDAY)
    assert "a0 f36 away" in lines(rosa)  # Ben's, from nine to midday


def test_reception_moves_it_to_another_therapist_and_the_client_is_told(app, rosa, clara, cast):
    page = change(rosa, clara, therapist=cast.ben.id, at="14:00", room=0)
    assert page.request.path == "/diary"
    assert "Saved: Thursday 12 March, 2pm with Ben Okafor, 60 minutes." in rosa.text
    assert stands(clara.id) == (TEN + timedelta(hours=4), 60, "ben-okafor")
    was = db.session.scalars(select(Move)).one()
    assert (was.from_starts_at, was.from_therapist_id, was.by) == (TEN, cast.ana.id, f"account:{cast.rosa.id}")
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "appointment.moved")).one()
    assert line.detail["before"]["therapist"] == cast.ana.id
    assert line.detail["after"]["starts_at"] == "2026-03-12T14:00:00+00:00"
    post = Letterbox()
    post.round(app, NOW)
    assert "Thursday 12 March, 2pm" in text_of(post.mails[-1])


def went_out(app):
    """The mails that went out by now."""
    post = Letterbox()
    post.round(app, NOW)
    return [(mail["Subject"], text_of(mail)) for mail in post.mails]


def test_whose_visit_keeps_its_time_is_not_told_of_a_new_one_but_how_long_it_is_and_with_whom(app, rosa, clara, cast):
    went_out(app)
    for to, said in (
        ({"minutes": "90"}, "Ana Moreau, 90 minutes"),
        ({"therapist": cast.ben.id}, "Ben Okafor, 90 minutes"),
    ):
        change(rosa, clara, **to)
        assert f"Saved: Thursday 12 March, 10am with {said}." in rosa.text
        [(subject, words)] = went_out(app)
        assert subject == "Changed: Thursday 12 March, 10am"
        assert "Your appointment is changed." in words
        assert "new time" not in words
        assert "90 minutes" in words
    assert "With Ben Okafor" in words


def test_whose_visit_was_moved_just_before_it_was_lengthened_is_told_of_the_new_time(app, rosa, clara):
    went_out(app)
    for minutes in ("60", "90"):
        change(rosa, clara, at="11:00", minutes=minutes)
    [(subject, words)] = went_out(app)
    assert subject == "Moved: Thursday 12 March, 11am"
    assert "The new time:" in words
    assert "90 minutes" in words
    change(rosa, clara, minutes="60")
    assert [subject for subject, _ in went_out(app)] == ["Changed: Thursday 12 March, 11am"]


def test_it_is_lengthened_to_any_five_minutes_and_keeps_its_rest_after_it(rosa, clara):
    change(rosa, clara, minutes="85")
    assert stands(clara.id) == (TEN, 85, "ana-moreau")
    ends = db.session.scalars(select(Claim.ends_at).order_by(Claim.ends_at)).all()
    assert ends == [TEN + timedelta(minutes=minutes) for minutes in (85, 95, 100)]
    rosa.get(THURSDAY)
    assert "a12 f17 booked" in lines(rosa)


def test_the_clients_notice_and_grid_do_not_bind_the_staff(rosa, clara):
    change(rosa, clara, on="2026-03-11", at="09:05")
    assert stands(clara.id)[0] == NOW + timedelta(minutes=5)


def test_what_is_taken_is_refused_with_the_reason_and_everything_typed_is_kept(rosa, clara, new_visitor):
    book(new_visitor(), therapist="ana-moreau", at="20260312T1400Z", name="Dora Ladle", email="dora@client.test")
    page = change(rosa, clara, at="13:30", reason="she insists")
    assert page.status_code == 409
    assert "They have another appointment then." in rosa.text
    assert 'value="13:30"' in page.text
    assert "Do it even so" not in rosa.text
    assert stands(clara.id)[0] == TEN


@pytest.mark.parametrize(
    ("to", "said", "code"),
    [
        ({"at": "16:30"}, "They do not work for that whole time.", "outside_hours"),
        ({"at": "12:50"}, "There is no room for rest, cleaning or preparation around it.", "rest_short"),
        ({"on": "2026-03-10", "at": "09:00"}, "That time is over.", "past"),
        ({"at": "09:00"}, "That time is blocked.", "blocked"),
    ],
)
def test_a_rule_is_put_aside_only_with_a_reason_which_is_kept(rosa, clara, new_visitor, cast, to, said, code):
    book(new_visitor(), therapist="ana-moreau", at="20260312T1400Z", name="Dora Ladle", email="dora@client.test")
    with writing():
        resource = db.session.scalars(select(Resource).where(Resource.therapist_id == cast.ana.id)).one()
        block = {"starts_at": TEN - timedelta(hours=1), "ends_at": TEN, "made_at": NOW, "made_by": "test"}
        db.session.add(Block(resource_id=resource.id, kind="meeting", **block))
        db.session.commit()
    page = change(rosa, clara, **to)
    assert page.status_code == 409
    assert said in rosa.text
    page = rosa.send(f"/diary/appointments/{clara.id}/time", reason="they know")
    assert page.request.path == "/diary"
    kept = db.session.scalars(select(Override)).one()
    assert (kept.codes, kept.reason, kept.by) == ([code], "they know", f"account:{cast.rosa.id}")
    rosa.get(f"/diary/appointments/{clara.id}")
    assert "“they know”" in rosa.text
    rosa.get(f"/diary?on={to.get('on', '2026-03-12')}")
    assert "Against a rule" in rosa.text


def test_no_reason_books_whom_nobody_has_checked(rosa, new_visitor, cast):
    visitor = new_visitor()
    screen(visitor)
    book(visitor, "psoas-release", therapist="ana-moreau", at="20260313T1000Z", email="eve@client.test")
    release = db.session.scalars(select(Appointment).where(Appointment.treatment_id == cast.release.id)).one()
    page = change(rosa, release, therapist=cast.ben.id, reason="he would like to")
    assert page.status_code == 409
    assert "That therapist is not available for this treatment on that day." in rosa.text
    assert stands(release.id)[2] == "ana-moreau"


def test_of_two_who_change_it_the_second_is_told_and_changes_nothing(rosa, clara, new_visitor):
    olu = new_visitor()
    olu.sign_in("olu")
    olu.get(f"/diary/appointments/{clara.id}")
    change(rosa, clara, at="11:00")
    page = olu.send(f"/diary/appointments/{clara.id}/time", at="15:00")
    assert page.status_code == 409
    assert "Somebody has changed this appointment meanwhile." in olu.text
    assert 'value="11:00"' in page.text
    assert stands(clara.id)[0] == TEN + timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"at": "quarter past"}, "Enter a time, such as 14:30."),
        ({"on": ""}, "Enter a day."),
        ({"minutes": "7"}, "Enter 10 to 240 minutes, in steps of five."),
        ({"minutes": "999999"}, "Enter 10 to 240 minutes, in steps of five."),
        ({"on": "2026-03-29", "at": "01:30"}, "The clocks go forward over that time."),
        ({"therapist": "987"}, "Not a valid choice"),
        ({"seen": "x"}, ""),
    ],
)
def test_what_is_typed_wrong_gets_a_sentence_and_moves_nothing(rosa, clara, typed, said):
    page = change(rosa, clara, **typed)
    assert page.status_code == (422 if said else 200)
    assert said in rosa.text
    assert stands(clara.id)[0] == TEN


def test_a_therapist_moves_their_own_but_gives_it_to_nobody_else(new_visitor, clara, cast):
    ana = new_visitor()
    ana.sign_in("ana")
    change(ana, clara, at="11:00")
    assert stands(clara.id)[0] == TEN + timedelta(hours=1)
    assert change(ana, clara, therapist=cast.ben.id).status_code == 409
    assert stands(clara.id)[2] == "ana-moreau"


def test_the_diary_says_when_it_has_changed(rosa, clara):
    def version():
        return rosa.get("/diary/version").json["version"]

    before = version()
    assert version() == before
    change(rosa, clara, at="11:00")
    assert version() != before


def test_names_are_hidden_where_the_screen_faces_the_waiting_room(rosa):
    rosa.get(THURSDAY)
    rosa.send("/today/names", hidden="1")
    for address in (THURSDAY, f"{THURSDAY}&view=week"):
        rosa.get(address)
        assert "Clara" not in rosa.page.text
        assert "10am C. T." in rosa.text


def test_the_day_the_clocks_change_is_drawn_by_the_clock_on_the_wall(rosa, clara, cast):
    with writing():
        db.session.execute(sa.update(Clinic).values(change_notice_hours=0))
        db.session.execute(sa.text("UPDATE working_hours SET weekday = 6 WHERE weekday = 0"))
        db.session.commit()
    change(rosa, clara, on="2026-03-29", at="09:00")
    assert stands(clara.id)[0] == datetime(2026, 3, 29, 8, tzinfo=UTC)
    rosa.get("/diary?on=2026-03-29")
    assert "9am Clara Teacup" in rosa.text
    assert "a0 f12 booked" in lines(rosa)


def test_a_visit_stays_in_its_room_where_that_is_free_and_takes_any_other_where_it_is_not(
    rosa, clara, cast, new_visitor
):
    first, second = sorted(room.id for room in cast.rooms)
    change(rosa, clara, room=second)
    change(rosa, clara, at="11:00")
    assert db.session.get(Appointment, clara.id).room_id == second
    book(new_visitor(), therapist="ben-okafor", at="20260312T1400Z", name="Dora Ladle", email="dora@client.test")
    dora = db.session.scalars(select(Appointment).where(Appointment.id != clara.id)).one()
    change(rosa, dora, room=second)
    change(rosa, clara, at="14:00")
    assert db.session.get(Appointment, clara.id).room_id == first
