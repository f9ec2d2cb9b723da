"""The whole dose of an exercise, as a therapist gives it and as the client reads it."""

import re

import pytest

from clinic.aftercare import queries, rules
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Content
from clinic.core.db import db
from tests.aftercare.steps import address, build, find, plan_link, send
from tests.rows import rows

BRIDGE, STRETCH, DOG, WALK = "glute_bridge", "half_kneeling_hip_flexor", "bird_dog", "easy_march"
MORE = "More of the dose"


def page_of(client_id):
    return f"/clients/{client_id}/plan"


def kept(client_id):
    """The steps of the plan as saved, by exercise."""
    content = Content.read(queries.plan_of(db.session, client_id).content)
    db.session.rollback()
    return {step.exercise: step for step in content.steps}


def asked(ana, exercise):
    """What the page asks about an exercise."""
    names = ("sets", "reps", "hold_s", "time_s", "rest_s", "switch_s", "side", "start_side", "times_a_day", "per_week")
    names = (*names, "weekdays", "effort", "band")
    return {name for name in names if f'name="{exercise}-{name}"' in ana.page.text}


ALWAYS = {"sets", "rest_s", "effort"}
OFTEN = {"times_a_day", "per_week", "weekdays"}


@pytest.mark.parametrize(
    ("exercise", "more"),
    [
        (BRIDGE, OFTEN | {"reps", "hold_s", "band"}),
        (DOG, OFTEN | {"reps", "hold_s", "band", "side", "start_side"}),
        (STRETCH, OFTEN | {"hold_s", "side", "start_side", "switch_s"}),
        ("constructive_rest", OFTEN | {"time_s"}),
        (WALK, {"time_s"}),  # a warm-up is done each time
    ],
)
def test_each_exercise_is_asked_what_it_has(ana, clara, exercise, more):
    find(ana, clara)
    build(ana, clara, exercise)
    assert asked(ana, exercise) == ALWAYS | more


def test_breaths_are_called_breaths(ana, clara):
    find(ana, clara)
    build(ana, clara, "breathing_90_90")
    assert "Breaths" in ana.text
    assert "Times Days" not in ana.text


def test_the_whole_dose_is_saved_and_stands_there_again(ana, clara):
    find(ana, clara)
    build(ana, clara, DOG, STRETCH)
    typed = {f"{DOG}-times_a_day": "2", f"{DOG}-band": "red band", f"{DOG}-effort": "7 out of 10"}
    typed |= {f"{DOG}-start_side": "left", f"{DOG}-rest_s": "20"}
    typed |= {f"{STRETCH}-side": "right", f"{STRETCH}-switch_s": "5", f"{STRETCH}-weekdays": ["0", "2", "4"]}
    ana.send(page_of(clara), **typed)
    dog, stretch = kept(clara)[DOG], kept(clara)[STRETCH]
    assert (dog.times_a_day, dog.band, dog.effort, dog.start_side, dog.rest_s) == (
        2,
        "red band",
        "7 out of 10",
        "left",
        20,
    )
    assert (stretch.side, stretch.switch_s, stretch.weekdays, stretch.per_week) == ("right", 5, (0, 2, 4), 3)
    for name in (
        f'name="{DOG}-band" type="text" value="red band"',
        f'name="{DOG}-effort" type="text" value="7 out of 10"',
    ):
        assert name in ana.page.text, name
    assert ana.page.text.count(" checked ") == 3 + 4  # days, and a side and a beginning for each of both


def test_what_is_as_the_exercise_has_it_is_left_to_the_exercise(ana, clara):
    find(ana, clara)
    build(ana, clara, STRETCH, BRIDGE)
    assert f'value="{catalogue().exercises[BRIDGE].effort}"' in ana.page.text  # shown all the same
    assert kept(clara) == {one: rules.usual(catalogue().exercises[one]) for one in (BRIDGE, STRETCH)}


def test_days_that_are_ticked_say_how_many_they_are(ana, clara):
    find(ana, clara)
    build(ana, clara, BRIDGE)
    ana.send(page_of(clara), **{f"{BRIDGE}-weekdays": ["1", "5"], f"{BRIDGE}-per_week": "lots"})
    assert ana.page.status_code == 200
    assert kept(clara)[BRIDGE].per_week == 2
    assert f'name="{BRIDGE}-per_week" type="text" value="2"' in ana.page.text


def test_where_it_begins_is_forgotten_where_one_side_is_all_there_is(ana, clara):
    find(ana, clara)
    build(ana, clara, STRETCH)
    ana.send(page_of(clara), **{f"{STRETCH}-side": "left", f"{STRETCH}-start_side": "right"})
    assert (kept(clara)[STRETCH].side, kept(clara)[STRETCH].start_side) == ("left", "")


def is_open(ana):
    before, _, _ = ana.page.text.partition(MORE)
    return before.rpartition("<details")[2].startswith(' class="more-dose" open')


@pytest.mark.parametrize(
    ("field", "value", "opens"),
    [("sets", "3", False), ("per_week", "4", False), ("times_a_day", "2", True), ("rest_s", "600", True)],
)
def test_more_of_the_dose_stands_open_where_something_of_it_is_set_or_wrong(ana, clara, field, value, opens):
    find(ana, clara)
    build(ana, clara, BRIDGE)
    assert not is_open(ana)
    ana.send(page_of(clara), **{f"{BRIDGE}-{field}": value})
    assert is_open(ana) == opens


