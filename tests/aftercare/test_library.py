"""The library: what is found by what, what is marked for a client, and what everybody sees."""

import re

import pytest
import sqlalchemy as sa

from clinic.aftercare import search
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.search import NO_KIT, Wanted
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from tests.aftercare.steps import build, find
from tests.exercises import BRIDGE, add_ours, photo, send_photo
from tests.visitor import Visitor

KNOWN = catalogue()


def ids(**wanted):
    return {one.id for one in search.matching(KNOWN, Wanted(**wanted))}


def test_where_nothing_is_asked_every_exercise_is_shown_in_the_order_of_the_catalogue():
    assert [one.id for one in search.matching(KNOWN, Wanted())] == list(KNOWN.exercises)


def test_each_choice_narrows_and_together_they_narrow_further():
    assert ids(phase="stretch") == {one.id for one in KNOWN.exercises.values() if one.phase == "stretch"}
    assert {KNOWN.exercises[one].position for one in ids(position="all_fours")} == {"all_fours"}
    assert all("calf" in KNOWN.exercises[one].targets for one in ids(muscle="calf"))
    assert ids(phase="stretch", muscle="psoas") == ids(phase="stretch") & ids(muscle="psoas")


def test_what_needs_nothing_is_found_and_what_needs_a_thing_by_that_thing():
    assert "breathing_90_90" in ids(kit="chair")
    assert "breathing_90_90" not in ids(kit=NO_KIT)
    assert ids(kit=NO_KIT) == {one.id for one in KNOWN.exercises.values() if not one.equipment}


def test_words_are_found_in_names_muscles_and_what_it_is_for_in_any_order_and_case():
    assert "half_kneeling_hip_flexor" in ids(words="Stretch HALF-kneeling")
    assert "glute_bridge" in ids(words="gluteals bridge")
    assert ids(words="bridge trampoline") == set()
    assert 0 < len(ids(words="knee")) < 10


def test_a_condition_leaves_out_what_is_never_done_with_it_and_marks_the_rest():
    never = {one.id for one in KNOWN.exercises.values() if "pregnancy_16w" in one.avoid_if}
    assert never
    assert ids(condition="pregnancy_16w") == set(KNOWN.exercises) - never
    advice = search.advice_on(KNOWN.exercises["constructive_rest"], "pregnancy_16w")
    assert list(advice.changes) == ["pregnancy_16w"]
    assert search.advice_on(KNOWN.exercises["knee_rocks"], "osteoporosis").ask_first == ("osteoporosis",)


def test_the_page_searches_by_its_address_alone(ana):
    ana.get("/library?words=bridge&phase=strengthen&kit=none&position=nonsense")
    assert "Glute bridge" in ana.text or "Bridge" in ana.text
    assert "Half-kneeling" not in ana.text
    ana.get("/library?condition=pregnancy_16w")
    assert "Knee rocks" not in ana.text
    ana.get("/library?words=trampoline")
    assert "No exercise is like that" in ana.text


def test_an_exercise_has_its_page_with_pictures_of_both_sides_and_all_that_is_to_be_known(ana):
    page = ana.get("/library/half_kneeling_hip_flexor").text
    exercise = KNOWN.exercises["half_kneeling_hip_flexor"]
    for words in (exercise.name, exercise.steps[0].words, exercise.cautions[0], exercise.sources[0], "Version 1"):
        assert words in ana.text
    assert ana.link("Standing split-stance") == "/library/standing_hip_flexor"
    assert page.count("<svg") >= 4


def test_what_goes_round_as_a_stretch_and_is_none_says_so_and_leads_to_the_stretch(ana):
    ana.get("/library/bird_dog")
    assert "Not a stretch On hands and knees" in ana.text
    assert ana.link("Half-kneeling hip-flexor stretch") == "/library/half_kneeling_hip_flexor"
    ana.get("/library/glute_bridge")
    assert "Not a stretch" not in ana.text


def test_for_a_client_it_says_what_is_not_for_them_what_to_ask_and_what_is_changed(ana, clara):
    find(ana, clara, "osteoporosis", "kneeling_pain", psoas_left="acute")
    ana.get(f"/clients/{clara}/exercises")
    assert "Injured, so no stretch yet: Psoas (deep in the front of the hip) left" in ana.text
    assert "Ask first" in ana.text
    assert KNOWN.exercises["cat_camel"].modify["kneeling_pain"] in ana.text
    assert 'value="half_kneeling_hip_flexor"' not in ana.page.text
    assert 'value="glute_bridge"' in ana.page.text


