"""The body chart of a note: rows and pictures say the same, whoever fills them in, and what was signed stays."""

import json
import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from clinic.booking.models import Appointment
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.drawings.marks import KINDS, PLACES
from clinic.intake.models import HealthHistory
from clinic.notes.forms import chart
from clinic.notes.models import NoteDraft
from clinic.notes.operations import Page, sign
from clinic.notes.queries import content_of
from clinic.notes.rules import Content, NoteMark, Treated
from clinic.notes.rules.chart import TECHNIQUES, change_of
from clinic.notes.wording import chart as wording
from tests.conftest import NOW
from tests.notes.conftest import WORDS
from tests.steps import book
from tests.visitor import fields_of

HIP = {"marks-0-place": "hip_flexors/right", "marks-0-kind": "dull", "marks-0-before": "6", "marks-0-after": "2"}
BACK = {"treated-0-place": "low_back/left", "treated-0-technique": "slow_pressure", "treated-0-minutes": "10"}
IN_WORDS = "Front of hip, right: dull or aching, 6 on arrival, 2 at the end (4 lower than on arrival)"
pain = st.none() | st.integers(0, 10)
marks = st.lists(
    st.builds(NoteMark, place=st.sampled_from(PLACES), kind=st.sampled_from(["", *KINDS]), before=pain, after=pain),
    max_size=6,
    unique_by=lambda one: one.place,
).map(tuple)
treated = st.lists(
    st.builds(
        Treated,
        place=st.sampled_from(PLACES),
        technique=st.sampled_from(["", *TECHNIQUES]),
        minutes=st.none() | st.integers(1, 240),
        pressure=pain,
    ),
    max_size=6,
).map(tuple)


def kept():
    return content_of(db.session.scalar(select(NoteDraft)))


@pytest.fixture
def request_of_a_page(app):
    with app.test_request_context():
        yield


def sent(**fields):
    form = chart.ChartPart(formdata=MultiDict(fields))
    form.validate()
    return form


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(marks, treated)
def test_what_the_page_shows_of_a_chart_says_the_same_when_it_is_sent(request_of_a_page, marks, treated):
    content = Content(marks=marks, treated=treated)
    shown = chart.ChartPart(formdata=None, data=chart.kept(content))
    again = sent(
        **{field.name: field._value() if field.name.endswith("minutes") else field.data for field in rows(shown)}
    )
    for form in (shown, again):
        assert chart.said(form) == {"marks": marks, "treated": treated}
    assert again.marks.errors == again.treated.errors == []


def rows(form):
    return [field for part in (form.marks, form.treated) for row in part.shown for field in row]


def test_rows_without_a_place_say_nothing_and_gaps_between_rows_do_no_harm(request_of_a_page):
    form = sent(**{"marks-0-kind": "dull", "marks-7-place": "knee/left", "marks-3-place": "groin/right"})
    assert chart.said(form)["marks"] == (NoteMark("groin/right"), NoteMark("knee/left"))


@pytest.mark.parametrize(
    ("wrong", "became"),
    [
        ({"treated-0-minutes": "ten"}, Treated("low_back/left", "slow_pressure", None, None)),
        ({"treated-0-minutes": "500"}, Treated("low_back/left", "slow_pressure", None, None)),
        ({"treated-0-technique": "hammer"}, Treated("low_back/left", "", 10, None)),
        ({"treated-0-pressure": "11"}, Treated("low_back/left", "slow_pressure", 10, None)),
    ],
)
def test_what_cannot_be_read_in_a_row_is_told_and_the_rest_of_the_row_is_kept(ana, path, wrong, became):
    page = ana.send(f"{path}/draft", **{**WORDS, **BACK, **wrong})
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert kept().treated == (became,)
    assert fields_of(page.text)["treated-0-minutes"] == {**BACK, **wrong}["treated-0-minutes"]


def test_a_place_that_is_told_twice_is_asked_about_and_one_of_no_chart_is_nobodys(request_of_a_page):
    form = sent(
        **HIP, **{"marks-1-place": "hip_flexors/right", "marks-2-place": "moon/left", "marks-3-place": "moon/left"}
    )
    assert form.marks.errors[0] == "Front of hip, right stands in the list already: say it there."
    assert [one.place for one in chart.said(form)["marks"]] == ["hip_flexors/right"]


