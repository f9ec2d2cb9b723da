"""Injury by muscle and side, told in a note: it counts for the plan from the moment the note is signed."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.rules import advise, muscles_that_lock
from clinic.core.audit import SYSTEM
from clinic.core.db import db, writing
from clinic.notes.operations.findings import keep_injuries, record_findings
from clinic.notes.queries.findings import findings_of, found_in
from clinic.notes.rules import Content, Injury
from clinic.notes.rules.injuries import SIDES, STATES, Found, with_noted
from clinic.people.models import Client
from tests.notes.conftest import AFTERWARDS, WORDS
from tests.rows import rows

PLACES = [(muscle, side) for muscle in catalogue().muscles for side in SIDES]
SOUND = Found(dict.fromkeys(PLACES, "none"), frozenset())
STRETCHES = [one for one in catalogue().exercises.values() if one.phase == "stretch"]
places = st.sampled_from(PLACES)
unsound = st.sampled_from(STATES[1:])


def found(appointment):
    return found_in(findings_of(db.session, appointment.client_id))


def asked_before(appointment, what=SOUND, at=AFTERWARDS - timedelta(days=1)):
    with writing():
        client = db.session.get_one(Client, appointment.client_id)
        record_findings(db.session, client, what, therapist=appointment.therapist, now=at, by=SYSTEM)
        db.session.commit()


def test_what_a_signed_note_tells_counts_at_once_and_the_conditions_stay(ana, path, appointment):
    asked_before(appointment, Found(SOUND.injuries, frozenset({"ddd"})))
    ana.get(path)
    ana.send(f"{path}/signature", **WORDS, psoas_right="healing")
    assert found(appointment).state("psoas", "right") == "healing"
    assert found(appointment).state("calf", "left") == "none"
    assert found(appointment).conditions == {"ddd"}
    assert "Injuries that day Healing: Psoas (deep in the front of the hip) right" in ana.text
    ana.get(f"/clients/{appointment.client_id}/plan")
    assert "Healing: Psoas" in ana.text


def test_a_draft_changes_nothing_and_is_there_again(ana, path, appointment):
    ana.send(f"{path}/draft", **WORDS, psoas_right="acute")
    assert rows()["findings"] == 0
    assert "Injuries: New injury: Psoas (deep in the front of the hip) right" in ana.text


def test_a_note_that_tells_nothing_new_keeps_what_was_asked(ana, path, appointment):
    asked_before(appointment)
    ana.get(path)
    assert "Not injured, as before" in ana.text
    ana.send(f"{path}/signature", **WORDS, calf_left="none")
    assert rows()["findings"] == 1


def test_what_no_page_sends_is_refused_and_the_words_are_kept(ana, path):
    page = ana.send(f"{path}/signature", **WORDS, psoas_left="broken")
    assert page.status_code == 422
    assert WORDS["plan"] in page.text
    assert rows()["signature"] == 0


def test_a_note_signed_late_never_calls_sound_what_was_found_injured_since(ana, path, appointment):
    injured = Found({**SOUND.injuries, ("psoas", "left"): "acute"}, frozenset())
    asked_before(appointment, injured, at=AFTERWARDS - timedelta(minutes=10))
    ana.send(f"{path}/signature", **WORDS, psoas_left="none", calf_left="acute")
    assert found(appointment).state("psoas", "left") == "acute"
    assert found(appointment).state("calf", "left") == "acute"


@given(place=places, state=unsound, noted=st.dictionaries(places, st.sampled_from(STATES), max_size=4))
def test_whatever_else_a_note_tells_an_injured_muscle_locks_every_stretch_of_it(place, state, noted):
    told = [Injury(*one, was) for one, was in {**noted, place: state}.items()]
    after = with_noted(SOUND, told)
    for one in STRETCHES:
        locks = [refusal for refusal in advise(one, after, catalogue()).against if refusal.code == "muscle_locked"]
        groups = [muscles for muscles in catalogue().groups.values() if set(muscles) & set(one.targets)]
        if any(place[0] in muscles for muscles in groups):
            assert locks


@given(noted=st.dictionaries(places, unsound, min_size=1, max_size=3))
@settings(max_examples=8)
def test_it_is_read_back_as_it_was_told_and_locks_the_plan(appointment, noted):
    asked_before(appointment)
    with writing():
        content = Content(injuries=tuple(Injury(*place, state) for place, state in noted.items()))
        keep_injuries(db.session, appointment, content, now=AFTERWARDS, by=SYSTEM)
        kept = found(appointment)
        assert noted.items() <= kept.injuries.items()
        everywhere = {muscle for muscle, _ in noted}
        for one in STRETCHES:
            if everywhere & set(muscles_that_lock(one, catalogue())):
                assert advise(one, kept, catalogue()).against
        db.session.rollback()
