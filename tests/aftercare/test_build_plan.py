"""A therapist builds a plan and sends it: nothing typed is lost, and nothing unsafe goes out."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import func, select

from clinic.aftercare import queries
from clinic.aftercare.operations import Content
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.core.links import Link
from clinic.people.models import Client
from tests.aftercare.steps import address, build, find, plan_link, send
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.rows import rows

STRETCH = "half_kneeling_hip_flexor"


def content(client_id):
    plan = queries.plan_of(db.session, client_id)
    found = Content.read(plan.content)
    db.session.rollback()
    return found


def chosen(client_id):
    return [step.exercise for step in content(client_id).steps]


def page_of(client_id):
    return f"/clients/{client_id}/plan"


def test_before_anything_was_asked_the_page_leads_to_the_questions(ana, clara):
    ana.get(page_of(clara))
    assert "Injuries and conditions have not been asked about yet" in ana.text
    assert ana.link("Ask now") == f"/clients/{clara}/findings"
    assert ana.link("Record") == f"/clients/{clara}"
    assert f'value="{STRETCH}"' not in ana.page.text


def test_adding_keeps_all_that_was_typed_and_saves_it(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    ana.send(page_of(clara), add="pelvic_tilt", word="Go gently.", **{"glute_bridge-sets": "3"})
    assert ana.page.request.path == page_of(clara)
    assert chosen(clara) == ["glute_bridge", "pelvic_tilt"]
    assert content(clara).steps[0].sets == 3
    assert content(clara).word == "Go gently."
    assert "Two exercises · about" in ana.text
    assert ana.text.index("Pelvic tilt, lying Remove") < ana.text.index("Bridge Remove")  # calm before strengthen


def test_only_what_the_dose_of_an_exercise_has_is_asked(ana, clara):
    find(ana, clara)
    page = build(ana, clara, "constructive_rest", STRETCH).text
    for field, asked in (("time_s", True), ("reps", False), ("hold_s", False), ("side", False)):
        assert (f'name="constructive_rest-{field}"' in page) == asked, field
    for field, asked in (("time_s", False), ("reps", False), ("hold_s", True), ("side", True)):
        assert (f'name="{STRETCH}-{field}"' in page) == asked, field


def test_removing_takes_one_away_and_leaves_the_others(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge", "pelvic_tilt")
    ana.send(page_of(clara), remove="glute_bridge")
    assert chosen(clara) == ["pelvic_tilt"]
    assert 'value="glute_bridge"' in ana.page.text  # to add again


def test_an_exercise_is_in_a_plan_once_and_what_is_no_exercise_never(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge", "cartwheel", **{"handstand-chosen": "yes"})
    ana.send(page_of(clara), add="glute_bridge")
    assert chosen(clara) == ["glute_bridge"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("glute_bridge-sets", "lots", "Bridge: Rounds: Enter a number from 1 to 10."),
        ("glute_bridge-sets", "", "Bridge: Rounds: Enter a number from 1 to 10."),
        ("glute_bridge-per_week", "8", "Bridge: Days a week: Enter a number from 1 to 7."),
        (f"{STRETCH}-hold_s", "90", "A stretch is held for 10 to 60 seconds."),
        ("review_on", "soon", "Enter a date like 2026-12-24"),
        ("review_on", "2026-03-10", "That day is over."),
        ("word", "x" * 1001, "Shorten this to 1000 characters"),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field_kept_and_not_saved(ana, clara, field, typed, said):
    find(ana, clara)
    build(ana, clara, "glute_bridge", STRETCH)
    page = ana.send(page_of(clara), add="pelvic_tilt", **{"glute_bridge-words": "Shoes off", field: typed})
    assert page.status_code == 422
    assert ana.text.startswith("Error:")
    assert said in ana.text
    assert f'href="#{field}"' in page.text
    assert typed in page.text
    assert "Shoes off" in page.text
    assert "pelvic_tilt-sets" in page.text  # the one they wanted to add stands there too
    assert chosen(clara) == ["glute_bridge", STRETCH]


def test_today_is_a_good_day_to_look_again(ana, clara):
    find(ana, clara)
    assert build(ana, clara, "glute_bridge", review_on="2026-03-11").status_code == 200
    assert content(clara).review_on == NOW.date()


def test_a_page_that_lags_behind_overwrites_nothing_and_keeps_what_was_typed(ana, clara, signed_in):
    find(ana, clara)
    other = signed_in("ana")
    build(ana, clara, "glute_bridge")
    other.get(page_of(clara))
    build(ana, clara, "pelvic_tilt")
    page = other.send(page_of(clara), **{"glute_bridge-words": "From the other page"})
    assert page.status_code == 409
    assert "changed elsewhere since you opened it" in other.text
    assert "From the other page" in page.text
    assert chosen(clara) == ["pelvic_tilt", "glute_bridge"]
    assert other.send(page_of(clara)).status_code == 200  # having seen it, they may
    assert chosen(clara) == ["glute_bridge"]


def test_a_page_that_lags_behind_stays_behind_however_often_it_is_typed_wrong(ana, clara, signed_in):
    find(ana, clara)
    other = signed_in("ana")
    build(ana, clara, "glute_bridge")
    other.get(page_of(clara))
    build(ana, clara, "pelvic_tilt")
    assert other.send(page_of(clara), **{"glute_bridge-sets": "none"}).status_code == 422
    assert other.send(page_of(clara), **{"glute_bridge-sets": "2"}).status_code == 409


@pytest.mark.parametrize("made_up", ["", "-1", "x", "9" * 50, "٣"])
def test_a_revision_that_never_was_is_a_page_that_lags_behind(ana, clara, made_up):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    assert ana.send(page_of(clara), revision=made_up).status_code == 409


def test_sending_freezes_the_plan_mails_its_link_and_leads_to_the_record(app, ana, clara):
    find(ana, clara, "stenosis")
    build(ana, clara, "glute_bridge", STRETCH)
    send(ana, clara)
    assert ana.page.request.path == f"/clients/{clara}"
    assert rows()["plan_issue"] == 1
    letterbox = Letterbox()
    letterbox.round(app, NOW)
    mail = next(one for one in letterbox.mails if "/plans/" in text_of(one))
    assert mail["To"] == "clara@client.test"
    assert address(clara) in text_of(mail)
    ana.get(page_of(clara))
    assert "Version 1: 11 March" in ana.text
    assert "opens the latest version" in ana.text


def test_the_mail_has_no_word_of_health_and_no_exercise(app, ana, clara):
    find(ana, clara, "stenosis")
    build(ana, clara, "glute_bridge", STRETCH, word="For your sore hip")
    send(ana, clara, word="For your sore hip")
    letterbox = Letterbox()
    letterbox.round(app, NOW)
    mail = next(one for one in letterbox.mails if "/plans/" in text_of(one))
    said = f"{mail['Subject']} {text_of(mail)}".lower()
    words = ("exercise", "stretch", "bridge", "hip", "stenosis", "psoas", "pain", "plan ", "muscle")
    assert [word for word in words if word in said] == []


def test_sending_a_second_time_makes_a_second_version_under_the_same_link(ana, clara):
    before = plan_link(ana, clara, "glute_bridge")
    build(ana, clara, "pelvic_tilt")
    send(ana, clara)
    assert rows()["plan_issue"] == 2
    assert address(clara) == before
    assert db.session.scalar(select(func.count()).where(Link.scope == "plan")) == 1


def test_an_empty_plan_is_not_sent(ana, clara):
    find(ana, clara)
    ana.get(page_of(clara))
    assert send(ana, clara).status_code == 422
    assert "There is nothing in the plan yet" in ana.text


def test_nothing_is_sent_before_the_conditions_were_asked(ana, clara):
    ana.post(f"/clients/{clara}/findings", others_sound="y")
    build(ana, clara, "glute_bridge")
    assert send(ana, clara).status_code == 422
    assert ana.link("The conditions have not been asked about yet") == f"/clients/{clara}/findings"
    assert rows()["plan_issue"] == 0


@pytest.mark.parametrize("state", ["acute", "healing", "unsure", "not_asked"])
def test_no_stretch_is_sent_without_a_reason_over_an_injured_healing_unsure_or_unasked_muscle(ana, clara, state):
    others = {f"{muscle}_{side}": "none" for muscle in ("iliacus", "rectus_femoris") for side in ("left", "right")}
    find(ana, clara, sound="y" if state != "not_asked" else "", psoas_left=state, **others)
    ana.get(page_of(clara))
    assert "Half-kneeling hip-flexor stretch" in ana.text.partition("Not now Add all the same")[2]
    ana.send(page_of(clara), add=STRETCH)
    assert "The plan cannot be sent with it" in ana.text
    page = send(ana, clara)
    assert page.status_code == 422
    assert ana.text.startswith("Error:")
    assert "Half-kneeling hip-flexor stretch:" in ana.text
    assert f'href="#{STRETCH}"' in page.text
    assert f'id="{STRETCH}"' in page.text
    assert chosen(clara) == [STRETCH]  # kept, and not sent
    assert rows()["plan_issue"] == 0
    assert rows()["link"] == 1  # the appointment's


def test_what_a_condition_rules_out_is_said_where_it_could_be_added(ana, clara):
    find(ana, clara, "spondylolisthesis")
    ana.get(page_of(clara))
    assert "Resting on your front Not with this: Spondylolisthesis or spondylolysis" in ana.text
    assert "Not now Add all the same Resting on your front" in ana.text


def test_what_is_to_be_asked_first_is_sent_once_it_was(ana, clara):
    find(ana, clara, "osteoporosis")
    build(ana, clara, "knee_rocks")
    assert "Asked, and fine: Osteoporosis" in ana.text
    assert send(ana, clara).status_code == 422
    assert "Ask first, then tick that you did: Osteoporosis" in ana.text
    send(ana, clara, **{"knee_rocks-asked": "osteoporosis"})
    assert rows()["plan_issue"] == 1


def test_a_condition_told_later_has_to_be_asked_about_too(ana, clara):
    find(ana, clara, "osteoporosis")
    build(ana, clara, "knee_rocks", **{"knee_rocks-asked": "osteoporosis"})
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        find(ana, clara, "osteoporosis", "disc_acute")
        ana.get(page_of(clara))
        assert not re.search('type="checkbox"[^>]*checked', ana.page.text)
        assert send(ana, clara, **{"knee_rocks-asked": "osteoporosis"}).status_code == 422
    assert rows()["plan_issue"] == 0


def test_a_long_plan_is_spoken_about_and_the_warm_up_does_not_count(ana, clara):
    find(ana, clara)
    exercises = ["easy_march", "constructive_rest", "pelvic_tilt", "heel_slide", "glute_bridge"]
    build(ana, clara, *exercises)
    assert "is each of these needed?" not in ana.text
    build(ana, clara, "bird_dog")
    assert "5 exercises. People keep up with two to four" in ana.text
    build(ana, clara, "cat_camel", "dead_bug")
    assert "7 exercises are too many for most people" in ana.text


def test_a_stopped_link_opens_nothing_and_sending_again_makes_another(ana, clara, new_visitor):
    before = plan_link(ana, clara, "glute_bridge")
    ana.get(page_of(clara))
    ana.send(f"{page_of(clara)}/link/revocation")
    assert "no longer opens anything" in ana.text
    stranger = new_visitor()
    wrong = stranger.get("/plans/none").data
    assert stranger.get(before).status_code == 404
    assert stranger.get(before).data == wrong
    assert stranger.get(f"{before}/help").status_code == 404
    assert stranger.post(f"{before}/log", told="done").status_code == 404
    send(ana, clara)
    assert address(clara) != before
    assert stranger.get(address(clara)).status_code == 200
    assert stranger.get(before).status_code == 404


def test_a_client_without_a_mail_address_is_given_paper(ana, clara):
    with writing():
        db.session.get_one(Client, clara).email = ""
        db.session.commit()
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    assert "Make it ready for Clara" in ana.text
    assert "Send to Clara" not in ana.text
    send(ana, clara)
    ana.get(page_of(clara))
    assert "has no mail address, so nothing was mailed" in ana.text
    assert "'s mail opens" not in ana.text


def test_another_therapist_finds_no_client_and_reception_no_way_in(ana, clara, signed_in):
    plan_link(ana, clara, "glute_bridge")
    before = rows()["audit_line"]
    ben, nobody = signed_in("ben"), uuid4()
    assert ben.get(page_of(clara)).data == ben.get(page_of(nobody)).data
    for path in ("", "/issue", "/link/revocation"):
        theirs, absent = (ben.post(f"{page_of(one)}{path}", revision="0") for one in (clara, nobody))
        assert (theirs.status_code, theirs.data) == (404, absent.data)
    for name in ("rosa", "olu"):
        staff = signed_in(name)
        assert staff.get(page_of(clara)).status_code == 403
        assert {staff.post(f"{page_of(clara)}{path}").status_code for path in ("", "/issue", "/link/revocation")} == {
            403
        }
    assert rows()["audit_line"] == before + 3  # three signed in
    assert address(clara)


def test_there_is_no_link_to_stop_before_there_is_a_plan(ana, clara):
    assert ana.post(f"{page_of(clara)}/link/revocation").status_code == 404


def test_every_step_is_in_the_trail_without_a_word_of_health(ana, clara):
    plan_link(ana, clara, "glute_bridge", word="For your hip")
    viewed = select(func.count()).where(AuditLine.action == "record.viewed")
    before = db.session.scalar(viewed)
    ana.get(page_of(clara))
    assert db.session.scalar(viewed) == before + 1
    ana.send(f"{page_of(clara)}/link/revocation")
    lines = db.session.scalars(select(AuditLine)).all()
    assert {"plan.saved", "plan.issued", "plan.link_revoked", "record.viewed"} <= {line.action for line in lines}
    trail = " ".join(f"{line.actor} {line.action} {line.subject} {line.detail}" for line in lines)
    assert not [word for word in ("bridge", "hip", "Clara") if word in trail]
