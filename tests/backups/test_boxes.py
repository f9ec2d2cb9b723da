"""The outside of a backup: only its passphrase opens it, and only whole."""

from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clinic.backups import BackupError
from clinic.backups.boxes import BOX_BYTES, TAG_BYTES, opened, sealed
from tests.backups.conftest import PASSPHRASE

CONTENT = bytes(range(256)) * 800  # three boxes full, and a bit
FILE = b"".join(sealed([CONTENT[:5], CONTENT[5:]], PASSPHRASE))
BOXES = FILE.index(b"\n") + 1 + TAG_BYTES  # where the first box begins
BOX = BOX_BYTES + TAG_BYTES


def open_all(file, passphrase=PASSPHRASE):
    return b"".join(opened(BytesIO(file), passphrase))


@pytest.mark.parametrize("size", [0, 1, BOX_BYTES - 1, BOX_BYTES, BOX_BYTES + 1, 2 * BOX_BYTES])
def test_what_was_sealed_is_what_comes_out(size):
    assert open_all(b"".join(sealed([CONTENT[:size]], PASSPHRASE))) == CONTENT[:size]


@given(bit=st.integers(0, len(FILE) * 8 - 1))
@example(bit=(BOXES - TAG_BYTES) * 8 - 1)
@example(bit=(BOXES - 1) * 8)
@settings(max_examples=60)
def test_any_flipped_bit_is_found(bit):
    changed = bytearray(FILE)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BackupError):
        open_all(bytes(changed))


@given(size=st.integers(0, len(FILE) - 1))
@example(size=BOXES)
@example(size=BOXES + BOX)
@example(size=BOXES + 3 * BOX)
@settings(max_examples=40)
def test_any_cut_is_found(size):
    with pytest.raises(BackupError):
        open_all(FILE[:size])


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (0, 2, 3), (0, 1, 1, 2, 3), (0, 1, 2, 3, 3), (3,)])
def test_boxes_in_another_order_are_found(order):
    boxes = [FILE[BOXES + n * BOX : BOXES + (n + 1) * BOX] for n in range(4)]
    with pytest.raises(BackupError, match="damaged"):
        open_all(FILE[:BOXES] + b"".join(boxes[n] for n in order))


def test_another_passphrase_opens_nothing():
    with pytest.raises(BackupError, match="passphrase"):
        open_all(FILE, "nine quiet lavender field")


def test_a_letter_typed_in_two_keystrokes_is_the_same_letter():
    file = b"".join(sealed([CONTENT], "caf\u00e9 au lavender"))
    assert open_all(file, "cafe\u0301 au lavender") == CONTENT


def test_two_backups_of_the_same_rows_have_nothing_in_common():
    other = b"".join(sealed([CONTENT], PASSPHRASE))
    assert other[BOXES : BOXES + 32] != FILE[BOXES : BOXES + 32]
