"""What went wrong in other clinics' systems, as their users told it, and does not here. The numbers are OpenEMR's."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from clinic.booking.operations import link_of
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.notes.models import Attachment, MeasuresTold, NoteDraft, Signature
from clinic.people.models import Account
from clinic.places.models import Clinic
from tests.notes.conftest import AFTERWARDS, WORDS
from tests.papers import picture
from tests.rows import whole_rows

BESIDE = "It was the left hip, not the right"
AS_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def signed(ana, path):
    """Ana's note, with something written beside it two days later."""
    ana.send(f"{path}/signature", **WORDS, pain_on_arrival="6", **{"treated-0-place": "low_back/left"})
    return ana


@pytest.fixture
def amended(signed, path, later):
    later.shift(timedelta(days=2))
    signed.get(path)
    signed.send(f"{path}/amendments", text=BESIDE, why="mistake")
    return signed


def words_on_paper(visitor, path):
    answer = visitor.get(f"{path}/paper")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=note.pdf"
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.data)).pages)


@pytest.mark.parametrize("nothing", [{}, dict.fromkeys(WORDS, ""), dict.fromkeys(WORDS, " \n "), {"pain_worst": "4"}])
def test_a_note_without_a_word_is_not_signed_13082(ana, path, nothing):
    assert ana.send(f"{path}/signature", **nothing).status_code == 409
    assert "There is nothing to sign yet." in ana.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == 0


def test_a_client_sends_no_blank_form_13082(appointment, visitor):
    with writing():
        db.session.execute(sa.update(Clinic).values(asks_measures=True))
        db.session.commit()
    page = f"/appointments/{link_of(db.session, appointment.id).token}/measures"
    visitor.get(page)
    assert visitor.send(page).status_code == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MeasuresTold)) == 0


def test_nothing_is_added_to_a_locked_visit_11492(ana, path, appointment, visitor):
    """By no way there is: what was signed, and what hangs on it, stays the same in every row."""
    typed = {**WORDS, "key": "another", "revision": "0"}
    photo = {"csrf_token": ana.token(), "about": "", "paper": (BytesIO(picture()), "hip.jpg")}
    ana._request("POST", f"{path}/attachments", data=photo, content_type="multipart/form-data")
    kept = db.session.scalars(sa.select(Attachment.id)).one()
    ana.get(path)
    ana.send(f"{path}/signature", **WORDS)
    before = whole_rows(but={"audit_line"})
    late = {**typed, "subjective": "Something else", "treated-0-place": "calf/left", "marks-0-place": "calf/left"}
    assert ana.post(f"{path}/draft", **late).status_code == 409
    assert ana._request("POST", f"{path}/draft", data={**late, "csrf_token": ana.token()}, headers=AS_SCRIPT).is_json
    ana.get(path)
    assert ana.post(f"{path}/signature", **late).status_code == 409
    ana.get(path)
    photo = {"csrf_token": ana.token(), "about": "", "paper": (BytesIO(picture(colour="blue")), "hip.jpg")}
    answer = ana._request("POST", f"{path}/attachments", data=photo, content_type="multipart/form-data")
    assert answer.status_code == 409
    ana.get(path)
    ana.post(f"/attachments/{kept}/removal")
    visitor.post(f"/appointments/{link_of(db.session, appointment.id).token}/measures", pain_worst="9")
    assert whole_rows(but={"audit_line"}) == before


def test_an_amendment_is_shown_wherever_its_note_is_8205(amended, path, appointment):
    for page in (path, f"/clients/{appointment.client_id}"):
        amended.get(page)
        assert BESIDE in amended.text, page
        assert "Amendment by Ana Moreau, Saturday 14 March 2026, 11:30am" in amended.text, page
        assert "Corrects a mistake" in amended.text, page
    assert BESIDE in words_on_paper(amended, path)


def test_what_is_signed_is_nowhere_shown_as_unsigned_6394(signed, path, appointment):
    assert "Signed note" in signed.get("/today").text
    assert "Note to sign" not in signed.text
    assert "All your notes are signed" in signed.get("/notes").text
    signed.get(f"/clients/{appointment.client_id}")
    assert "Signed by Ana Moreau" in signed.text
    assert "Write the note" not in signed.text
    assert "Sign note" not in signed.get(path).text


def test_the_paper_says_who_signed_and_when_5624(amended, path):
    said = words_on_paper(amended, path)
    assert "Signed by Ana Moreau, Thursday 12 March 2026, 11:30am" in said
    assert "Amendment by Ana Moreau" in said


def test_the_paper_is_not_blank_12319(signed, path):
    said = words_on_paper(signed, path)
    assert "Treatment note: Clara Teacup" in said
    assert "Thursday 12 March 2026, 10am · Massage" in said
    for words in (*WORDS.values(), "on arrival 6", "left"):
        assert words in said


def test_the_paper_says_every_word_of_the_signed_note(signed, path):
    """Whatever part of a note its page shows stands in the paper too."""
    article = re.search(r"<article.*?</article>", signed.get(path).text, re.DOTALL)[0]
    shown = re.sub(r"<svg.*?</svg>", " ", article, flags=re.DOTALL)
    said = words_on_paper(signed, path)
    assert [word for word in re.sub(r"<[^>]+>", " ", shown).split() if word not in said] == []


def test_a_draft_has_no_paper(ana, path):
    ana.send(f"{path}/draft", **WORDS)
    assert ana.get(f"{path}/paper").status_code == 404


def test_a_locked_note_can_be_read_as_long_as_there_is_a_clinic_13021(signed, path, later):
    later.shift(timedelta(days=3650))
    again = signed.sign_in("ana")
    assert again.status_code == 200
    assert all(words in signed.get(path).text for words in WORDS.values())


def test_signing_locks_in_the_same_moment(signed, path):
    """Not first the one and then the other: there is no signed note that can be written on."""
    assert db.session.scalar(sa.select(sa.func.count()).select_from(NoteDraft)) == 0
    assert 'name="subjective"' not in signed.get(path).text


def test_who_may_do_what_never_changes_without_a_line_11565(people_of, path, cast):
    olu, rosa = people_of("olu"), cast.rosa.id
    olu.get(f"/clinic/staff/{rosa}")
    olu.send(f"/clinic/staff/{rosa}/role", role="therapist")
    account = cast.ana.account_id
    olu.get(f"/clinic/staff/{account}")
    olu.send(f"/clinic/staff/{account}/supervisor", supervisor=str(cast.ben.id))
    told = sa.select(AuditLine.action, AuditLine.subject, AuditLine.detail).order_by(AuditLine.id)
    told = told.where(AuditLine.at == AFTERWARDS)
    lines = [tuple(one) for one in db.session.execute(told) if "role" in one.detail or "supervisor" in one.detail]
    assert lines == [
        ("account.role_changed", f"account:{rosa}", {"role": ["reception", "therapist"]}),
        ("account.supervised", f"account:{account}", {"supervisor": [None, cast.ben.id]}),
    ]


@pytest.fixture
def people_of(path, later, new_visitor):
    def sign_in(name):
        visitor = new_visitor()
        visitor.sign_in(name)
        assert db.session.scalar(sa.select(Account.id).where(Account.email == f"{name}@clinic.test"))
        return visitor

    return sign_in
