"""The order of a plan: as the therapist puts it within a phase, and the phases always one after the other."""

import pytest

from clinic.aftercare import queries, rules
from clinic.aftercare.catalogue import PHASES, catalogue
from clinic.aftercare.operations import Content
from clinic.core.db import db
from tests.aftercare.steps import build, find
from tests.visitor import fields_of

CALM = ["constructive_rest", "pelvic_tilt", "breathing_90_90"]
BRIDGE = "glute_bridge"


def page_of(client_id):
    return f"/clients/{client_id}/plan"


def order(client_id):
    plan = queries.plan_of(db.session, client_id)
    steps = Content.read(plan.content).steps
    db.session.rollback()
    return [step.exercise for step in steps]


@pytest.fixture
def page(ana, clara):
    find(ana, clara)
    build(ana, clara, *CALM, BRIDGE)
    return page_of(clara)


@pytest.mark.parametrize(
    ("button", "exercise", "expected"),
    [
        ("earlier", "breathing_90_90", ["constructive_rest", "breathing_90_90", "pelvic_tilt", BRIDGE]),
        ("later", "constructive_rest", ["pelvic_tilt", "constructive_rest", "breathing_90_90", BRIDGE]),
        ("earlier", "constructive_rest", [*CALM, BRIDGE]),  # it is the first
        ("later", "breathing_90_90", [*CALM, BRIDGE]),  # of its phase the last
        ("earlier", BRIDGE, [*CALM, BRIDGE]),
        ("later", "cartwheel", [*CALM, BRIDGE]),
    ],
)
def test_an_exercise_changes_places_with_the_next_one_of_its_phase(ana, clara, page, button, exercise, expected):
    ana.send(page, **{button: exercise})
    assert order(clara) == expected


def test_whoever_moves_one_stays_with_it_and_loses_nothing_typed(ana, clara, page):
    answer = ana.send(page, follow=False, later="constructive_rest", word="Slowly.", **{"pelvic_tilt-sets": "4"})
    assert answer.headers["Location"] == f"{page}#constructive_rest"
    ana.get(page)
    assert 'id="constructive_rest" tabindex="-1"' in ana.page.text
    assert "Slowly." in ana.page.text
    assert 'name="pelvic_tilt-sets" type="text" value="4"' in ana.page.text


def test_a_move_with_something_typed_wrong_keeps_the_new_order_on_the_page(ana, clara, page):
    answer = ana.send(page, later="constructive_rest", **{"pelvic_tilt-sets": "none"})
    assert answer.status_code == 422
    assert answer.text.index('id="pelvic_tilt"') < answer.text.index('id="constructive_rest"')
    assert order(clara) == [*CALM, BRIDGE]


def test_the_order_in_which_they_are_sent_is_the_order_of_the_plan(ana, clara, page):
    """Which is all that a drag does."""
    ana.get(page)
    sent = {f"{one}-chosen": "yes" for one in [BRIDGE, *reversed(CALM)]}
    doses = {name: value for name, value in fields_of(ana.page.text).items() if name not in sent}
    answer = ana.post(page, follow=False, moved="breathing_90_90", **sent, **doses)
    assert answer.headers["Location"] == f"{page}#breathing_90_90"
    ana.get(page)
    places = [ana.page.text.index(f'id="{one}"') for one in (*reversed(CALM), BRIDGE)]
    assert places == sorted(places)  # and calm before strengthen all the same


def test_the_first_and_the_last_of_a_phase_cannot_go_further_and_one_alone_nowhere(ana, clara, page):
    text = ana.page.text
    assert 'name="earlier" value="constructive_rest" disabled' in text
    assert 'name="later" value="breathing_90_90" disabled' in text
    assert 'name="later" value="constructive_rest">' in text
    assert f'name="earlier" value="{BRIDGE}"' not in text
    assert "The phases stay in this order, warm-up first." in ana.text


def test_moving_keeps_each_exercise_and_its_phase_together():
    known = catalogue()
    ids = list(known.exercises)
    for one in ids:
        for by in (-1, 1):
            after = rules.moved(ids, one, by=by, known=known)
            assert sorted(after) == sorted(ids)
            assert [known.exercises[id_].phase for id_ in after] == [known.exercises[id_].phase for id_ in ids]
    assert set(PHASES) == {known.exercises[id_].phase for id_ in ids}


def test_removing_one_leads_to_what_is_left(ana, page):
    assert ana.send(page, follow=False, remove="pelvic_tilt").headers["Location"] == f"{page}#exercises"
