"""Photos and papers of a visit: who may add, take and remove them, what is kept, and that signing closes the door."""

import hashlib
from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image
from pypdf import PdfReader

from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.core.redrawing import MOST_BYTES
from clinic.notes.models import Attachment
from clinic.notes.operations.attachments import MOST_ATTACHED, attach
from tests.notes.conftest import AFTERWARDS, WORDS
from tests.papers import WORDS as CARRIED
from tests.papers import endless, heavy_png, pdf, picture, png_that_says

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def send(visitor, path, content, name="knee.jpg", about="", **more):
    """As a browser does, from the form beside the note; by hand, for the test client would leave a large file open."""
    visitor.get(path)
    fields = {"csrf_token": visitor.token(), "about": about}
    parts = [f'Content-Disposition: form-data; name="{field}"\r\n\r\n{value}' for field, value in fields.items()]
    kind = "".join(f"\r\nContent-Type: {one}" for one in more.values())
    parts += [f'Content-Disposition: form-data; name="paper"; filename="{name}"{kind}\r\n\r\n']
    body = "".join(f"--X\r\n{part}\r\n" for part in parts).encode()[:-2] + content + b"\r\n--X--\r\n"
    kind = "multipart/form-data; boundary=X"
    return visitor._request("POST", f"{path}/attachments", data=body, content_type=kind)


def kept():
    return db.session.scalars(sa.select(Attachment).order_by(Attachment.added_at, Attachment.id)).all()


def sign(ana, path):
    ana.get(path)
    assert ana.send(f"{path}/signature", **WORDS).status_code == 200


def told(action):
    lines = sa.select(AuditLine).where(AuditLine.action == action).order_by(AuditLine.id)
    return [(line.actor, line.subject) for line in db.session.scalars(lines)]


def with_place():
    """A photo that says where it was taken."""
    file, exif = BytesIO(), Image.Exif()
    exif[0x8825], exif[0x010F] = {2: (51.0, 27.0, 0.0)}, "Pinhole"
    Image.new("RGB", (60, 40), "red").save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_a_photo_stands_beside_the_note_and_is_handed_out_as_a_file_of_ours(ana, path):
    sent = with_place()
    assert b"Pinhole" in sent
    page = send(ana, path, sent, about="Bruise at the left hip")
    assert page.request.path == path
    (one,) = kept()
    assert sent[:100] not in one.paper_sealed
    assert b"Bruise" not in one.about_sealed
    answer = ana.get(ana.link("Bruise at the left hip"))
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert b"Pinhole" not in answer.data
    assert hashlib.sha256(answer.data).hexdigest() == one.digest
    assert answer.headers["Content-Disposition"] == f"attachment; filename=attachment-{one.digest[:12]}.jpg"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers.getlist("Content-Security-Policy")[0] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_pdf_is_drawn_anew(ana, path):
    send(ana, path, pdf(2, carries=True), "scan.pdf")
    answer = ana.get(ana.link("PDF"))
    assert len(PdfReader(BytesIO(answer.data)).pages) == 2
    assert CARRIED.encode() not in answer.data
    assert answer.headers["Content-Disposition"].endswith(".pdf")


def test_what_was_signed_keeps_what_it_had_and_takes_no_more(ana, path):
    send(ana, path, picture(), about="Before")
    sign(ana, path)
    ana.get(path)
    assert "Before" in ana.text
    assert "Add a photo" not in ana.text
    assert "Take it away" not in ana.text
    (one,) = kept()
    late = ana.post(f"{path}/attachments", paper=(BytesIO(picture(colour="blue")), "x.jpg"))
    assert late.status_code == 409
    assert "This note is signed" in ana.text
    ana.post(f"/attachments/{one.id}/removal")
    assert "This note is signed" in ana.text
    assert [left.id for left in kept()] == [one.id]


def test_the_record_shows_them_with_the_signed_note(ana, path, appointment):
    send(ana, path, picture(), about="Before")
    sign(ana, path)
    ana.get(f"/clients/{appointment.client_id}")
    assert ana.get(ana.link("Before")).status_code == 200


def test_one_is_taken_away_for_good_while_the_note_is_a_draft(ana, path, appointment):
    send(ana, path, picture())
    (one,) = kept()
    ana.post(f"/attachments/{one.id}/removal")
    assert "It is gone." in ana.text
    assert kept() == []
    subject = f"appointment:{appointment.id}"
    assert [line[1] for line in (*told("attachment.added"), *told("attachment.removed"))] == [subject] * 2


