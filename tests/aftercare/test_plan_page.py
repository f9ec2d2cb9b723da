"""A client's plan by its link: frozen when it was sent, and careful with what was found since."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.aftercare.models import PlanIssue
from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.core.links import Link
from clinic.drawings.figure.pose_files import FOLDER
from clinic.places.models import Clinic
from tests.aftercare.steps import address, build, find, plan_link, send
from tests.conftest import NOW
from tests.rows import rows

STRETCH = "half_kneeling_hip_flexor"


@pytest.fixture
def client(new_visitor):
    return new_visitor()


def later(**more):
    return time_machine.travel(NOW + timedelta(**more), tick=False)


def test_the_page_says_who_sent_it_how_long_it_takes_and_what_to_do(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge", STRETCH, word="Start gently.", review_on="2026-04-08")
    client.get(link)
    assert "From Ana, 11 March · review on 8 April" in client.text
    assert "Two exercises, about 9 minutes, 3 days a week. Warm up first." in client.text
    assert "Start gently." in client.text
    in_order = (
        "Warm up Easy walk",
        "1 of 2 · Strengthen Bridge",
        "2 of 2 · Stretch Half-kneeling",
        "Stop, and call us, if",
    )
    places = [client.text.index(words) for words in in_order]
    assert places == sorted(places)
    assert "2 × 10, held for 3 seconds, 3 days a week" in client.text
    assert "2 × 30 seconds each side, 3 days a week" in client.text
    assert client.link("When to stop") == "#stop"
    assert 'id="stop"' in client.page.text


def test_a_plan_sent_before_sentences_had_a_kind_reads_as_it_did(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge")
    with writing():
        issue = db.session.scalars(select(PlanIssue)).one()
        document = json.loads(issue.document)
        for step in document["steps"]:
            step["how"] = [one["words"] for one in step["how"]]
            del step["version"], step["purpose"]
        issue.document = json.dumps({**document, "version": 1})
        db.session.commit()
    client.get(link)
    assert "Your feet are as wide as your hips. Tuck your pelvis slightly." in client.text


def test_days_a_week_that_differ_are_said_from_least_to_most(ana, clara, client):
    client.get(plan_link(ana, clara, "glute_bridge", "pelvic_tilt"))
    assert "3 to 7 days a week" in client.text


def test_what_is_changed_for_this_client_and_the_therapists_own_words_stand_at_the_exercise(ana, clara, client):
    find(ana, clara, "spondylolisthesis")
    build(ana, clara, "glute_bridge", **{"glute_bridge-words": "Shoes off."})
    send(ana, clara)
    client.get(address(clara))
    assert "For you: Keep the tuck, and stop just below the straight line. Shoes off." in client.text


def test_emergency_words_are_those_of_the_country(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge")
    client.get(link)
    for words in ("Call 999 now.", "Go to A&E now.", "Unsure: call 111.", "0117 496 0000"):
        assert words in client.text
    with writing():
        db.session.execute(update(Clinic).values(country="US"))
        db.session.commit()
    client.get(link)
    assert "Call 911 now." in client.text
    assert "999" not in client.text


def test_the_page_asks_not_to_be_found_and_reveals_no_name(ana, clara, client):
    page = client.get(plan_link(ana, clara, "glute_bridge"))
    assert '<meta name="robots" content="noindex">' in page.text
    assert "Clara" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_what_was_sent_does_not_change_until_it_is_sent_again_under_the_same_link(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge")
    before = client.get(link).data
    build(ana, clara, "pelvic_tilt", word="New word")
    assert client.get(link).data == before
    send(ana, clara, word="New word")
    client.get(link)
    assert "1 of 2 · Calm Pelvic tilt, lying" in client.text
    assert "New word" in client.text
    assert address(clara) == link


def test_an_injury_found_later_takes_the_stretch_from_the_page_until_it_is_sound(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge", STRETCH)
    with later(days=2):
        find(ana, clara, psoas_left="acute")
        client.get(link)
        assert (
            "Half-kneeling hip-flexor stretch Leave this one out for now. Ana will talk to you about it." in client.text
        )
        assert "Squeeze your seat on the side you kneel on" not in client.text
        assert "One exercise, about 6 minutes" in client.text
        assert "1 of 1 · Strengthen Bridge" in client.text
    with later(days=30):
        find(ana, clara)
        client.get(link)
        assert "2 of 2 · Stretch Half-kneeling" in client.text


def test_an_injury_takes_away_what_an_older_plan_has_held_like_a_stretch(ana, clara, client):
    link = plan_link(ana, clara, "knee_to_chest")
    with writing():
        issue = db.session.scalars(select(PlanIssue)).one()
        document = json.loads(issue.document)
        document["steps"][1] |= {"reps": None, "hold_s": 20}
        issue.document = json.dumps(document)
        db.session.commit()
    with later(days=2):
        find(ana, clara, gluteals_left="acute")
        client.get(link)
    assert "One knee to the chest Leave this one out for now." in client.text


def test_a_condition_found_later_takes_away_what_it_rules_out(ana, clara, client):
    link = plan_link(ana, clara, "prone_rest")
    with later(days=2):
        find(ana, clara, "spondylolisthesis")
        client.get(link)
    assert "Resting on your front Leave this one out for now." in client.text
    assert "Let your back and your seat soften" not in client.text
    assert "exercise, about" not in client.text


def test_a_condition_found_later_holds_back_what_is_to_be_asked_first_until_it_was(ana, clara, client):
    link = plan_link(ana, clara, STRETCH)
    with later(days=2):
        find(ana, clara, "disc_acute")
        for page in (link, f"{link}/session"):
            client.get(page)
            assert "Squeeze your seat on the side you kneel on" not in client.text
        ana.get(f"/clients/{clara}/plan")
        send(ana, clara, **{f"{STRETCH}-asked": "disc_acute"})
        client.get(link)
    assert "Squeeze your seat on the side you kneel on" in client.text


@pytest.mark.parametrize("is_older", [False, True])
def test_what_a_condition_found_later_changes_is_told_beside_what_was_changed_before(ana, clara, client, is_older):
    find(ana, clara, "floor")
    build(ana, clara, "constructive_rest")
    send(ana, clara)
    if is_older:
        with writing():
            issue = db.session.scalars(select(PlanIssue)).one()
            document = json.loads(issue.document)
            for step in document["steps"]:
                del step["changed_for"]
            issue.document = json.dumps(document)
            db.session.commit()
    link, on_a_bed = address(clara), "For you: Lie on a firm bed, not on the floor."
    client.get(link)
    assert on_a_bed in client.text
    assert "Lie on your side" not in client.text
    with later(days=2):
        find(ana, clara, "floor", "pregnancy_16w")
        for page in (link, f"{link}/session"):
            client.get(page)
            assert f"{on_a_bed} Lie on your side with a pillow between your knees" in client.text
            assert client.text.count("not on the floor") == 1


def test_an_easier_form_that_would_be_done_differently_is_not_offered_without_saying_so(ana, clara, client):
    link, easier = plan_link(ana, clara, "constructive_rest", "supine_march"), "Rest your lower legs on a chair."
    client.get(link)
    assert easier in client.text
    with later(days=2):
        find(ana, clara, "pregnancy_16w")
        client.get(link)
        assert "Lie on your side with a pillow" in client.text
        assert easier not in client.text
        ana.get(f"/clients/{clara}/plan")
        ana.send(f"/clients/{clara}/plan", remove="supine_march")
        send(ana, clara)
        client.get(link)
        assert "Lie on your side with a pillow" in client.text
        assert easier not in client.text
    with later(days=3):  # both say the same
        find(ana, clara, "floor")
        build(ana, clara, "supine_march")
        send(ana, clara)
        client.get(link)
        assert "Do the heel slide instead." in client.text


def test_a_wrong_expired_or_foreign_link_is_an_ordinary_404(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge")
    wrong = client.get("/plans/none")
    assert wrong.status_code == 404
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    visit = db.session.scalar(select(Link).where(Link.subject_id == select(Appointment.id).scalar_subquery()))
    for other in (forged, f"/plans/{visit.token}"):
        assert client.get(other).data == wrong.data
        assert client.get(f"{other}/help").data == wrong.data
    with later(days=366):
        assert client.get(link).data == wrong.data


def test_the_week_says_in_words_which_days_were_done_of_how_many_and_never_what_was_not(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge")
    client.get(link)
    assert "3 days planned this week Mon Tue Wed Thu" in client.text
    client.send(f"{link}/log", told="done")
    with later(days=2):
        client.get(link)
        client.send(f"{link}/log", told="done")
        assert "2 of 3 days this week Mon Tue Wed ✓ done Thu Fri ✓ done Sat Sun" in client.text
    for more in (3, 4):
        with later(days=more):
            client.get(link)
            client.send(f"{link}/log", told="done")
            assert "All 3 days of this week are done" in client.text
    with later(days=5):
        client.get(link)
        assert "3 days planned this week Mon Tue" in client.text
        assert "missed" not in client.text.casefold()


def test_days_that_the_therapist_chose_are_marked(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge")
    with writing():
        issue = db.session.scalars(select(PlanIssue)).one()
        document = json.loads(issue.document)
        document["steps"][1]["weekdays"] = [0, 2, 4, 6]
        issue.document = json.dumps(document)
        db.session.commit()
    client.get(link)
    assert "4 days planned this week Mon • planned Tue Wed • planned Thu Fri • planned Sat Sun • planned" in client.text


def test_an_exercise_says_why_and_tells_what_to_do_from_what_to_mind(ana, clara, client):
    page = client.get(plan_link(ana, clara, "glute_bridge"))
    assert "Why this one: It trains your seat and the back of your thighs." in client.text
    assert '<li class="breathing">Hold, and go on breathing.</li>' in page.text


def test_when_to_stop_and_the_number_stay_in_reach(ana, clara, client):
    page = client.get(plan_link(ana, clara, "glute_bridge"))
    in_reach = page.text.partition('<p class="in-reach">')[2].partition("</p>")[0]
    assert 'href="#stop"' in in_reach
    assert 'href="tel:01174960000"' in in_reach


def test_looking_changes_nothing(ana, clara, client):
    link = plan_link(ana, clara, "glute_bridge")
    before = rows()
    client.get(link)
    client.get(f"{link}/help")
    assert rows() == before


def test_each_drawing_is_a_file_by_the_link_told_in_words_for_who_does_not_see_it(ana, clara, client, new_visitor):
    link = plan_link(ana, clara, "glute_bridge")
    page = client.get(link)
    assert "<svg" not in page.text
    assert 'alt="Bridge: hold. Lying on the back.' in page.text
    sources = re.findall(r'<img src="([^"]+)"[^>]* width="\d+" height="\d+" loading="lazy">', page.text)
    assert f"{link}/exercises/glute_bridge/pictures/hold" in sources
    for source in sources:
        picture = new_visitor().get(source)
        assert picture.content_type == "image/svg+xml; charset=utf-8"
        assert picture.text.startswith("<svg")
        assert "sandbox" in picture.headers["Content-Security-Policy"]
        assert "private" in picture.headers["Cache-Control"]
    for other in ("glute_bridge/pictures/nothing", "prone_rest/pictures/hold"):
        assert client.get(f"{link}/exercises/{other}").status_code == 404


def test_a_drawing_is_the_one_that_was_sent(ana, clara, client):
    """The exercise may be drawn anew since."""
    link = plan_link(ana, clara, "glute_bridge")
    before = client.get(f"{link}/exercises/glute_bridge/pictures/hold").text
    with writing():
        issue = db.session.scalars(select(PlanIssue)).one()
        document = json.loads(issue.document)
        document["steps"][1]["pose"] = (FOLDER / "pelvic_tilt.yaml").read_text()
        issue.document = json.dumps(document)
        db.session.commit()
    assert client.get(f"{link}/exercises/glute_bridge/pictures/hold").text != before
