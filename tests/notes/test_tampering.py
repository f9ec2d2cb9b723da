"""`flask audit verify` finds signed notes that were touched in the database."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.notes.models import Signature
from tests.notes.conftest import WORDS


@pytest.fixture
def signed(ana, path):
    """A note and two amendments."""
    ana.send(f"{path}/signature", **WORDS)
    for text in ("first", "second"):
        ana.send(f"{path}/amendments", text=text, why="later")


def verify(app):
    said = app.test_cli_runner().invoke(args=["audit", "verify"])
    return said.exit_code, said.output


def touch(statement):
    with writing():
        db.session.execute(statement)
        db.session.commit()


def test_what_nobody_touched_is_whole(app, signed):
    code, said = verify(app)
    assert code == 0
    assert "signed notes are whole" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (sa.update(Signature).where(Signature.number == 2).values(document_sealed=b"k1|rubbish"), "Signature 2"),
        (sa.update(Signature).where(Signature.number == 2).values(digest=b"k1|rubbish"), "was changed after"),
        (sa.update(Signature).where(Signature.number == 3).values(number=9), "missing"),
        (sa.update(Signature).values(signed_at=datetime(2020, 1, 1, tzinfo=UTC)), "was changed after"),
        (sa.delete(Signature).where(Signature.number == 2), "is gone"),
        (sa.delete(Signature).where(Signature.number == 3), "is gone"),
    ],
)
def test_a_touched_signature_is_found(app, signed, change, words):
    touch(change)
    code, said = verify(app)
    assert code == 1
    assert words in said
    assert not any(word in said for word in WORDS.values())
