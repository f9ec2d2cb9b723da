"""`flask audit verify` finds what was touched in the database after it was signed: notes and what stands beside them,
a supervisor's signature, and the photos and papers that a note names.
"""

import base64
import json
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core import crypto
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.pictures import Drawn
from clinic.notes import chain
from clinic.notes.models import Attachment, Signature
from clinic.notes.operations import co_sign
from clinic.notes.operations.attachments import attach
from tests.notes.conftest import AFTERWARDS, WORDS

NUMBER = Signature.number
OTHER_FILE = base64.b64encode(b"another picture").decode()


@pytest.fixture
def signed(ana, path, cast):
    """A trainee's note with a photo, two amendments, and the supervisor's signature."""
    with writing():
        cast.ana.supervisor_id = cast.ben.id
        for content in (b"a picture", b"a second one"):
            _attach(content)
        db.session.commit()
    ana.send(f"{path}/signature", **WORDS)
    for text in ("first", "second"):
        ana.send(f"{path}/amendments", text=text, why="later")
    with writing():
        visit = db.session.scalar(sa.select(Appointment))
        assert not co_sign(db.session, visit, "Well seen", signer=cast.ben, now=AFTERWARDS, by=GUEST)
        db.session.commit()


def _attach(content):
    visit = db.session.scalar(sa.select(Appointment))
    paper = Drawn("image/jpeg", content)
    of = {"account_id": visit.therapist.account_id, "now": AFTERWARDS, "by": GUEST}
    assert not attach(db.session, visit.id, paper, "the hip", **of)


def verify(app):
    said = app.test_cli_runner().invoke(args=["audit", "verify"])
    return said.exit_code, said.output


def touch(statement):
    with writing():
        db.session.execute(statement)
        db.session.commit()


def test_what_nobody_touched_is_whole(app, signed):
    assert db.session.scalars(sa.select(Signature.kind).order_by(NUMBER)).all() == [
        "note",
        "amendment",
        "amendment",
        "co_sign",
    ]
    code, said = verify(app)
    assert code == 0
    assert "signed notes are whole" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (sa.update(Signature).where(NUMBER == 2).values(document_sealed=b"k1|rubbish"), "Signature 2"),
        (sa.update(Signature).where(NUMBER == 2).values(digest=b"k1|rubbish"), "was changed after"),
        (sa.update(Signature).where(NUMBER == 3).values(number=9), "missing"),
        (sa.update(Signature).values(signed_at=datetime(2020, 1, 1, tzinfo=UTC)), "was changed after"),
        (sa.update(Signature).where(NUMBER == 4).values(kind="amendment"), "was changed after"),
        (sa.update(Signature).where(NUMBER == 4).values(digest=b"k1|rubbish"), "was changed after"),
        (sa.delete(Signature).where(NUMBER == 2), "is gone"),
        (sa.delete(Signature).where(NUMBER == 4), "is gone"),
    ],
)
def test_a_touched_signature_is_found(app, signed, change, words):
    touch(change)
    code, said = verify(app)
    assert code == 1
    assert words in said
    assert not any(word in said for word in WORDS.values())


def test_a_co_signature_under_somebody_elses_name_is_found(app, signed, cast):
    touch(sa.update(Signature).where(NUMBER == 4).values(therapist_id=cast.ana.id))
    assert verify(app)[0] == 1


def test_a_co_signature_that_was_given_for_another_note_is_found(app, signed):
    """Somebody with the clinic's keys writes a whole new chain, and cannot have the supervisor mean the new note."""
    with writing():
        before = None
        for one in db.session.scalars(sa.select(Signature).order_by(NUMBER)):
            document = json.loads(one.document)
            if one.kind == "note":
                document["content"]["words"]["subjective"] = "another story"
            one.document = chain.canonical(document)
            one.digest = chain.digest(crypto.keyring(), one.document, before)
            before = one
        db.session.commit()
    code, said = verify(app)
    assert code == 1
    assert "was given for another note" in said


def test_a_photo_that_is_gone_is_found(app, signed):
    touch(sa.delete(Attachment).where(Attachment.id == sa.select(Attachment.id).limit(1).scalar_subquery()))
    code, said = verify(app)
    assert code == 1
    assert "is gone: a signed note names it" in said


def test_a_photo_that_was_exchanged_is_found_also_where_its_digest_went_with_it(app, signed):
    with writing():
        one = db.session.scalars(sa.select(Attachment)).first()
        one.paper, one.digest = OTHER_FILE, "0" * 64
        db.session.commit()
    code, said = verify(app)
    assert code == 1
    assert "was changed after its note was signed" in said


def test_photos_that_changed_places_are_found(app, signed):
    one, other = db.session.scalars(sa.select(Attachment.id).order_by(Attachment.id)).all()
    sealed = db.session.scalar(sa.select(Attachment.paper_sealed).where(Attachment.id == one))
    db.session.rollback()
    touch(sa.update(Attachment).where(Attachment.id == other).values(paper_sealed=sealed))
    code, said = verify(app)
    assert code == 1
    assert "cannot be opened" in said


def test_a_photo_that_came_after_the_note_was_signed_is_found(app, signed):
    with writing():
        visit = db.session.scalar(sa.select(Appointment))
        of = {"account_id": visit.therapist.account_id, "added_at": AFTERWARDS, "media_type": "image/jpeg"}
        db.session.add(Attachment(appointment_id=visit.id, digest="0" * 64, about="", paper=OTHER_FILE, **of))
        db.session.commit()
    code, said = verify(app)
    assert code == 1
    assert "came after its note was signed" in said
