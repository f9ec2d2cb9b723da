"""Papers of a credential: who may send, see and take them away, what is kept of them, and what follows."""

import hashlib
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.core.redrawing import MOST_BYTES
from clinic.qualifications import queries
from clinic.qualifications.models import ContinuingEducation, Credential, Evidence
from clinic.qualifications.operations import MOST_PAPERS
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.papers import WORDS, pdf, picture
from tests.visitor import Visitor

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def new_visitor(app):
    return lambda: Visitor(app)


@pytest.fixture
def ana(app, cast):
    visitor = Visitor(app)
    visitor.sign_in("ana")
    return visitor


@pytest.fixture
def diploma(cast):
    """Ana's qualification, which has been verified."""
    return db.session.scalar(sa.select(Credential).filter_by(therapist_id=cast.ana.id, kind="qualification"))


def page_of(credential):
    return f"/credentials/{credential.id}/evidence"


def send(visitor, credential, content, name="paper.pdf", **more):
    """As a browser does, from the page with the form."""
    visitor.get(page_of(credential))
    return visitor.post(page_of(credential), paper=(BytesIO(content), name, *more.values()))


def papers():
    return db.session.scalars(sa.select(Evidence).order_by(Evidence.added_at, Evidence.id)).all()


def actions(of):
    lines = sa.select(AuditLine).where(AuditLine.subject == of, AuditLine.action.startswith("evidence"))
    return [(line.action, line.actor) for line in db.session.scalars(lines.order_by(AuditLine.id))]


def verified(credential):
    of_therapist = queries.verified_by_therapist(db.session).get(credential.therapist_id, ())
    return credential.title in {held.title for held in of_therapist}


def test_a_paper_is_kept_sealed_as_we_drew_it_and_handed_out_as_a_file(app, ana, diploma):
    sent = pdf(2, carries=True)
    page = send(ana, diploma, sent)
    (kept,) = papers()
    assert page.request.path == page_of(diploma)
    assert kept.digest[:12] in ana.text
    assert sent[:200] not in kept.content_sealed
    assert b"%PDF" not in kept.content_sealed
    answer = ana.get(ana.link("Paper 1"))
    assert len(PdfReader(BytesIO(answer.data)).pages) == 2
    assert WORDS.encode() not in answer.data
    assert (len(answer.data), hashlib.sha256(answer.data).hexdigest()) == (kept.size, kept.digest)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=paper-{kept.digest[:12]}.pdf"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers.getlist("Content-Security-Policy")[0] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_sent_never_lies_on_a_disk_unsealed(ana, diploma, monkeypatch):
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", None)
    send_whole(ana, page_of(diploma), picture() + bytes(2_000_000))
    assert len(papers()) == 1


def test_a_photo_is_kept_as_a_jpeg(ana, diploma):
    send(ana, diploma, picture("PNG"), "diploma.png")
    answer = ana.get(ana.link("Paper 1"))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.data.startswith(b"\xff\xd8\xff")


def test_another_paper_or_one_less_waits_to_be_checked_again(cast, ana, diploma):
    assert verified(diploma)
    send(ana, diploma, pdf())
    db.session.refresh(diploma)
    assert (diploma.revision, diploma.changed_at) == (2, NOW)
    assert not verified(diploma)
    ana.get(ana.link("Take it away"))
    assert papers()  # looking takes nothing away
    ana.send(ana.page.request.path)
    db.session.refresh(diploma)
    assert (papers(), diploma.revision) == ([], 3)
    waiting = db.session.scalars(sa.select(WorkItem).where(WorkItem.done_at.is_(None))).all()
    assert [item.once for item in waiting] == [f"check/credential:{diploma.id}/3"]


def test_sending_looking_and_taking_away_are_on_record(app, cast, ana, diploma):
    send(ana, diploma, pdf())
    paper = ana.link("Paper 1")
    olu = Visitor(app)
    olu.sign_in("olu")
    olu.get(paper)
    ana.get(f"{paper}/removal")
    ana.send(f"{paper}/removal")
    who, owner = f"account:{cast.ana.account_id}", f"account:{cast.olu.id}"
    told = [("evidence.added", who), ("evidence.viewed", owner), ("evidence.removed", who)]
    assert actions(f"credential:{diploma.id}") == told


