"""The measures on the page of a note: kept with it, signed with it, and never in the way of saving a word."""

import pytest
from sqlalchemy import select

from clinic.core.db import db
from clinic.notes.models import NoteDraft
from clinic.notes.queries import content_of
from clinic.notes.rules import Activity
from tests.notes.conftest import WORDS
from tests.visitor import fields_of

ALL = {
    "pain_on_arrival": "6",
    "pain_at_end": "2",
    "pain_worst": "8",
    "pain_average": "5",
    "activities-0-words": "Walking to the shop",
    "activities-0-score": "3",
    "activities-1-words": "Stairs",
    "activities-1-score": "",
    "global_change": "-2",
    "hours_seated": "8,5",
    "practice_days": "3",
    "rmdq": "12",
    "peg": "4.3",
}


def kept():
    return content_of(db.session.scalar(select(NoteDraft)))


def test_every_measure_is_kept_with_the_draft_and_there_again(ana, path):
    ana.send(f"{path}/draft", **WORDS, **ALL)
    content = kept()
    assert (content.pain_on_arrival, content.pain_at_end, content.pain_worst, content.pain_average) == (6, 2, 8, 5)
    assert content.activities == (Activity("Walking to the shop", 3), Activity("Stairs"))
    assert content.scores == {
        "global_change": -2,
        "hours_seated": 8.5,
        "practice_days": 3,
        "rmdq": 12,
        "peg": 4.3,
    }
    shown = fields_of(ana.get(path).text)
    assert {name: shown[name] for name in ALL} == {**ALL, "hours_seated": "8.5"}
    assert shown["activities-2-words"] == ""  # an empty row more
    assert "4 lower than on arrival." in ana.text


def test_they_are_signed_with_the_note_and_stand_on_it(ana, path):
    ana.send(f"{path}/signature", **WORDS, **ALL)
    for words in (
        "on arrival 6",
        "4 lower than on arrival.",
        "Walking to the shop 3, Stairs –",
        "Much worse",
        "Hours seated a day 8.5",
        "Roland-Morris, total 12",
    ):
        assert words in ana.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rmdq": "25"}, "Roland-Morris, total: 0 to 24, in steps of 1."),
        ({"peg": "some"}, "PEG, mean: 0 to 10, in steps of 0.1."),
        ({"hours_seated": "nan"}, "Hours seated a day: 0 to 24"),
        ({"activities-0-words": ""}, "Say which activity this is"),
    ],
)
def test_a_number_that_cannot_be_keeps_nothing_else_from_being_saved(ana, path, wrong, said):
    page = ana.send(f"{path}/draft", **{**WORDS, **ALL, **wrong})
    assert said in ana.text
    assert (page.status_code, kept().words, kept().pain_worst) == (422, WORDS, 8)
    (name, typed), *_ = wrong.items()
    assert fields_of(page.text)[name] == typed
    assert f'href="#{name}' in page.text
    assert not set(wrong) & set(kept().scores)


def test_a_wrong_number_is_not_signed(ana, path):
    page = ana.send(f"{path}/signature", **{**WORDS, "odi": "101"})
    assert page.status_code == 422
    assert kept().words == WORDS


def test_the_scales_are_named_for_whoever_does_not_see_them(ana, path):
    page = ana.page.text
    assert page.count('role="radiogroup"') >= 4
    assert "Pain on arrival" in ana.text
    assert 'list="suggested-activities"' in page
    assert all(f'<option value="{one}">' in page for one in ("Walking", "Stairs", "Getting out of bed", "Bending"))
