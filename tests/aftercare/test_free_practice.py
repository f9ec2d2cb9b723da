"""Free practice: shown to everybody where the clinic wants it, with papers of its own, and nothing asked for it."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from clinic.aftercare.models import Handout, UsefulLink
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account
from clinic.places.models import Clinic
from tests.conftest import NOW
from tests.papers import pdf
from tests.reading import grade
from tests.visitor import Visitor

PAPERS = "/clinic/handouts"


@pytest.fixture
def shows_practice(app, cast):
    with writing():
        db.session.execute(sa.update(Clinic).values(shows_practice=True))
        db.session.commit()


@pytest.fixture
def olu(app, cast):
    owner = Visitor(app)
    owner.sign_in("olu")
    return owner


def add(olu, content, *, title="Sitting well", **said):
    olu.get(f"{PAPERS}/new")
    return olu.send(PAPERS, title=title, pdf=(BytesIO(content), "clara-teacup.pdf"), **said)


def the_handout():
    return db.session.scalars(select(Handout.id)).one()


def test_it_is_everybodys_only_where_the_clinic_says_so(visitor, olu):
    assert visitor.get("/practice").status_code == 404
    assert visitor.get("/news").status_code == 404
    assert 'href="/practice"' not in visitor.get("/").text
    olu.get("/clinic/identity")
    olu.send("/clinic/identity", shows_practice="y")
    assert visitor.get("/").text.count('href="/practice"') == 2  # among the treatments, and at the foot
    assert visitor.get("/practice").status_code == 200


def test_it_shows_the_rest_with_its_drawing_and_says_when_to_ask_and_when_to_stop(visitor, shows_practice):
    page = visitor.get("/practice").text
    assert 'role="img"' in page
    for words in (
        "Constructive rest",
        "Put your hands on your tummy.",
        "walks",
        "Ask us first if",
        "Stop, and call us, if",
        "999",
        "0117 496 0000",
    ):
        assert words in visitor.text, words
    own = visitor.text.partition("A rest for your back")[2].partition("Ask us first if")[0]
    assert grade(own) <= 7


def test_a_rest_that_the_clinic_hid_is_not_shown(visitor, olu, shows_practice):
    olu.get("/clinic/exercises/constructive_rest")
    olu.send("/clinic/exercises/constructive_rest/withdrawal")
    visitor.get("/practice")
    assert "Put your hands on your tummy." not in visitor.text
    assert "Ask us first if" in visitor.text


def test_a_paper_of_the_clinic_is_anybodys_to_take_as_a_file_that_runs_nothing(visitor, olu, shows_practice):
    content = pdf()
    add(olu, content, words="For the office.")
    visitor.get("/practice")
    assert "Sitting well (PDF, 1 kB)" in visitor.text
    assert "For the office." in visitor.text
    taken = visitor.get(visitor.link("Sitting well"))
    assert (taken.data, taken.content_type) == (content, "application/pdf")
    assert taken.headers["Content-Disposition"] == "attachment; filename=handout.pdf"
    assert "sandbox" in taken.headers["Content-Security-Policy"]


def test_a_hidden_paper_is_taken_by_nobody_but_its_owner(visitor, olu, shows_practice):
    add(olu, pdf())
    one = the_handout()
    olu.get(f"{PAPERS}/{one}")
    olu.post(f"{PAPERS}/{one}", title="Sitting well")
    assert "Sitting well" not in visitor.get("/practice").text
    assert visitor.get(f"/handouts/{one}").status_code == 404
    assert olu.get(f"{PAPERS}/{one}/pdf").status_code == 200


def test_no_paper_leaves_while_the_page_is_not_shown(visitor, olu):
    add(olu, pdf())
    assert visitor.get(f"/handouts/{the_handout()}").status_code == 404


def test_another_file_takes_its_place_and_none_keeps_it(olu):
    add(olu, pdf())
    page = f"{PAPERS}/{the_handout()}"
    olu.get(page)
    olu.send(page, title="Sitting better", words="New")
    olu.get(page)
    assert olu.get(f"{page}/pdf").data == pdf()
    olu.get(page)
    olu.send(page, pdf=(BytesIO(pdf(2)), "x"))
    assert olu.get(f"{page}/pdf").data == pdf(2)
    kept = db.session.scalars(select(Handout)).one()
    assert (kept.title, kept.size) == ("Sitting better", len(pdf(2)))
    actions = set(db.session.scalars(select(AuditLine.action)))
    assert {"handout.made", "handout.changed", "handout.replaced"} <= actions


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a PDF."),
        (b"<html>%PDF-1.7", "This is not a PDF."),
    ],
    ids=["nothing", "no PDF"],
)
def test_what_is_no_pdf_is_refused_and_what_was_typed_stays(olu, content, said):
    assert add(olu, content).status_code == 422
    assert said in olu.text
    assert "Sitting well" in olu.page.text
    assert not db.session.scalars(select(Handout)).all()


def test_what_is_larger_than_five_megabytes_is_refused_in_words(olu):
    """The body by hand, for the test client would leave a large file open."""
    olu.get(f"{PAPERS}/new")
    fields = {"csrf_token": olu.token(), "title": "Sitting well"}
    head = "".join(
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{it}\r\n' for name, it in fields.items()
    )
    head += '--X\r\nContent-Disposition: form-data; name="pdf"; filename="x.pdf"\r\n\r\n%PDF-'
    body = head.encode() + bytes(5 * 1024 * 1024) + b"\r\n--X--\r\n"
    answer = olu._request("POST", PAPERS, data=body, content_type="multipart/form-data; boundary=X")
    assert answer.status_code == 422
    assert "This is larger than 5 MB." in olu.text
    assert not db.session.scalars(select(Handout)).all()


def test_places_elsewhere_are_shown_and_what_earns_the_clinic_something_says_so(visitor, shows_practice):
    with writing():
        account = db.session.scalar(select(Account.id).order_by(Account.id).limit(1))
        for title, offered, earns in (("A belt", True, True), ("A talk", True, False), ("Old", False, False)):
            row = UsefulLink(title=title, url=f"https://example.org/{title[-4:].strip()}", is_video=title == "A talk")
            row.is_affiliate, row.offered, row.added_at, row.added_by_id = earns, offered, NOW, account
            db.session.add(row)
        db.session.commit()
    visitor.get("/practice")
    assert "A belt We earn a little when you buy there. A talk (video)" in visitor.text
    assert "Old" not in visitor.text
