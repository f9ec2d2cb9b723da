"""How notes are written: the clinic changes the formats and adds its own, and what was written keeps its version."""

import pytest
from sqlalchemy import select

from clinic.core.db import db
from clinic.notes.models import NoteFormat
from clinic.notes.queries.words import all_formats
from clinic.notes.rules import latest, offered

PAGE = "/clinic/note-formats"


@pytest.fixture
def olu(cast, new_visitor):
    visitor = new_visitor()
    visitor.sign_in("olu")
    visitor.get(PAGE)
    return visitor


def now_offered():
    return {one.name: [part.label for part in one.parts] for one in offered(all_formats(db.session))}


def version(code):
    return next(one for one in latest(all_formats(db.session)) if one.code == code)


def test_the_product_comes_with_three_formats(olu):
    for words in ("SOAP", "Subjective, Objective, Assessment, Plan", "DAP", "Free text"):
        assert words in olu.text


def test_a_format_of_ones_own_is_offered_with_parts_that_no_other_field_is_called(olu):
    olu.get(f"{PAGE}/new")
    olu.send(PAGE, name="Short", **{"parts-0-called": "Then", "parts-0-hint": "Before", "parts-0-known": "key"})
    assert now_offered()["Short"] == ["Then"]
    (part,) = db.session.scalar(select(NoteFormat.parts))
    assert part["id"].startswith("part_")


def test_a_changed_format_is_another_version_whose_parts_keep_what_they_are(olu):
    olu.get(f"{PAGE}/soap")
    olu.send(f"{PAGE}/soap", **{"parts-0-called": "They say", "parts-2-called": ""})
    changed = version("soap")
    assert changed.number == 2
    assert (changed.parts[0].id, changed.parts[0].label) == ("subjective", "They say")
    assert now_offered()["SOAP"] == ["They say", "Objective", "Plan"]
    assert ("soap", 1) in all_formats(db.session)


def test_saving_it_as_it_is_makes_no_version(olu):
    olu.get(f"{PAGE}/soap")
    olu.send(f"{PAGE}/soap")
    assert version("soap").number == 1


def test_how_it_would_look_is_shown_and_nothing_is_saved(olu):
    olu.get(f"{PAGE}/soap")
    olu.send(f"{PAGE}/soap", look="yes", **{"parts-4-called": "Home plan"})
    assert "So it would look, not saved yet" in olu.text
    assert "Home plan" in olu.text
    assert db.session.scalars(select(NoteFormat)).all() == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "This cannot be empty."),
        ({f"parts-{n}-called": "" for n in range(4)}, "Name at least one part."),
        ({"parts-1-called": "subjective"}, "Two parts have the same name."),
        ({"parts-1-called": "x" * 61}, "Shorten this to 60 characters"),
        ({"parts-1-known": "subjective"}, "Two parts have the same name."),
    ],
)
def test_a_format_that_no_note_could_be_written_in_is_refused(olu, wrong, told):
    olu.get(f"{PAGE}/soap")
    page = olu.send(f"{PAGE}/soap", **wrong)
    assert page.status_code == 422
    assert told in page.text.replace("&#39;", "'")
    assert version("soap").number == 1


def test_a_format_is_withdrawn_and_put_back_but_never_the_last(olu):
    for code in ("soap", "dap"):
        olu.get(f"{PAGE}/{code}")
        olu.send(f"{PAGE}/{code}/withdrawal")
    assert list(now_offered()) == ["Free text"]
    olu.get(f"{PAGE}/free")
    assert olu.send(f"{PAGE}/free/withdrawal").status_code == 409
    assert "notes need one" in olu.text
    olu.get(f"{PAGE}/soap")
    olu.send(f"{PAGE}/soap/offer")
    assert list(now_offered()) == ["SOAP", "Free text"]
    assert version("soap").number == 2