def ids_of(html):
    return set(re.findall(r' id="(.*?)"', html))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("times_a_day", "0"),
        ("switch_s", "soon"),
        ("rest_s", "301"),
        ("band", "x" * 101),
        ("effort", "y" * 201),
        ("weekdays", "9"),
        ("weekdays", "Monday"),
        ("side", "top"),
        ("start_side", "both"),
    ],
)
def test_a_dose_that_is_wrong_is_refused_and_all_that_was_typed_is_kept(ana, clara, field, typed):
    find(ana, clara)
    build(ana, clara, DOG, STRETCH)
    exercise = DOG if field == "band" else STRETCH
    page = ana.send(page_of(clara), word="Gently.", **{f"{DOG}-reps": "7", f"{exercise}-{field}": typed})
    assert page.status_code == 422
    assert re.search(f'<a href="#({exercise}-{field}(-0)?)">', page.text)[1] in ids_of(page.text)
    assert "Gently." in page.text
    assert f'name="{DOG}-reps" type="text" value="7"' in page.text
    assert field in {"weekdays", "side", "start_side"} or f'value="{typed}"' in page.text
    assert kept(clara)[DOG].reps == 5


def test_the_client_reads_the_whole_dose(ana, clara, new_visitor):
    dose = {f"{STRETCH}-start_side": "left", f"{STRETCH}-weekdays": ["0", "2", "4"]}
    dose |= {f"{BRIDGE}-times_a_day": "2", f"{BRIDGE}-band": "a red band", f"{BRIDGE}-effort": "7 out of 10"}
    dose |= {f"{DOG}-side": "right", f"{DOG}-times_a_day": "3"}
    link = plan_link(ana, clara, BRIDGE, STRETCH, DOG, **dose)
    client = new_visitor()
    client.get(link)
    for words in (
        "2 × 30 seconds each side, left first, on Mon, Wed, Fri",
        "2 × 10, held for 3 seconds, with: a red band, twice a day, 3 days a week",
        "2 × 5, right side only, held for 6 seconds, 3 times a day, 3 days a week",
        "Effort : 7 out of 10",
    ):
        assert words.replace(" :", "") in client.text, words
    assert client.text.count("The other goes the same way.") == 1  # of the stretch: the bird dog has one side alone


def test_a_side_left_out_halves_its_time_and_times_a_day_do_not_lengthen_a_session(ana, clara):
    find(ana, clara)
    build(ana, clara, STRETCH, **{f"{STRETCH}-hold_s": "60", f"{STRETCH}-sets": "4"})
    assert "One exercise · about 14 minutes a session" in ana.text
    ana.send(page_of(clara), **{f"{STRETCH}-side": "left", f"{STRETCH}-times_a_day": "3"})
    assert "One exercise · about 9 minutes a session" in ana.text


def test_a_session_for_which_nobody_has_the_time_is_spoken_about_and_may_be_sent(ana, clara):
    find(ana, clara)
    build(ana, clara, "constructive_rest", **{"constructive_rest-time_s": "960"})
    assert "about 20 minutes a session" in ana.text
    assert "Hardly anybody finds more than 20" not in ana.text
    ana.send(page_of(clara), **{"constructive_rest-time_s": "961"})
    assert "About 21 minutes a session. Hardly anybody finds more than 20." in ana.text
    send(ana, clara)
    assert rows()["plan_issue"] == 1


def test_going_over_to_the_library_and_adding_one_there_changes_no_dose(ana, clara):
    find(ana, clara)
    build(ana, clara, STRETCH, **{f"{STRETCH}-weekdays": ["0", "2"], f"{STRETCH}-start_side": "left"})
    before = kept(clara)[STRETCH]
    ana.get(f"/clients/{clara}/exercises")
    sent = ana.page.text.count(f'name="{STRETCH}-weekdays"')
    assert sent == 2
    ana.send(page_of(clara), add=BRIDGE, **{f"{STRETCH}-weekdays": ["0", "2"]})
    assert kept(clara)[STRETCH] == before
    assert BRIDGE in kept(clara)


def test_how_long_it_takes_is_told_while_it_is_typed_and_nothing_is_kept(ana, clara):
    find(ana, clara)
    build(ana, clara, STRETCH)
    before = rows()
    answer = ana.send(f"{page_of(clara)}/length", **{f"{STRETCH}-hold_s": "60", f"{STRETCH}-sets": "9"})
    assert "One exercise · about 26 minutes a session" in ana.text
    assert "Hardly anybody finds more than 20" in ana.text
    assert "<html" not in answer.text
    assert rows() == before
    ana.get(page_of(clara))
    answer = ana.send(f"{page_of(clara)}/length", **{f"{STRETCH}-hold_s": "long"})
    assert (answer.status_code, ana.text) == (200, "One exercise")


@pytest.mark.parametrize(("side", "file"), [("left", "hold_left"), ("right", "hold"), ("", "hold")])
def test_a_client_who_does_one_side_sees_that_side_drawn(ana, clara, new_visitor, side, file):
    find(ana, clara)
    build(ana, clara, STRETCH, **{f"{STRETCH}-side": side})
    send(ana, clara)
    client = new_visitor()
    client.get(address(clara))
    assert re.findall(rf"{STRETCH}/pictures/(hold\w*)\"", client.page.text) == [file]
    assert client.get(f"{address(clara)}/exercises/{STRETCH}/pictures/{file}").status_code == 200