def test_without_a_script_there_is_always_one_more_row_and_the_pictures_show_what_was_saved(ana, path):
    assert ana.page.text.count('name="marks-0-place"') == 1
    ana.send(f"{path}/draft", **HIP, **BACK)
    assert fields_of(ana.page.text).items() >= {**HIP, **BACK, "marks-1-place": "", "treated-1-place": ""}.items()
    ana.send(f"{path}/draft", **{"marks-0-place": ""})
    assert kept().marks == ()
    front, _ = pictures(ana.page.text)
    assert "6→2" not in front


def pictures(page):
    return re.findall(r'<svg[^>]*data-view="(?:front|back)".*?</svg>', page, re.DOTALL)


def test_a_signed_chart_is_shown_in_pictures_and_in_the_same_words(ana, path, appointment):
    ana.send(f"{path}/signature", **WORDS, **HIP, **BACK, **{"treated-0-pressure": "5"})
    front, back = pictures(ana.page.text)
    assert ">6→2<" in front
    assert ">T<" in back
    for words in (IN_WORDS, "Low back, left: slow pressure, 10 minutes, pressure 5 of 10"):
        assert f"<li>{words}</li>" in ana.page.text
        assert words.lower() in front.lower()
    ana.get(f"/clients/{appointment.client_id}")
    assert IN_WORDS in ana.text
    assert "data-view" not in ana.page.text  # ten notes stand on a record


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (6, 2, "6 on arrival, 2 at the end (4 lower than on arrival)"),
        (2, 3, "2 on arrival, 3 at the end (1 higher than on arrival)"),
        (4, 4, "4 on arrival, 4 at the end (as on arrival)"),
        (None, 2, "2 at the end"),
        (6, None, "6 on arrival"),
    ],
)
def test_a_change_within_a_visit_is_told_as_a_number_and_no_more(request_of_a_page, before, after, words):
    assert wording.mark(NoteMark("knee/left", "sharp", before, after)) == f"Knee, left: sharp or stabbing, {words}"
    assert (change_of(NoteMark("knee/left", "", before, after)) is None) == (None in {before, after})


def test_a_note_of_version_1_still_shows_what_was_treated(ana, path, appointment):
    old = {"subjective": "Stiff", "objective": "", "assessment": "", "plan": ""}
    content = Content.from_kept({**old, "treated": ["neck_and_shoulder/left", "calf/right"]})
    with writing():
        assert not sign(db.session, appointment, content, Page("k", 0), now=appointment.ends_at, by=GUEST)
        db.session.commit()
    ana.get(path)
    assert "Neck and shoulder, left" in ana.text
    front, back = pictures(ana.page.text)
    assert (front.count(">T<"), back.count(">T<")) == (2, 3)  # neck and shoulder are seen from either side


def test_what_hurt_last_time_lies_dashed_beneath_and_is_told_in_words(ana, path, appointment, later, new_visitor):
    ana.send(f"{path}/signature", **WORDS, **HIP)
    later.move_to(NOW + timedelta(days=7))
    book(new_visitor(), at="20260319T1000Z", therapist="ana-moreau", name="Clara Teacup", email="clara@client.test")
    ana.get(f"/notes/{next_of(appointment).id}")
    assert f"Last time: {IN_WORDS}" in ana.text
    front, back = pictures(ana.page.text)
    assert ("stroke-dasharray" in front, "stroke-dasharray" in back) == (True, False)
    assert "6→2" not in front.partition("data-marked")[2]


def next_of(appointment):
    with writing():
        newest = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()))
        newest.client_id = appointment.client_id
        db.session.commit()
    return newest


def test_what_they_told_of_themselves_is_offered_on_a_first_note(ana, path, appointment):
    told = [{"region": "calf", "side": "left", "kind": "numb", "strength": 3}]
    with writing():
        history = {"told_by": "guest", "begun_at": NOW, "saved_at": NOW, "finished_at": NOW}
        db.session.add(HealthHistory(client_id=appointment.client_id, answers=json.dumps({"marks": told}), **history))
        db.session.commit()
    ana.get(path)
    assert "They told: Calf, left: numb, 3 of 10" in ana.text
    assert "Take over what they told" in ana.text
    assert "stroke-dasharray" in pictures(ana.page.text)[1]
    ana.send(f"{path}/draft", **WORDS)
    assert kept().marks == ()  # offered, and no more


def test_a_chart_that_comes_after_the_signature_goes_into_an_amendment(ana, path):
    ana.send(f"{path}/signature", **WORDS)
    page = ana.post(f"{path}/signature", **WORDS, **HIP, **BACK, key="k", revision="1")
    assert page.status_code == 409
    for words in (IN_WORDS, "Treated: Low back, left: slow pressure, 10 minutes"):
        assert words in ana.text
