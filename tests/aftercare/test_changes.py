"""What is new since the plan before: said to the client on the page, and to nobody in the mail."""

from datetime import timedelta

import pytest
import time_machine

from clinic.aftercare.rules import changes
from tests.aftercare.steps import address, build, find, plan_link, send
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of


def frozen(name, **more):
    dose = {
        "sets": 2,
        "reps": 10,
        "hold_s": None,
        "time_s": None,
        "rest_s": 0,
        "per_week": 3,
        "effort": "",
        "words": "",
    }
    return {"exercise": name, "name": name.title(), **dose, **more}


def names(steps):
    return [one["exercise"] for one in steps]


def between(before, after):
    return changes({"steps": before}, {"steps": after})


def test_nothing_changed_is_nothing_to_say():
    steps = [frozen("bridge"), frozen("tilt")]
    assert not between(steps, steps)


def test_what_came_and_what_went_is_told():
    found = between([frozen("bridge"), frozen("tilt")], [frozen("tilt"), frozen("march")])
    assert (names(found.new), names(found.gone), found.dosed, found.moved) == (["march"], ["bridge"], (), ())


@pytest.mark.parametrize(
    ("field", "value"), [("sets", 3), ("per_week", 2), ("side", "left"), ("weekdays", [0, 3]), ("times_a_day", 2)]
)
def test_another_dose_is_told(field, value):
    found = between([frozen("bridge")], [frozen("bridge", **{field: value})])
    assert names(found.dosed) == ["bridge"]


def test_a_document_of_before_has_the_dose_that_it_had():
    newer = {"side": "", "start_side": "", "switch_s": None, "times_a_day": 1, "weekdays": [], "band": ""}
    assert not between([frozen("bridge")], [frozen("bridge", **newer)])


def test_other_words_are_told_beside_another_dose_too():
    before, after = {"words": "Slowly"}, {"words": "Slowly, on your left"}
    found = between(
        [frozen("bridge", **before), frozen("tilt", **before), frozen("march")],
        [frozen("bridge", **after), frozen("tilt", **after, sets=1), frozen("march", sets=1)],
    )
    assert (names(found.worded), names(found.dosed)) == (["bridge", "tilt"], ["tilt", "march"])


def test_only_what_was_moved_is_told_as_moved():
    before = [frozen(one) for one in ("bridge", "tilt", "march", "dog")]
    after = [frozen(one) for one in ("dog", "bridge", "tilt", "march")]
    assert names(between(before, after).moved) == ["dog"]


@pytest.fixture
def link(ana, clara):
    """Sent, and a day later sent anew with one less, one more and one in another dose and with a word."""
    found = plan_link(ana, clara, "glute_bridge", "pelvic_tilt")
    page = f"/clients/{clara}/plan"
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        ana.sign_in("ana")
        ana.get(page)
        ana.send(
            page, remove="glute_bridge", add="cat_camel", **{"pelvic_tilt-sets": "1", "pelvic_tilt-words": "Slowly"}
        )
        send(ana, clara)
    return found


def test_the_page_says_what_is_new_and_since_when(link, new_visitor):
    client = new_visitor()
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client.get(link)
    assert "New since 11 March" in client.text
    assert "Added: Cat and camel." in client.text
    assert "Left out: Bridge." in client.text
    assert "Pelvic tilt, lying: now 8 times" in client.text
    assert "A new word for you: Pelvic tilt, lying." in client.text


def test_a_word_that_was_taken_away_is_told_as_gone(link, ana, clara, new_visitor):
    client, page = new_visitor(), f"/clients/{clara}/plan"
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        ana.sign_in("ana")
        ana.get(page)
        ana.send(page, **{"pelvic_tilt-words": ""})
        send(ana, clara)
        client.get(link)
    assert "What we told you beside it no longer counts: Pelvic tilt, lying." in client.text
    assert "A new word for you" not in client.text


def test_after_two_weeks_it_is_no_news(link, new_visitor):
    client = new_visitor()
    with time_machine.travel(NOW + timedelta(days=16), tick=False):
        client.get(link)
    assert "New since" not in client.text
    assert "Cat and camel" in client.text


def test_the_first_plan_is_no_change(ana, clara, new_visitor):
    client = new_visitor()
    client.get(plan_link(ana, clara, "glute_bridge"))
    assert "New since" not in client.text


def test_the_mail_says_that_it_changed_and_not_what(app, link):
    box = Letterbox()
    box.round(app, NOW + timedelta(days=1))
    told = text_of(box.mails[-1])
    assert "Ana Moreau has changed what you do at home." in told
    for word in ("Bridge", "tilt", "camel", "exercise"):
        assert word not in told


def test_a_therapist_sees_the_page_before_it_is_sent_and_nothing_is_sent_by_it(app, ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    ana.send(f"/clients/{clara}/plan", look="preview", word="Slowly does it.")
    assert ana.page.request.path == f"/clients/{clara}/plan/preview"
    for words in ("This is how Clara Teacup will see it.", "Slowly does it.", "1 of 1 · Strengthen Bridge", "Warm up"):
        assert words in ana.text
    assert 'action="/plans' not in ana.page.text
    assert address(clara) is None
    assert ana.link("Back to the plan") == f"/clients/{clara}/plan"


def test_before_there_is_a_plan_there_is_nothing_to_see(ana, clara):
    ana.get(f"/clients/{clara}/plan/preview")
    assert ana.page.request.path == f"/clients/{clara}/plan"


def test_the_preview_of_a_change_says_what_will_be_new(ana, clara):
    plan_link(ana, clara, "glute_bridge")
    ana.get(f"/clients/{clara}/plan")
    ana.send(f"/clients/{clara}/plan", look="preview", add="cat_camel")
    assert "Added: Cat and camel." in ana.text
