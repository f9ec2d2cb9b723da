"""“Whom do you recommend?”: treatments and therapists who qualify, with the reason; what may be serious comes first."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.people.models import Therapist
from clinic.places.models import Location
from clinic.qualifications.models import Credential
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.house.test_statements import counting, make_busy
from tests.rows import whole_rows
from tests.visitor import Visitor

PAGE = "/recommendation"
NONE = {"now": "none", "tummy": "none", "who": "none"}
HIP = {**NONE, "where": "hip", "when": ["walking", "sitting"]}


def ask(visitor, **said):
    return visitor.post(PAGE, **{**HIP, **said})


def recommended(visitor):
    """Each treatment with whom it is recommended, in order."""
    cards = re.findall(r'<section class="card">(.*?)</section>', visitor.page.text, re.DOTALL)
    return {re.search("<h2>(.*?)</h2>", one)[1]: re.findall(r"/therapists/([\w-]+)", one) for one in cards}


def change(table, where, **values):
    with writing():
        db.session.execute(sa.update(table).where(where).values(**values))
        db.session.commit()


def test_a_hip_that_hurts_when_walking_leads_to_whoever_is_trained_and_one_tap_keeps_their_time(visitor):
    visitor.get("/")
    visitor.get(visitor.link("whom do we recommend"))
    ask(visitor, side="right")
    assert recommended(visitor) == {
        "Psoas release": ["ana-moreau"],
        "Hips without tummy work": ["ana-moreau", "ben-okafor"],
        "Massage": ["ana-moreau", "ben-okafor"],
    }
    assert "You told us: front of the hip (right)" in visitor.text
    assert "Only somebody trained for it does it" in visitor.text
    assert "Level 5 sports massage Psoas release training Insured to December 2027" in visitor.text
    time = next(one for one in visitor.times if one["treatment"] == "massage" and "ben" in one["slot"])
    visitor.tap(**time)
    assert visitor.page.request.path == "/treatments/massage/details"


def test_the_reason_is_said_in_words(visitor, cast):
    change(Treatment, Treatment.id == cast.massage.id, name="Walking and hip check")
    ask(visitor)
    assert (
        "Because it hurts when you sit long and it hurts when you walk, this is where we would begin." in visitor.text
    )
    assert next(iter(recommended(visitor))) == "Walking and hip check"


def test_whoever_is_new_is_led_to_the_assessment_and_not_to_the_release(visitor, cast):
    change(Treatment, Treatment.id == cast.release.id, assessment_id=cast.massage.id)
    ask(visitor)
    assert list(recommended(visitor)) == ["Massage", "Hips without tummy work"]


@pytest.mark.parametrize(
    ("ticked", "words"),
    [
        ({"now": "saddle_or_leg"}, "Go to A&E now. Don't drive yourself."),
        ({"now": "chest_or_sudden"}, "Call 999 now."),
        ({"now": "groin_locked", "tummy": "aspirin"}, "Go to A&E now."),
    ],
)
def test_an_emergency_is_answered_at_once_whatever_else_is_blank(visitor, ticked, words):
    visitor.post(PAGE, **ticked)
    assert visitor.page.status_code == 200
    assert words in visitor.text
    assert recommended(visitor) == {}
    assert visitor.link("Answer again") == PAGE


def test_a_doctor_comes_first_with_a_letter_to_take(visitor):
    visitor.post(PAGE, **{**NONE, "now": "unwell_with_pain"})
    assert "Please see your doctor or call 111 today, before any massage." in visitor.text
    assert "A letter to take" in visitor.text
    assert "We kept nothing of what you told us." in visitor.text
    assert visitor.times == []


@pytest.mark.parametrize("ticked", ["tummy_unexplained", "vessels_or_operation"])
def test_who_has_to_talk_to_a_therapist_first_is_offered_no_time(visitor, ticked):
    ask(visitor, tummy=ticked)
    assert "a therapist should talk with you before anything is booked" in visitor.text
    assert (recommended(visitor), visitor.times) == ({}, [])


def test_deep_tummy_work_is_left_out_for_whom_the_safety_page_says_so(visitor):
    ask(visitor, tummy="blood_thinner")
    assert list(recommended(visitor)) == ["Hips without tummy work", "Massage"]
    assert "we leave out deep tummy work" in visitor.text


def test_numbness_is_sent_to_a_doctor_and_is_no_tight_muscle(visitor):
    ask(visitor, feels=["ache", "nerve"])
    assert "Please have this looked at first" in visitor.text
    assert "psoas" not in visitor.page.text.lower()


@pytest.mark.parametrize("feels", ["joint", "sharp"])
def test_a_joint_or_a_sharp_pain_is_looked_at_first(visitor, cast, feels):
    change(Treatment, Treatment.id == cast.massage.id, name="Assessment")
    ask(visitor, feels=feels)
    assert list(recommended(visitor)) == ["Assessment"]
    assert "A look comes first" in visitor.text


def test_whoever_does_not_qualify_is_not_recommended(visitor, cast):
    of_ben = sa.and_(Credential.therapist_id == cast.ben.id, Credential.kind == "insurance")
    change(Credential, of_ben, expires_on=NOW.date() - timedelta(days=1))
    ask(visitor)
    assert {who for whom in recommended(visitor).values() for who in whom} == {"ana-moreau"}


def test_wishes_narrow_whom_and_when(visitor, cast):
    change(Therapist, Therapist.id == cast.ben.id, gender="man", languages=["pl", "en"])
    change(Therapist, Therapist.id == cast.ana.id, gender="woman", languages=["en"])
    for wish in ({"gender": "man"}, {"language": "pl"}):
        ask(visitor, **wish)
        assert recommended(visitor) == {"Hips without tummy work": ["ben-okafor"], "Massage": ["ben-okafor"]}
    ask(visitor, part="afternoon")
    assert {time["label"].partition(" ")[0] for time in visitor.times} == {"midday"}


def test_where_nobody_suits_everybody_is_shown_and_that_is_said(visitor, cast):
    change(Therapist, Therapist.id == cast.ana.id, gender="man")
    ask(visitor, gender="woman")
    assert "Nobody suits all you wished for." in visitor.text
    assert "Massage" in recommended(visitor)


def test_a_place_narrows_to_who_works_there(visitor, cast):
    with writing():
        db.session.add(Location(name="Bath", address="2 Test Street", zone="Europe/London"))
        db.session.commit()
    bath = db.session.scalar(sa.select(Location.id).where(Location.name == "Bath"))
    ask(visitor, location=str(bath))
    assert "Nobody suits all you wished for." in visitor.text
    ask(visitor, location=str(cast.location.id))
    assert "Nobody suits" not in visitor.text


def test_what_is_said_is_kept_nowhere(app, cast):
    stranger = Visitor(app)
    before = whole_rows()
    for said in (
        HIP,
        {**HIP, "now": "chest_or_sudden"},
        {**HIP, "now": "unwell_with_pain"},
        {**HIP, "who": "under_18"},
    ):
        answer = stranger._request("POST", PAGE, data=said)  # without a token, which would be a cookie
        assert (answer.status_code, answer.request.path, answer.request.query_string) == (200, PAGE, b"")
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    assert whole_rows() == before
    assert stranger.client.get_cookie("session") is None


def test_what_is_missing_is_asked_for_and_what_was_ticked_stays(visitor):
    answer = visitor.post(PAGE, now="none", when="stairs", seated_hours="99")
    assert answer.status_code == 422
    for words in ("Your tummy and blood: tick what is true", "Tick where it hurts.", "Enter 0 to 24."):
        assert words in visitor.text
    assert re.search(r'checked[^>]*value="stairs"', answer.text)


def test_what_is_not_there_to_choose_counts_as_nothing(visitor):
    wishes = dict.fromkeys(("gender", "language", "location", "part", "side", "since"), "x")
    ask(visitor, **wishes)
    assert "Massage" in recommended(visitor)
    assert "Nobody suits" not in visitor.text


def test_it_asks_as_much_at_a_busy_clinic_as_at_an_empty_one(visitor, cast):
    def asked():
        ask(visitor)
        with counting() as found:
            ask(visitor)
        return len(found)

    before = asked()
    make_busy(cast)
    assert asked() == before <= 8