def test_the_same_paper_sent_twice_is_kept_once_and_changes_nothing(ana, diploma):
    send(ana, diploma, pdf())
    send(ana, diploma, pdf())
    db.session.refresh(diploma)
    assert (len(papers()), diploma.revision) == (1, 2)


def test_an_entry_has_six_papers_at_most(ana, diploma):
    for number in range(MOST_PAPERS):
        send(ana, diploma, picture(colour=(number * 40, 0, 0)))
    assert "as many as an entry can have" in ana.text
    answer = send(ana, diploma, picture(colour="green"))
    assert answer.status_code == 422
    assert "Take one away" in ana.text
    assert len(papers()) == MOST_PAPERS


def test_the_seventh_paper_of_two_sent_at_once_is_refused(app, ana, diploma):
    send(ana, diploma, picture())
    with writing():
        of = {"credential_id": diploma.id, "media_type": "image/jpeg", "size": 1, "added_at": NOW, "added_by": "x"}
        db.session.add_all(Evidence(digest=str(n), content="x", **of) for n in range(MOST_PAPERS - 1))
        db.session.commit()
    assert ana.post(page_of(diploma), paper=(BytesIO(pdf()), "x.pdf")).status_code == 422


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing has arrived"),
        (b"Dear clinic", "not a file we can take"),
        (SVG, "SVG drawing"),
        (pdf(11), "more than 10 pages"),
        (pdf(password="sesame"), "asks for a password"),
        (picture(size=(400, 400))[:500], "cannot be read"),
        (picture() + bytes(MOST_BYTES), "larger than 10 MB"),
    ],
)
def test_what_is_no_paper_is_refused_on_the_same_page_and_nothing_changes(ana, diploma, content, words):
    answer = send_whole(ana, page_of(diploma), content)
    assert answer.status_code == 422
    assert words in ana.text
    assert papers() == []
    db.session.refresh(diploma)
    assert diploma.revision == 1


def test_a_form_without_a_file_is_answered_kindly(ana, diploma):
    ana.get(page_of(diploma))
    assert ana.post(page_of(diploma)).status_code == 422
    assert "nothing has arrived" in ana.text


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.exe", "C:\\x.pdf", "x.svg", "x.html\0.pdf", "/", "é" * 300]
)
def test_the_name_a_file_comes_with_is_not_looked_at(ana, diploma, name):
    assert send(ana, diploma, picture(), name, type="text/html").status_code == 200
    (kept,) = papers()
    answer = ana.get(f"/evidence/{kept.id}")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={kept.file_name}"
    assert answer.headers["Content-Type"] == "image/jpeg"


def test_a_stream_without_end_is_cut_at_the_limit(ana, diploma):
    """Nobody says how long it is: it is read as far as a paper may be long, and no further."""
    ana.get(page_of(diploma))
    stream = Endless(form_with_paper(ana, b""))
    told = {"wsgi.input": stream, "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = ana._request(
        "POST", page_of(diploma), content_type="multipart/form-data; boundary=X", environ_overrides=told
    )
    assert answer.status_code == 413
    assert "make the text or the file smaller" in ana.text
    assert stream.read_so_far < 2 * MOST_BYTES
    assert papers() == []


def test_more_than_a_paper_may_be_is_not_read_at_all(ana, diploma, new_visitor):
    too_much, enough = bytes(MOST_BYTES + 100_000), bytes(MOST_BYTES - 1)
    assert send_whole(ana, page_of(diploma), too_much).status_code == 413
    assert send_whole(new_visitor(), page_of(diploma), enough).status_code == 413


def test_nobody_else_finds_a_paper_or_that_there_is_one(app, cast, ana, diploma):
    send(ana, diploma, pdf())
    paper, ben = ana.link("Paper 1"), Visitor(app)
    ben.sign_in("ben")
    none = "/evidence/00000000-0000-0000-0000-000000000000"
    for visitor in (ben,):
        asked = [visitor.get(path) for path in (paper, f"{paper}/removal", page_of(diploma))]
        absent = [visitor.get(path) for path in (none, f"{none}/removal", "/credentials/987654/evidence")]
        assert [one.status_code for one in (*asked, *absent)] == [404] * 6
        assert [one.data for one in asked] == [one.data for one in absent]
        assert visitor.post(f"{paper}/removal").status_code == 404
        assert visitor.post(page_of(diploma), paper=(BytesIO(picture()), "x.jpg")).status_code == 404
    rosa = Visitor(app)
    rosa.sign_in("rosa")
    assert [rosa.get(path).status_code for path in (paper, page_of(diploma))] == [403] * 2
    assert len(papers()) == 1


