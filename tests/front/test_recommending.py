"""What is recommended for what a client says: a table of cases, and what holds whatever they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.front.rules import Known, Pick, Recommendation, Told, recommend
from clinic.intake.rules import PAGE, decide_by
from clinic.intake.safety_lists import shipped

RELEASE = Known(
    "release", "Psoas release, at the front of the hip", is_release=True, training="psoas_release", alternative="hips"
)
HIPS = Known("hips", "Hip release without tummy work")
BACK = Known("back", "Low back and hips: clinical massage of back, seat and hips")
FIRST = Known("first", "First visit: assessment and massage")
SPORTS = Known("sports", "Sports massage for legs that run, ride or climb")
NECK = Known("neck", "Neck and shoulders, for the hours at a desk")
BUMP = Known("bump", "Pregnancy massage", training="pregnancy")
CHECK = Known("check", "Walking and hip check")
PLAIN = Known("plain", "Massage")
ALL = (RELEASE, HIPS, BACK, FIRST, SPORTS, NECK, BUMP, CHECK, PLAIN)


ON_PAGE = [rule.id for rule in shipped() if rule.asked and rule.group in PAGE]


def told(where="hip", when="", feels="ache", ticks="", since="weeks", sports="", seated=0):
    words = [frozenset(one.split()) for one in (ticks, where, feels, when)]
    return Told(*words, since, frozenset(sports.split()), seated)


def recommended(said, treatments):
    """As the page does: with what the safety list decides about the ticks."""
    return recommend(said, decide_by(shipped(), said.ticks, deep=True), treatments)


CASES = [  # what is said, what is recommended and why, and what is advised besides
    (told("hip", "walking"), "check:begin release:release hips:place", ""),
    (told("hip", "walking sitting", since="years"), "check:begin release:release hips:place", "lasting"),
    (told("low_back", seated=8), "first:begin release:release back:place", ""),
    (told("low_back", sports="cycling"), "first:begin release:release back:place", ""),
    (told("hip", "walking", ticks="blood_thinner"), "check:begin hips:instead back:place", ""),
    (told("hip", "walking", ticks="tummy_unexplained"), "", "ring"),
    (told("hip", "walking", ticks="under_18"), "", "ring"),
    (told("hip", "walking", ticks="saddle_or_leg"), "", ""),
    (told("hip", "walking", ticks="unwell_with_pain"), "", ""),
    (told("hip", "walking", ticks="pregnant"), "bump:pregnancy", ""),
    (told("low_back", "walking", feels="ache nerve"), "first:nerve", "nerve"),
    (told("hip", "walking", feels="joint"), "check:joint", "joint"),
    (told("hip", "walking", feels="sharp joint"), "check:joint", "joint"),
    (told("neck_shoulders", feels="sharp"), "first:sharp", "sharp"),
    (told("hip", "other"), "hips:place back:place check:place", ""),
    (told("low_back"), "back:place plain:general first:look", ""),
    (told("neck_shoulders"), "neck:place plain:general first:look", ""),
    (told("neck_shoulders low_back", since="months"), "back:place neck:place plain:general", "lasting"),
    (told("thigh", "sport"), "sports:place plain:general first:look", ""),
    (told("elsewhere", sports="other"), "sports:sport plain:general first:look", ""),
    (told("elsewhere"), "plain:general first:look check:look", ""),
    (told("groin"), "plain:general first:look check:look", ""),
]


@pytest.mark.parametrize(("said", "picks", "advice"), CASES)
def test_what_is_said_leads_to_what_is_recommended(said, picks, advice):
    found = recommended(said, ALL)
    assert " ".join(f"{one.slug}:{one.why}" for one in found.picks) == picks
    assert " ".join(found.advice) == advice


def test_whoever_is_new_comes_for_the_assessment_that_a_release_asks_for():
    release = Known(
        "release", RELEASE.text, is_release=True, training="psoas_release", assessment="look", alternative="hips"
    )
    look = Known("look", "How you move")
    found = recommended(told("hip", "walking"), (release, look, HIPS, PLAIN))
    assert [(one.slug, one.why) for one in found.picks] == [("look", "begin"), ("hips", "place"), ("plain", "general")]
    without = recommended(told("hip", "walking"), (release, HIPS))
    assert [one.slug for one in without.picks] == ["hips"]


def test_a_clinic_that_offers_nothing_recommends_nothing():
    assert recommended(told("hip", "walking"), ()) == Recommendation()
    assert recommended(told("hip", ticks="pregnant"), (RELEASE, PLAIN)) == Recommendation(advice=("ring",))


anything = st.builds(
    Told,
    ticks=st.frozensets(st.sampled_from(ON_PAGE), max_size=3),
    where=st.frozensets(
        st.sampled_from(["low_back", "hip", "groin", "buttock", "thigh", "neck_shoulders", "elsewhere"])
    ),
    feels=st.frozensets(st.sampled_from(["ache", "joint", "nerve", "sharp"])),
    when=st.frozensets(st.sampled_from(["sitting", "walking", "stairs", "getting_up", "sport", "other"])),
    since=st.sampled_from(["", "days", "weeks", "months", "years"]),
    sports=st.frozensets(st.sampled_from(["cycling", "running", "climbing", "other"])),
    seated_hours=st.integers(0, 24),
)
some = st.lists(st.sampled_from(ALL), unique=True)


@given(said=anything, offered=some)
def test_a_release_is_never_recommended_against_the_safety_page_nor_before_somebody_has_looked(said, offered):
    picks = {one.slug for one in recommended(said, offered).picks}
    decided = decide_by(shipped(), said.ticks, deep=True)
    if "release" in picks:
        assert decided.release_allowed
        assert not said.feels & {"joint", "nerve", "sharp"}
    if decided.emergency or decided.refer or decided.ring_first:
        assert not picks
    if "bump" in picks or "pregnant" in said.ticks:
        assert picks <= {"bump"}


@given(said=anything, offered=some)
def test_at_most_three_are_recommended_each_once_and_all_of_them_offered(said, offered):
    slugs = [one.slug for one in recommended(said, offered).picks]
    assert len(slugs) == len(set(slugs)) <= 3
    assert set(slugs) <= {one.slug for one in offered}


@given(said=anything, offered=some, tick=st.sampled_from(ON_PAGE))
def test_another_tick_never_opens_a_release(said, offered, tick):
    more = Told(said.ticks | {tick}, said.where, said.feels, said.when, said.since, said.sports, said.seated_hours)
    assert Pick("release", "release") not in recommended(more, offered).picks