def test_taking_one_is_on_record_before_it_is_read(ana, path, cast, appointment):
    send(ana, path, picture())
    (one,) = kept()
    ana.get(f"/attachments/{one.id}")
    assert told("attachment.taken") == [(f"account:{cast.ana.account_id}", f"client:{appointment.client_id}")]


def test_the_same_twice_is_kept_once_and_there_are_ten_at_most(ana, path, appointment):
    send(ana, path, picture())
    send(ana, path, picture())
    assert len(kept()) == 1
    with writing():
        of = {"appointment_id": appointment.id, "account_id": kept()[0].account_id, "added_at": AFTERWARDS}
        more = {"media_type": "image/jpeg", "paper": "eHg="}
        db.session.add_all(Attachment(digest=str(n), **of, **more) for n in range(MOST_ATTACHED - 1))
        db.session.commit()
    assert send(ana, path, picture(colour="green")).status_code == 409
    assert "Take one away" in ana.text
    assert len(kept()) == MOST_ATTACHED


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "x.jpg", "nothing has arrived"),
        (b"<!doctype html><script>alert(1)</script>", "x.jpg", "not a file we can take"),
        (SVG, "x.jpg", "SVG drawing"),
        (b"MZ" + bytes(400), "x.pdf", "not a file we can take"),
        (png_that_says(60_000, 60_000), "x.png", "too large to open safely"),
        (endless(), "x.pdf", "too much in this file"),
        (pdf(11), "x.pdf", "more than 10 pages"),
        (picture(size=(400, 400))[:500], "x.jpg", "cannot be read"),
        (picture() + bytes(MOST_BYTES), "x.jpg", "larger than 10 MB"),
    ],
)
def test_what_is_no_picture_or_paper_is_refused_in_words(ana, path, content, name, words):
    answer = send(ana, path, content, name, about="Left hip")
    assert answer.status_code == 422
    assert words in ana.text
    assert kept() == []


def test_a_picture_that_unpacks_to_a_gigabyte_leaves_nothing_of_it(ana, path):
    assert send(ana, path, heavy_png(), "x.png").status_code in {200, 422}
    assert all(len(one.paper_sealed) < 10_000 for one in kept())


def test_a_picture_that_is_also_a_page_or_an_archive_is_a_picture_alone(ana, path):
    send(ana, path, picture() + b"<script>alert(1)</script>PK\x03\x04evil.exe", "x.html", type="text/html")
    answer = ana.get(f"/attachments/{kept()[0].id}")
    assert b"script" not in answer.data
    assert b"evil" not in answer.data
    assert answer.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\x.exe", "x.html\0.pdf", "é" * 300])
def test_the_name_it_comes_with_is_not_looked_at(ana, path, name):
    send(ana, path, picture(), name)
    (one,) = kept()
    answer = ana.get(f"/attachments/{one.id}")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={one.file_name}"


def test_too_many_words_about_it_are_refused_and_kept_on_the_page(ana, path):
    answer = send(ana, path, picture(), about="x" * 121)
    assert answer.status_code == 422
    assert "x" * 121 in answer.text
    assert kept() == []


def test_nobody_else_finds_one_or_that_there_is_one(ana, path, new_visitor):
    send(ana, path, picture())
    (one,) = kept()
    ben, rosa = new_visitor(), new_visitor()
    ben.sign_in("ben")
    rosa.sign_in("rosa")
    none = "/attachments/00000000-0000-0000-0000-000000000000"
    there, absent = ben.get(f"/attachments/{one.id}"), ben.get(none)
    assert (there.status_code, there.data) == (absent.status_code, absent.data) == (404, there.data)
    assert ben.post(f"/attachments/{one.id}/removal").status_code == 404
    assert ben.post(f"{path}/attachments", paper=(BytesIO(picture()), "x.jpg")).status_code == 404
    assert rosa.get(f"/attachments/{one.id}").status_code == 403
    assert len(kept()) == 1


def test_signed_and_sent_in_the_same_moment_signing_wins(ana, path, cast):
    """The photo was drawn while somebody signed on another page: it is asked once more under the lock."""
    send(ana, path, picture())
    appointment_id = db.session.scalar(sa.select(Appointment.id))
    sign(ana, path)
    drawn = type("Drawn", (), {"media_type": "image/jpeg", "content": b"xx"})
    with writing():
        by = f"account:{cast.ana.account_id}"
        refused = attach(db.session, appointment_id, drawn, "", account_id=cast.ana.account_id, now=AFTERWARDS, by=by)
        db.session.commit()
    assert [one.code for one in refused] == ["attachments_closed"]
    assert len(kept()) == 1
