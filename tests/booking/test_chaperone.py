"""A chaperone: times at which somebody of the clinic can be in the room too, from the page of times to the day."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import delete, select

from clinic.booking.models import Appointment, ChaperoneHours
from clinic.core.db import db, writing
from tests.conftest import NOW
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.steps import TEN, WHO
from tests.visitor import Visitor

TIMES = "/treatments/massage/times"
ASKED = "With a chaperone: somebody of ours is in the room"
ROW = "In the room Somebody of ours, as a chaperone"
THURSDAY, FRIDAY = 3, 4


@pytest.fixture
def hours(cast):
    """Somebody can be there on Thursdays from 9 to 11 and from 11 to half past 12, and on Fridays from 1 to 3."""
    for weekday, starts, ends in ((THURSDAY, 9, 11), (THURSDAY, 11, 12.5), (FRIDAY, 13, 15)):
        chaperoned(cast, weekday, starts, ends)


def chaperoned(cast, weekday, starts, ends):
    of_day = [time(int(at), int(at % 1 * 60)) for at in (starts, ends)]
    with writing():
        db.session.add(ChaperoneHours(location_id=cast.location.id, weekday=weekday, starts=of_day[0], ends=of_day[1]))
        db.session.commit()


def book(visitor, at=TEN):
    """Ana for an hour, with a chaperone; the page that came last."""
    address = f"/treatments/massage/details?minutes=60&chaperone=yes&slot={at}.ana-moreau"
    page = visitor.get(address)
    if page.status_code == 200:
        visitor.post(address, **WHO)
        page = visitor.send("/appointments")
    return page


def test_it_is_asked_only_where_somebody_can_be_there(visitor, cast):
    assert ASKED not in visitor.get(TIMES).text
    chaperoned(cast, THURSDAY, 9, 11)
    visitor.get(TIMES)
    assert ASKED in visitor.text
    assert "You may always bring somebody of your own, too." in visitor.text


def test_only_times_are_shown_at_which_somebody_is_there_all_the_while(visitor, hours):
    visitor.get(f"{TIMES}?minutes=60&chaperone=yes&from=2026-03-12")
    assert "Only with a chaperone." in visitor.text
    of_thursday = [slot[9:13] for slot in visitor.slots if slot.startswith("20260312")]
    of_friday = [slot[9:13] for slot in visitor.slots if slot.startswith("20260313")]
    assert (of_thursday[0], of_thursday[-1]) == ("0900", "1130")
    assert "1030" in of_thursday  # from one's hours into another's
    assert (of_friday[0], of_friday[-1]) == ("1300", "1400")
    assert {slot[:8] for slot in visitor.slots} == {"20260312", "20260313", "20260319", "20260320"}
    visitor.get(visitor.link("All times"))
    assert "Only" not in visitor.text.partition("Times are for")[2].partition("Only some days")[0]


def test_it_goes_with_the_booking_to_whoever_has_to_see_to_it(app, visitor, hours):
    visitor.get(f"{TIMES}?minutes=60&chaperone=yes&from=2026-03-12")
    visitor.tap(f"{TEN}.{visitor.slots[0].partition('.')[2]}")
    visitor.send(visitor.page.request.full_path, **WHO)
    assert ROW in visitor.text
    visitor.send("/appointments")
    assert "You're booked" in visitor.text
    assert ROW in visitor.text
    made = db.session.scalars(select(Appointment)).one()
    assert made.chaperone
    rosa = Visitor(app)
    rosa.sign_in("rosa")
    for page in ("/today?on=2026-03-12", f"/clients/{made.client_id}"):
        rosa.get(page)
        assert "A chaperone is wanted" in rosa.text


def test_mails_and_calendars_say_nothing_of_it(app, visitor, hours):
    book(visitor)
    box = Letterbox()
    box.round(app, NOW)
    (mail,) = box.mails
    for words in (mail["subject"], text_of(mail), calendar_of(mail)):
        assert "chaperone" not in words


@pytest.mark.parametrize("at", ["20260312T1145Z", "20260312T1500Z", "20260316T1000Z"])
def test_a_time_at_which_nobody_can_be_there_is_refused_with_the_nearest_that_are(visitor, hours, at):
    assert book(visitor, at).status_code == 409
    assert "Nobody of ours can be in the room with you for that whole time." in visitor.text
    assert {slot[:8] for slot in visitor.slots} <= {"20260312", "20260313", "20260319", "20260320"}


def test_hours_that_end_before_it_is_booked_are_noticed_under_the_lock(visitor, hours):
    address = f"/treatments/massage/details?minutes=60&chaperone=yes&slot={TEN}.ana-moreau"
    visitor.get(address)
    visitor.post(address, **WHO)
    with writing():
        db.session.execute(delete(ChaperoneHours).where(ChaperoneHours.weekday == THURSDAY))
        db.session.commit()
    assert visitor.send("/appointments").status_code == 409
    assert "Nobody of ours can be in the room with you for that whole time." in visitor.text
    assert {slot[:8] for slot in visitor.slots} == {"20260313"}
    assert db.session.scalars(select(Appointment)).all() == []
    assert visitor.send("/appointments", slot=visitor.slots[0]).status_code == 200
    assert ROW in visitor.text


def test_a_move_keeps_it_and_goes_only_where_somebody_is_there(visitor, hours):
    book(visitor)
    visitor.get(visitor.link("Move it"))
    path = visitor.page.request.path
    assert "With a chaperone, as you booked it." in visitor.text
    assert "1pm on Friday 13 March" in visitor.page.text
    assert "4pm on Friday 13 March" not in visitor.page.text
    assert visitor.get(f"{path}?slot=20260313T1500Z.ana-moreau").status_code == 409
    visitor.get(f"{path}?slot=20260313T1300Z.ana-moreau")
    assert ROW in visitor.text
    token = visitor.token()
    assert visitor.post(path, slot="20260313T1500Z.ana-moreau", csrf_token=token).status_code == 409
    assert "Your appointment stays as it was" in visitor.text
    visitor.get(f"{path}?slot=20260313T1300Z.ana-moreau")
    visitor.send(path)
    moved = db.session.scalars(select(Appointment)).one()
    assert (moved.starts_at, moved.chaperone) == (datetime(2026, 3, 13, 13, tzinfo=UTC), True)


def test_the_same_again_asks_for_it_again(visitor, hours):
    book(visitor)
    visitor.get(visitor.link("Book the same again"))
    path = visitor.page.request.path
    visitor.get(f"{path}?slot=20260313T1300Z.ana-moreau")
    assert ROW in visitor.text
    visitor.send(path)
    assert [one.chaperone for one in db.session.scalars(select(Appointment))] == [True, True]


def test_two_treatments_are_chaperoned_to_the_end(visitor, hours):
    visitor.get(f"{TIMES}?minutes=60&with=hips-without-tummy-60&chaperone=yes&from=2026-03-12")
    of_day = {day: [s[9:13] for s in visitor.slots if s.startswith(f"202603{day}")] for day in (12, 13)}
    assert of_day[12][-1] == "1030"
    assert of_day[13] == ["1300"]


def test_the_waiting_list_says_that_it_does_not_look_for_one(visitor, hours):
    visitor.get(f"{TIMES}?chaperone=yes")
    assert "The waiting list does not look for a chaperone." in visitor.text
    assert "chaperone" not in visitor.link("Tell me when a time frees up")


def test_on_the_night_the_clocks_change_hours_are_as_the_clock_shows(visitor, cast):
    chaperoned(cast, 0, 9, 11)  # Mondays; British summer time begins on Sunday the 29th
    visitor.get(f"{TIMES}?chaperone=yes&minutes=60&from=2026-03-23")
    shown = {day: [s[9:13] for s in visitor.slots if s.startswith(f"202603{day}")] for day in (23, 30)}
    assert shown[23][0] == "0900"
    assert shown[30][0] == "0800"
