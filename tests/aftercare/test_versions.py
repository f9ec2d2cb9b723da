"""The exercises of this clinic: the product's, with what the clinic changed, made and hid over them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from clinic.aftercare.catalogue import Change, as_kept, catalogue, merged, read_exercise
from clinic.aftercare.models import ExerciseVersion
from clinic.aftercare.rules import muscles_that_lock
from clinic.aftercare.versions import LATEST, current
from clinic.core.db import db, writing
from tests.aftercare.steps import address, build, find, plan_link, send
from tests.conftest import NOW

SHIPPED = catalogue().exercises
OWN = "own_wallslid"
WALL = {
    "name": "Wall slide",
    "phase": "strengthen",
    "position": "standing",
    "sides": "none",
    "purpose": "It trains your thighs.",
    "steps": [{"prepare": "Stand with your back to a wall."}, {"do": "Slide down a little."}, {"breathe": "Breathe."}],
    "effort": "4 out of 10",
    "easier": "Slide less far.",
    "cautions": ["Stop if your knees hurt."],
    "targets": ["gluteals"],
    "dose": {"sets": 2, "reps": 8, "per_week": 3},
    "avoid_if": ["balance"],
}


@pytest.fixture
def keeps(cast):
    """What the clinic makes of an exercise, as its next version."""

    def keep(code, number, content, **more):
        said = {"offered": True, "pose": "", "photo": None, "photo_words": "", **more}
        by = {"made_at": NOW, "made_by_id": cast.olu.id}
        with writing():
            db.session.add(ExerciseVersion(code=code, number=number, content=content, **said, **by))
            db.session.commit()

    return keep


def words(code, **changed):
    return {**as_kept(SHIPPED[code]), **changed}


def test_where_the_clinic_changed_nothing_it_has_what_the_product_ships(app):
    assert current(db.session) == catalogue()


def test_what_is_kept_of_an_exercise_is_all_of_it():
    for code, exercise in SHIPPED.items():
        assert read_exercise(code, json.loads(json.dumps(as_kept(exercise)))) == exercise


def test_the_latest_version_counts(keeps):
    keeps("glute_bridge", 3, words("glute_bridge", name="Hip lift"), pose="pictures: none")
    keeps("glute_bridge", 2, words("glute_bridge", name="Seat lift"))
    bridge = current(db.session).exercises["glute_bridge"]
    pose = "pictures: none"
    assert bridge == replace(SHIPPED["glute_bridge"], name="Hip lift", version=3, pose=pose)
    assert list(current(db.session).exercises) == list(SHIPPED)


def test_a_version_without_content_is_as_shipped_again(keeps):
    keeps("glute_bridge", 2, words("glute_bridge", name="Seat lift"))
    keeps("glute_bridge", 3, {})
    assert current(db.session).exercises["glute_bridge"] == replace(SHIPPED["glute_bridge"], version=3)


def test_a_photo_is_known_of_but_not_read(keeps):
    keeps(OWN, 1, WALL, photo=b"a picture", photo_words="A woman at a wall.")
    own = current(db.session).exercises[OWN]
    assert (own.has_photo, own.photo_words) == (True, "A woman at a wall.")
    assert "exercise_version.photo," not in str(LATEST)


def test_what_the_clinic_made_is_added_and_sent_like_any_other(keeps, ana, clara, new_visitor):
    keeps(OWN, 1, WALL)
    link = plan_link(ana, clara, OWN)
    client = new_visitor()
    client.get(link)
    assert "1 of 1 · Strengthen Wall slide 2 × 8, 3 days a week" in client.text
    assert "Stand with your back to a wall. Slide down a little. Breathe." in client.text


def test_a_condition_speaks_against_what_the_clinic_made(keeps, ana, clara, new_visitor):
    keeps(OWN, 1, WALL)
    link = plan_link(ana, clara, OWN, "pelvic_tilt")
    client = new_visitor()
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        find(ana, clara, "balance")
        client.get(link)
        ana.get(f"/clients/{clara}/plan")
    assert "Wall slide Leave this one out for now." in client.text
    assert ana.text.count("Not with this: Unsteady, or might fall.") == 2  # and the edge of the bed


def test_what_is_hidden_is_not_offered_but_a_plan_that_has_it_keeps_it(keeps, ana, clara, new_visitor):
    link = plan_link(ana, clara, "glute_bridge")
    keeps("glute_bridge", 2, {}, offered=False)
    keeps("bird_dog", 2, {}, offered=False)
    ana.get(f"/clients/{clara}/plan")
    assert "Bridge" in ana.text
    assert "Bird dog" not in ana.text
    build(ana, clara, "bird_dog")
    send(ana, clara)
    client = new_visitor()
    client.get(link)
    assert "1 of 1 · Strengthen Bridge" in client.text
    assert "Bird dog" not in client.text


def test_words_that_change_after_a_plan_was_sent_change_the_next_one_only(keeps, ana, clara, new_visitor):
    link = plan_link(ana, clara, "glute_bridge")
    keeps("glute_bridge", 2, words("glute_bridge", name="Seat lift"))
    client = new_visitor()
    client.get(link)
    assert "Strengthen Bridge" in client.text
    build(ana, clara)
    send(ana, clara)
    client.get(address(clara))
    assert "Strengthen Seat lift" in client.text


def test_an_easier_exercise_that_something_speaks_against_is_not_told_of(keeps, ana, clara, new_visitor):
    keeps("heel_slide", 2, words("heel_slide", avoid_if=["floor"], ask_first=["stenosis"]))
    client, told = new_visitor(), "Do the heel slide instead."
    client.get(plan_link(ana, clara, "supine_march"))
    assert told in client.text
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        find(ana, clara, "floor")
        client.get(address(clara))
    assert told not in client.text
    assert "1 of 1 · Strengthen Lying march" in client.text
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        find(ana, clara, "stenosis")
        build(ana, clara)
        send(ana, clara)
        client.get(address(clara))
    assert told not in client.text


@st.composite
def changes(draw):
    """Versions of exercises of the product, made of other exercises' words, and hidden or not."""
    codes = draw(st.lists(st.sampled_from(sorted(SHIPPED)), unique=True, max_size=5))
    contents = [draw(st.sampled_from([{}, *map(as_kept, SHIPPED.values())])) for _ in codes]
    return tuple(
        Change(code, draw(st.integers(2, 9)), json.dumps(content), draw(st.booleans()))
        for code, content in zip(codes, contents, strict=True)
    )


@given(changes())
def test_whatever_the_clinic_says_an_injury_goes_on_locking_what_it_locks(changes):
    known = merged(changes)
    assert list(known.exercises) == list(SHIPPED)
    for code, one in known.exercises.items():
        assert (one.phase, one.kind) == (SHIPPED[code].phase, SHIPPED[code].kind)
        assert set(muscles_that_lock(one, known)) >= set(muscles_that_lock(SHIPPED[code], catalogue()))


@given(changes())
def test_what_was_not_changed_is_as_shipped(changes):
    changed = {change.code: change for change in changes}
    for code, one in merged(changes).exercises.items():
        if code not in changed:
            assert one == SHIPPED[code]
        else:
            assert (one.version, one.offered) == (changed[code].number, changed[code].offered)