def test_an_owner_keeps_papers_for_a_therapist(app, cast, diploma):
    olu = Visitor(app)
    olu.sign_in("olu")
    send(olu, diploma, pdf())
    assert olu.get(olu.link("Paper 1")).status_code == 200


def test_a_checker_gets_papers_of_the_credential_at_hand_alone(ana, diploma):
    send(ana, diploma, pdf())
    (kept,) = papers()
    assert queries.evidence_of(db.session, diploma.id, kept.id) == kept
    assert queries.evidence_of(db.session, diploma.id + 1, kept.id) is None


def test_what_was_put_away_keeps_its_papers_as_they_are(ana, diploma):
    send(ana, diploma, pdf())
    paper = ana.link("Paper 1")
    with writing():
        diploma.put_away_at = NOW
        db.session.commit()
    assert ana.get(paper).status_code == 200
    assert send(ana, diploma, picture()).status_code == 404
    assert ana.post(f"{paper}/removal").status_code == 404
    assert len(papers()) == 1


def test_a_certificate_of_continuing_education_is_its_holders_too(app, cast, ana):
    with writing():
        done = ContinuingEducation(
            therapist_id=cast.ana.id, done_on=NOW.date(), title="Hips", minutes=60, category="general", changed_at=NOW
        )
        db.session.add(done)
        db.session.flush()
        of = {"education_id": done.id, "media_type": "image/jpeg", "size": 1, "added_at": NOW, "added_by": "x"}
        kept = Evidence(digest="d" * 64, content="eHg=", **of)
        db.session.add(kept)
        db.session.commit()
    ben, olu = Visitor(app), Visitor(app)
    ben.sign_in("ben")
    olu.sign_in("olu")
    paper = f"/evidence/{kept.id}"
    assert [who.get(paper).status_code for who in (ana, ben, olu)] == [200, 404, 200]
    assert [who.post(f"{paper}/removal").status_code for who in (ben, olu)] == [404, 404]  # a log is its holder's own
    ana.get(f"{paper}/removal")
    assert ana.send(f"{paper}/removal").request.path == f"/continuing-education/{done.id}"
    assert papers() == []


def test_the_register_lists_papers_without_reading_them(ana, diploma):
    for colour in ("red", "green"):
        send(ana, diploma, picture(colour=colour))
    ana.get("/qualifications/ana-moreau")
    assert ana.link("Paper 2 : Diploma")
    assert page_of(diploma) in ana.page.text
    found = queries.papers_of(db.session, [diploma.id])[diploma.id]
    assert [sa.inspect(one).unloaded & {"content_sealed"} for one in found] == [{"content_sealed"}] * 2


def form_with_paper(visitor, content):
    """The body of the form, by hand, up to the end of the file: the test client would leave a large one open."""
    head = f'--X\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{visitor.token()}\r\n'
    head += '--X\r\nContent-Disposition: form-data; name="paper"; filename="x.pdf"\r\n\r\n'
    return head.encode() + content


def send_whole(visitor, path, content):
    body = form_with_paper(visitor, content) + b"\r\n--X--\r\n"
    return visitor._request("POST", path, data=body, content_type="multipart/form-data; boundary=X")


class Endless:
    """A file that never ends, and knows how much of it was read."""

    def __init__(self, start):
        self.start, self.read_so_far = start, 0

    def read(self, size=-1):
        assert size > 0, "all of it is asked for at once"
        given, self.start = self.start[:size], self.start[size:]
        self.read_so_far += size
        assert self.read_so_far < 10 * MOST_BYTES
        return given + bytes(size - len(given))

    def close(self):
        """Nothing to do."""

    def readline(self, size=-1):
        return self.read(size)
