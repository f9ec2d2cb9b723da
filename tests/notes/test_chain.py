"""The chain of a client's signatures: whatever is changed, swapped or taken out of it is found."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.core import crypto
from clinic.core.crypto import Keyring
from clinic.notes import chain
from clinic.notes.models import Signature
from clinic.notes.rules import (
    SOAP,
    Activity,
    Content,
    Injury,
    NoteMark,
    Result,
    Stop,
    Treated,
)

CLIENT, THERAPIST = uuid4(), 7


@pytest.fixture(autouse=True)
def keys():
    kept = crypto._installed[:]
    ring = Keyring.make()
    crypto.install(ring)
    yield ring
    crypto._installed[:] = kept


def signed(words):
    """One client's notes with these words, signed one after the other."""
    found = []
    for number, text in enumerate(words, start=1):
        at, appointment_id = datetime(2026, 3, number, tzinfo=UTC), uuid4()
        document = chain.canonical(
            {
                "kind": "note",
                "number": number,
                "appointment": {"id": str(appointment_id)},
                "client": {"id": str(CLIENT)},
                "therapist": {"id": THERAPIST},
                "signed_at": at.isoformat(),
                "content": text,
            }
        )
        found.append(
            Signature(
                kind="note",
                appointment_id=appointment_id,
                client_id=CLIENT,
                number=number,
                therapist_id=THERAPIST,
                signed_at=at,
                document=document,
                digest=chain.digest(crypto.keyring(), document, found[-1] if found else None),
            )
        )
    return found


def check(signatures):
    return [(one.number, trouble) for one, trouble in chain.broken(crypto.keyring(), signatures)]


@given(st.lists(st.text(), max_size=6))
def test_what_nobody_touched_is_whole(words):
    assert check(signed(words)) == []


@given(st.lists(st.text(), min_size=1, max_size=6), st.data())
def test_a_document_that_was_rewritten_with_the_clinics_own_keys_is_found(words, data):
    signatures = signed(words)
    one = data.draw(st.sampled_from(signatures))
    one.document = (one.document or "").replace('"content":', '"content":"rewritten","was":')
    assert check(signatures) == [(one.number, "changed")]


@given(st.lists(st.text(), min_size=3, max_size=6), st.data())
def test_one_that_was_taken_out_of_the_middle_is_missed(words, data):
    signatures = signed(words)
    gone = data.draw(st.integers(0, len(signatures) - 2))
    del signatures[gone]
    assert check(signatures)[0] == (gone + 2, "missing")


def test_two_that_changed_places_are_found():
    first, second, third = signed(["a", "b", "c"])
    first.number, second.number = 2, 1
    assert {number for number, _ in check([second, first, third])} >= {1, 2}


def test_a_sealed_document_moved_to_another_row_does_not_open():
    first, second = signed(["a", "b"])
    second.document_sealed = first.document_sealed
    assert check([first, second]) == [(2, "unreadable")]


@pytest.mark.parametrize(
    ("column", "value"),
    [("signed_at", datetime(2020, 1, 1, tzinfo=UTC)), ("therapist_id", 8), ("kind", "amendment")],
)
def test_a_row_that_tells_another_story_than_its_document_is_found(column, value):
    (one,) = signed(["a"])
    setattr(one, column, value)
    assert check([one]) == [(1, "changed")]


def test_keys_that_changed_since_still_verify(keys):
    signatures = signed(["a", "b"])
    newer = Keyring("k2", {"k2": Keyring.make().masters["k1"], **keys.masters})
    crypto.install(newer)
    assert check(signatures) == []


PLACES = st.sampled_from(["low_back/left", "calf/right"])


def rows(of, **values):
    return st.lists(st.builds(of, **values), max_size=3).map(tuple)


CONTENTS = st.builds(
    Content,
    words=st.dictionaries(st.sampled_from(SOAP), st.text(min_size=1)),
    pain_on_arrival=st.none() | st.integers(0, 10),
    treated=rows(Treated, place=PLACES, minutes=st.none() | st.integers(1, 90)),
    marks=rows(NoteMark, place=PLACES, before=st.none() | st.integers(0, 10)),
    results=rows(Result, test=st.just("thomas"), values=st.dictionaries(st.text(), st.integers() | st.booleans())),
    injuries=rows(Injury, muscle=st.just("psoas"), side=st.just("left"), state=st.just("acute")),
    activities=rows(Activity, words=st.text(), score=st.none() | st.integers(0, 10)),
    stops=rows(Stop, kind=st.just("pulse_felt"), done=st.text()),
    scores=st.dictionaries(st.just("hours_seated"), st.integers(0, 24)),
)


@given(CONTENTS)
def test_a_note_reads_back_as_it_was_written(content):
    assert Content.from_kept(content.as_kept()) == content
    assert Content.from_kept(json.loads(json.dumps(content.as_kept()))) == content