def test_what_holds_for_a_client_is_read_with_a_line_in_the_trail_and_never_from_the_address(ana, clara):
    find(ana, clara)
    lines = sa.select(sa.func.count()).where(AuditLine.action == "record.viewed")
    before = db.session.scalar(lines)
    db.session.rollback()
    plain = ana.get(f"/clients/{clara}/exercises").text
    assert db.session.scalar(lines) == before + 1
    asked = ana.get(f"/clients/{clara}/exercises?condition=pregnancy_16w&muscle=calf&words=bridge").text
    assert asked.count("<h3>") == plain.count("<h3>")


def test_before_anybody_asked_no_stretch_can_be_added(ana, clara):
    ana.get(f"/clients/{clara}/exercises")
    assert "have not been asked about yet" in ana.text
    assert 'value="half_kneeling_hip_flexor"' not in ana.page.text


def test_an_exercise_is_added_to_the_plan_as_it_stands(ana, clara):
    find(ana, clara)
    build(ana, clara, "pelvic_tilt", word="Slowly")
    ana.get(f"/clients/{clara}/exercises")
    assert "In the plan" in ana.text
    ana.send(f"/clients/{clara}/plan", add="glute_bridge")
    assert ana.page.request.path == f"/clients/{clara}/plan"
    for kept in ("pelvic_tilt-chosen", "glute_bridge-chosen", "Slowly"):
        assert kept in ana.page.text


def test_what_was_typed_into_the_plan_is_kept_on_the_way_to_the_library(ana, clara):
    find(ana, clara)
    build(ana, clara, "pelvic_tilt")
    ana.send(f"/clients/{clara}/plan", word="Slowly", look="library")
    assert ana.page.request.path == f"/clients/{clara}/exercises"
    assert "Slowly" in ana.get(f"/clients/{clara}/plan").text


@pytest.fixture
def shows_exercises(app, cast):
    with writing():
        db.session.execute(sa.update(Clinic).values(shows_exercises=True))
        db.session.commit()


def test_the_exercises_are_everybodys_only_where_the_clinic_says_so(visitor, cast):
    assert visitor.get("/exercises").status_code == 404
    assert visitor.get("/exercises/glute_bridge").status_code == 404
    assert 'href="/exercises"' not in visitor.get("/").text
    visitor.sign_in("olu")
    visitor.get("/clinic/identity")
    visitor.send("/clinic/identity", shows_exercises="y")
    assert visitor.get("/exercises").status_code == 200
    assert 'href="/exercises"' in visitor.get("/").text


def test_everybody_is_told_when_to_ask_when_to_stop_and_that_an_injured_muscle_is_never_stretched(app, shows_exercises):
    guest = Visitor(app)
    for page in ("/exercises", "/exercises/half_kneeling_hip_flexor"):
        guest.get(page)
        for words in ("Never stretch a muscle that is injured", "Ask us first if", "Stop, and call us, if", "999"):
            assert words in guest.text, (page, words)
    guest.get("/exercises/glute_bridge")
    assert "Never stretch" not in guest.text
    assert "degenerative" not in guest.text


def test_what_the_clinic_made_is_shown_and_what_it_hid_is_shown_to_nobody(ana, signed_in, shows_exercises):
    olu = signed_in("olu")
    add_ours(olu)
    olu.get(BRIDGE)
    olu.send(f"{BRIDGE}/withdrawal")
    for page in ("/library?phase=strengthen", "/exercises"):
        ana.get(page)
        assert "Wall slide" in ana.text, page
        assert '"/library/glute_bridge"' not in ana.page.text
        assert '"/exercises/glute_bridge"' not in ana.page.text
    assert ana.get("/exercises/glute_bridge").status_code == 404
    ana.get("/library/glute_bridge")
    assert "Not offered in new plans" in ana.text


def test_a_photo_in_place_of_a_drawing_is_seen_by_all_who_see_the_exercise(app, signed_in, shows_exercises):
    olu, guest = signed_in("olu"), Visitor(app)
    olu.get(BRIDGE)
    send_photo(olu, photo())
    for page, seen in (("/library", olu), ("/library/glute_bridge", olu), ("/exercises/glute_bridge", guest)):
        pictures = re.findall(r'<img[^>]* src="(/exercises/[^"]+)"', seen.get(page).text)
        assert [seen.get(one.replace("&amp;", "&")).content_type for one in pictures] == ["image/jpeg"], page
    assert guest.get("/exercises/glute_bridge/picture").content_type == "image/jpeg"
    assert guest.get("/exercises/dead_bug/picture").content_type.startswith("image/svg+xml")
