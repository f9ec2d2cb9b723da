"""What made the therapist stop, and that they agreed aloud: one tap each, without a script."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.core.db import db
from clinic.notes.models import NoteDraft
from clinic.notes.queries import content_of
from clinic.notes.rules import Stop
from clinic.notes.rules.events import wall_time
from tests.notes.conftest import WORDS


def kept():
    return content_of(db.session.scalar(select(NoteDraft)))


def test_a_tap_keeps_what_it_was_and_when_and_every_word_typed_so_far(ana, path):
    ana.send(f"{path}/draft", **WORDS, stop="sharp_pain")
    assert kept().stops == (Stop("sharp_pain", "11:30"),)
    assert kept().words["plan"] == WORDS["plan"]
    assert "No more deep pressure there today" in ana.text


def test_what_was_done_is_written_beside_and_stands_in_the_signed_note(ana, path):
    ana.send(f"{path}/draft", **WORDS, stop="pulse_felt")
    ana.send(f"{path}/draft", **WORDS, stop="cried_out")
    ana.send(f"{path}/signature", **WORDS, **{"stops-0-done": "Came off, checked", "stops-1-at": "9.05"})
    assert "Felt a pulse 11:30: Came off, checked" in ana.text
    assert "Cried out 09:05" in ana.text


def test_a_row_is_taken_away_and_the_others_stay(ana, path):
    for kind in ("cried_out", "asked_to_stop", "other"):
        ana.send(f"{path}/draft", stop=kind)
    ana.send(f"{path}/draft", stop_away="stops-1")
    assert [stop.kind for stop in kept().stops] == ["cried_out", "other"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"stops-0-at": "late"}, "such as 14:05"), ({"stops-0-done": "x" * 301}, "300 characters")],
)
def test_what_cannot_be_read_is_told_keeps_the_rest_and_is_not_signed(ana, path, wrong, said):
    ana.send(f"{path}/draft", **WORDS, stop="other")
    page = ana.send(f"{path}/signature", **WORDS, **wrong)
    assert page.status_code == 422
    assert said in ana.text
    assert next(iter(wrong.values())) in page.text
    assert replace(kept().stops[0], at="", done="").kind == "other"


def test_that_they_agreed_aloud_is_one_tap_with_time_and_who_asked_and_is_taken_back_by_another(ana, path):
    ana.send(f"{path}/draft", **WORDS, agreed="yes")
    assert (kept().asked_again, kept().asked_again_at) == (True, "11:30, Ana")
    ana.send(f"{path}/draft", **WORDS)
    assert kept().asked_again_at == "11:30, Ana"
    ana.send(f"{path}/draft", **WORDS, agreed="no")
    assert (kept().asked_again, kept().asked_again_at) == (False, "")


def test_who_asked_and_when_stands_in_the_signed_note(ana, path):
    ana.send(f"{path}/draft", **WORDS, agreed="yes")
    ana.send(f"{path}/signature", **WORDS)
    assert "Asked again aloud that day, and they agreed. 11:30, Ana" in ana.text


@given(st.text(max_size=8))
def test_a_time_is_read_or_it_is_not_and_never_breaks(typed):
    assert wall_time(typed) is None or wall_time(wall_time(typed)) == wall_time(typed)


@given(st.times())
def test_every_time_of_the_day_is_read(at):
    assert wall_time(f"{at:%H:%M}") == f"{at:%H:%M}"
    assert wall_time(f"{at.hour}.{at:%M}") == f"{at:%H:%M}"


@pytest.mark.parametrize("typed", ["", "24:00", "12:60", "9:5", "9", "-1:30", "12:30:15", "noon"])
def test_what_is_no_time_is_not_read_as_one(typed):
    assert wall_time(typed) is None
