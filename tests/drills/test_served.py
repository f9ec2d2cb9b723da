"""A short round of each drill in every run of the suite: against the real server, on both databases."""

import os
import signal
from random import Random

import pytest

from tests.browser.served import until
from tests.drills.absences import WAYS, taken_away
from tests.drills.contests import against_moves, against_taps, changed_at_once
from tests.drills.desks import moved_at_the_desks
from tests.drills.drafts import kill_while_writing, writers
from tests.drills.kill import distinct_times, kill_while_booking
from tests.drills.race import CROWD, KINDS, WHO, Ending, courses, race
from tests.drills.records import booking_keys, half_written, overlaps, saves
from tests.drills.rotation import rotate_and_kill
from tests.drills.served import served
from tests.drills.stranger import Stranger
from tests.drills.tellers import tellers

pytestmark = pytest.mark.xdist_group("served")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def clinic(request):
    with served(request.param) as clinic:
        yield clinic


@pytest.mark.parametrize("kind", KINDS)
def test_of_fifty_who_want_one_time_one_gets_it_and_the_others_are_told_kindly(clinic, kind):
    start = courses()[list(KINDS).index(kind)]
    assert race(clinic.port, start, KINDS[kind]) == Ending(won=1, refused=CROWD - 1)
    assert overlaps(clinic.database_url) == 0


@pytest.mark.parametrize("way", [against_taps, against_moves])
def test_of_fifty_who_tap_book_or_move_to_one_time_one_gets_it_and_the_others_are_told_kindly(clinic, way):
    assert way(clinic.port, courses()[5]) == Ending(won=1, refused=CROWD - 1)
    assert overlaps(clinic.database_url) == 0


@pytest.mark.parametrize("cancelled", [False, True])
def test_an_appointment_changed_in_many_windows_at_once_is_in_one_place_or_cancelled(clinic, cancelled):
    assert changed_at_once(clinic.port, clinic.database_url, courses()[6], cancelled=cancelled) == []


def test_a_time_that_is_taken_away_while_fifty_book_it_is_booked_before_or_not_at_all(clinic):
    desk = Stranger(clinic.port, 0).sign_in("olu").cookie
    wrong = [taken_away(clinic.port, clinic.database_url, courses()[8], desk, way) for way in WAYS]
    assert wrong == [[], [], []]


@pytest.mark.parametrize("apart", [False, True])
def test_of_many_desks_that_move_two_appointments_at_once_one_wins_and_nothing_is_lost(clinic, apart):
    desk = Stranger(clinic.port, 0).sign_in("rosa").cookie
    assert moved_at_the_desks(clinic.port, clinic.database_url, courses()[7], desk, apart=apart) == []


def test_whoever_was_told_booked_is_booked_though_the_server_was_killed(clinic):
    raced = booking_keys(clinic.database_url)
    told = kill_while_booking(clinic, kills=3, bookings=60, chance=Random(3))
    assert told.surprises == []
    assert booking_keys(clinic.database_url) - raced == told.keys
    assert len(told.keys) == 60
    assert half_written(clinic.database_url) == {}
    assert overlaps(clinic.database_url) == 0
    assert {Stranger(clinic.port, 0).get(f"/appointments/{token}").status for token in told.tokens} == {200}


def test_a_note_that_was_answered_saved_is_kept_whole_though_the_server_was_killed(clinic):
    notes = writers(clinic, [time for time in distinct_times()[60:] if time[1] == WHO][:4])
    assert kill_while_writing(clinic, notes, kills=2, chance=Random(2)) == []
    kept, lines = saves(clinic.database_url)
    assert kept == lines >= sum(note.told for note in notes) > 0


def test_a_change_of_the_clinics_key_that_was_killed_leaves_nothing_unreadable(clinic):
    clinic.run("tests.drills.rotation", "500")
    notes = writers(clinic, [time for time in distinct_times()[60:] if time[1] == WHO][7:9])
    assert rotate_and_kill(clinic, notes, kills=2, chance=Random(4)) == []
    assert min(note.told for note in notes) > 0


def test_a_page_of_a_health_history_that_was_answered_is_kept_whole_though_the_server_was_killed(clinic):
    telling = tellers(clinic, [time for time in distinct_times()[60:] if time[1] == WHO][4:7])
    assert kill_while_writing(clinic, telling, kills=2, chance=Random(5)) == []
    assert min(one.told for one in telling) > 0


def test_a_worker_that_was_killed_is_started_again(clinic):
    until(clinic.workers)
    (killed,) = clinic.workers()
    os.kill(killed, signal.SIGKILL)
    until(lambda: clinic.workers() - {killed})
    assert Stranger(clinic.port, 0).get("/").status == 200
