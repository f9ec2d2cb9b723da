"""Sealing: what is sealed can be read with the clinic's keys, in its own place, unchanged, and nowhere else."""

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from clinic.booking.models import Appointment
from clinic.core.crypto import KEY_BYTES, Keyring, KeyTroubleError, SealBrokenError, read_key_file, write_key_file
from clinic.core.db import db, writing
from tests.steps import book

KEYS = Keyring.make()
GOOD = os.urandom(KEY_BYTES)


parts = st.lists(st.text(alphabet="ab", max_size=3), min_size=1, max_size=4)


def key_text(key, name="k1"):
    return f"{name}:{base64.b64encode(key).decode()}"


@given(words=st.text(), context=st.text())
def test_what_is_sealed_opens_again_in_its_place(words, context):
    assert KEYS.open(KEYS.seal(words, context), context) == words


@given(words=st.text(min_size=1), context=st.text(), data=st.data())
def test_one_flipped_bit_is_noticed(words, context, data):
    sealed = bytearray(KEYS.seal(words, context))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBrokenError):
        KEYS.open(bytes(sealed), context)


@given(words=st.text(), data=st.data())
def test_a_shortened_value_is_noticed(words, data):
    sealed = KEYS.seal(words, "here")
    with pytest.raises(SealBrokenError):
        KEYS.open(sealed[: data.draw(st.integers(0, len(sealed) - 1))], "here")


@given(here=st.text(), there=st.text())
def test_a_value_moved_to_another_place_does_not_open(here, there):
    sealed = KEYS.seal("words", here)
    if here != there:
        with pytest.raises(SealBrokenError):
            KEYS.open(sealed, there)


def test_the_same_words_are_never_sealed_the_same():
    assert KEYS.seal("words", "here") != KEYS.seal("words", "here")


def test_a_new_key_in_front_seals_and_the_old_one_still_opens():
    old = KEYS.seal("words", "here")
    both = Keyring.parse(f"{key_text(os.urandom(KEY_BYTES), 'k2')}, {KEYS.text()}")
    assert both.open(old, "here") == "words"
    assert both.seal("words", "here").startswith(b"k2|")
    with pytest.raises(SealBrokenError, match="k2"):
        KEYS.open(both.seal("words", "here"), "here")


def test_keys_are_read_as_they_are_written():
    assert Keyring.parse(KEYS.text()) == KEYS


WEAK = {
    "none": "",
    "commas alone": " , ",
    "a name alone": "k1",
    "an empty key": "k1:",
    "no base64": "k1:not base64!",
    "all zeros": key_text(bytes(KEY_BYTES)),
    "two letters": key_text(b"ab" * 16),
    "a byte short": key_text(GOOD[1:]),
    "a byte long": key_text(GOOD + b"x"),
    "a name with a space": key_text(GOOD, name="K 1"),
    "a name with a bar": key_text(GOOD, name="k|1"),
    "no name": key_text(GOOD, name=""),
    "one good and one bad": f"{key_text(GOOD)},k2:short",
}


@pytest.mark.parametrize("weak", WEAK)
def test_a_key_that_is_malformed_or_weak_is_refused(weak):
    assert Keyring.parse(key_text(GOOD)).masters == {"k1": GOOD}
    with pytest.raises(KeyTroubleError):
        Keyring.parse(WEAK[weak])


def test_each_purpose_has_a_key_of_its_own():
    purposes = ("data", "links", "session", "fingerprint")
    assert len({KEYS.derive(purpose) for purpose in purposes}) == len(purposes)


@given(one=parts, other=parts)
def test_parts_of_a_digest_cannot_run_into_each_other(one, other):
    assert (KEYS.mac("purpose", *one) == KEYS.mac("purpose", *other)) == (one == other)


def test_a_key_file_is_made_once_and_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "keys"
    assert read_key_file(path) is None
    write_key_file(path, KEYS)
    assert read_key_file(path) == KEYS
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        write_key_file(path, Keyring.make())
    path.chmod(0o644)
    with pytest.raises(KeyTroubleError, match="chmod 600"):
        read_key_file(path)


def test_the_database_holds_no_word_that_was_sealed(visitor):
    book(visitor, area="groin", side="left", word="It hurts on stairs")
    row = db.session.execute(text("SELECT area_sealed, side_sealed, word_sealed FROM appointment")).one()
    assert not [part for part in row if {b"groin", b"left", b"stairs"} & set(bytes(part).split())]
    assert not [part for part in row if b"stairs" in bytes(part) or b"groin" in bytes(part) or b"left" in bytes(part)]


def test_sealed_words_moved_to_another_row_or_column_do_not_open(visitor, new_visitor):
    book(visitor, word="It hurts on stairs")
    book(new_visitor(), at="20260312T1400Z", word="Nothing to tell")
    one, other = db.session.scalars(select(Appointment)).all()
    with writing():
        db.session.execute(update(Appointment).where(Appointment.id == other.id).values(word_sealed=one.word_sealed))
        db.session.execute(update(Appointment).where(Appointment.id == one.id).values(area_sealed=one.word_sealed))
        db.session.commit()
    for row, column in ((other, "word"), (one, "area")):
        with pytest.raises(SealBrokenError, match="appointment"):
            getattr(row, column)
    assert one.word in {"It hurts on stairs", "Nothing to tell"}
