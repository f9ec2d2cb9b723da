"""A letter: begun from the record, written, filed as a paper that never changes, and released with consent alone."""

import base64
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.front.my.queries import looks_at
from clinic.referrals.models import Letter
from clinic.referrals.queries import written
from tests.referrals.conftest import AFTERWARDS, agree, paper, the_letter


def actions(subject):
    lines = sa.select(AuditLine.action).where(AuditLine.subject == subject).order_by(AuditLine.id)
    return db.session.scalars(lines).all()


def test_a_letter_begins_with_what_the_signed_notes_say(ana, draft):
    words = written(the_letter()).words
    assert words.greeting == "Dear Dr Howe,"
    assert (
        words.reason == "I treated Clara Teacup with massage on 12 March 2026. I would be glad if you would see them."
    )
    assert "They gave their pain on arrival as 6 of 10." in words.found
    assert "Resisted hip flexion right weak" in words.found
    assert "Front of the right hip" not in ana.page.text  # what they told in confidence is for the therapist to add


def test_it_says_nothing_of_what_nobody_signed(ana, client_id):
    with_nobody = ana.get(f"/clients/{client_id}/letters") and ana.send(
        f"/clients/{client_id}/letters", kind="doctor", contact=""
    )
    assert "Dear colleague," in with_nobody.text
    assert "I have made no diagnosis" in with_nobody.text


def test_what_is_typed_is_kept_sealed(ana, draft):
    ana.get(draft)
    ana.send(draft, found="A sore hip flexor")
    assert "A sore hip flexor" in ana.get(draft).text
    assert b"sore" not in the_letter().content_sealed


def test_a_page_that_lags_behind_overwrites_nothing_and_loses_nothing(ana, draft):
    lagging = ana.get(draft)
    ana.send(draft, found="typed on the tablet")
    ana.page = lagging
    answer = ana.send(draft, found="typed on the phone")
    assert answer.status_code == 409
    assert "typed on the tablet" in answer.text
    assert "typed on the phone" in answer.text
    ana.send(draft, found="both of it")
    assert written(the_letter()).words.found == "both of it"


def test_a_double_click_saves_once_and_is_no_conflict(ana, draft):
    page = ana.get(draft)
    for _ in range(2):
        ana.page = page
        assert ana.send(draft, found="once").status_code == 200
    assert the_letter().revision == 2


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"contact": "", "found": "A sore hip"}, "Choose to whom it goes"),
        ({"reason": "", "found": "", "done": "", "asked": ""}, "nothing in this letter yet"),
    ],
)
def test_what_is_not_ready_is_not_filed_and_is_kept_all_the_same(ana, draft, changed, words):
    ana.get(draft)
    answer = ana.send(f"{draft}/filing", greeting="Dear Doctor,", **changed)
    assert answer.status_code == 409
    assert words in ana.text
    letter = the_letter()
    assert (letter.filed_at, written(letter).words.greeting) == (None, "Dear Doctor,")


def test_too_much_is_told_at_the_field_with_all_that_was_typed(ana, draft):
    ana.get(draft)
    for page in (draft, f"{draft}/filing"):
        answer = ana.send(page, found="x" * 6001)
        assert answer.status_code == 422
        assert "x" * 6001 in answer.text


def test_filing_makes_the_paper_and_from_then_on_it_never_changes(ana, filed):
    letter = the_letter()
    kept = letter.paper
    assert base64.b64decode(kept).startswith(b"%PDF")
    assert b"%PDF" not in letter.paper_sealed
    ana.get(filed)
    assert ana.post(filed, kind="referral", found="something else").status_code == 200
    assert "does not change any more" in ana.text
    ana.post(f"{filed}/filing", kind="referral", found="something else", revision="9")
    ana.post(f"{filed}/removal")
    db.session.expire_all()
    assert the_letter().paper == kept
    assert actions(f"letter:{letter.id}") == ["letter.begun", "letter.saved", "letter.filed"]


def test_what_the_directory_says_later_changes_nothing_of_it(ana, filed, howe):
    ana.get(f"/contacts/{howe}")
    ana.send(f"/contacts/{howe}", name="Dr Other", kind="gp")
    assert "Dr Howe" in ana.get(filed).text
    assert "Dr Howe" in paper(ana, filed)[1]


def test_until_it_is_released_every_paper_says_that_it_is_a_draft(ana, draft):
    for _ in range(2):
        answer, words = paper(ana, draft)
        assert "DRAFT: not released" in words
        assert answer.headers["Content-Disposition"] == f"attachment; filename=draft-{draft[-36:-28]}.pdf"
        ana.send(f"{draft}/filing", found="A sore hip")
    agree(ana, draft)
    assert "DRAFT" in paper(ana, draft)[1]
    ana.post(f"{draft}/release")
    answer, words = paper(ana, draft)
    assert "DRAFT" not in words
    assert "Dear Dr Howe," in words
    assert answer.data == base64.b64decode(the_letter().paper)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=letter-{draft[-36:-28]}.pdf"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers.getlist("Content-Security-Policy")[0] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_goes_without_a_consent_to_this_very_letter(ana, draft):
    ana.post(f"{draft}/release")
    assert "File the letter first" in ana.text
    ana.post(f"{draft}/consent", who="Clara", way="person", on="2026-03-12", to="All of it")
    assert "File the letter first" in ana.text
    ana.get(draft)
    ana.send(f"{draft}/filing", found="A sore hip")
    ana.post(f"{draft}/release")
    assert "Write down first that the client agreed" in ana.text
    assert the_letter().released_at is None


def test_a_consent_that_was_taken_back_stops_it_until_they_agree_anew(ana, filed):
    agree(ana, filed)
    ana.post(f"{filed}/consent/withdrawal")
    assert "Taken back" in ana.text
    ana.post(f"{filed}/release")
    assert "took their consent back" in ana.text
    assert the_letter().released_at is None
    agree(ana, filed, way="writing")
    ana.post(f"{filed}/release")
    assert the_letter().released_at == AFTERWARDS
    assert [one.way for one in written(the_letter()).consents] == ["person", "writing"]
    ana.post(f"{filed}/consent/withdrawal")
    assert "cannot be called back" in ana.text


def test_who_agreed_how_when_and_to_what_stands_beside_the_letter(ana, filed):
    agree(ana, filed, who="Clara’s mother", way="phone", on="2026-03-11", to="All but the date of birth")
    for words in ("Clara’s mother", "On the phone", "Wednesday 11 March 2026", "All but the date of birth", "Ana"):
        assert words in ana.text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"who": ""}, "Enter who agreed."),
        ({"way": ""}, "Choose how they agreed."),
        ({"way": "telepathy"}, "There is a problem"),
        ({"on": "2026-03-13"}, "Enter a day that has come."),
        ({"on": "soon"}, "Enter a day, such as"),
        ({"to": ""}, "Enter what they agreed to."),
    ],
)
def test_half_a_consent_is_none(ana, filed, told, words):
    assert agree(ana, filed, **told).status_code == 422
    assert words in ana.text
    assert written(the_letter()).consent is None


def test_the_client_sees_once_that_a_letter_was_released(ana, filed, client_id):
    agree(ana, filed)
    ana.post(f"{filed}/release")
    ana.post(f"{filed}/release")
    assert actions(f"client:{client_id}").count("letter.released") == 1
    of_letters = [look for look in looks_at(db.session, client_id) if look.released_letter]
    assert [(look.who.name, look.at) for look in of_letters] == [("Ana Moreau", AFTERWARDS)]


def test_a_draft_is_deleted_for_good_when_it_was_not_meant(ana, draft):
    ana.post(f"{draft}/removal")
    assert "The draft is gone." in ana.text
    assert db.session.scalars(sa.select(Letter)).all() == []


def test_the_list_says_how_far_each_letter_has_come(ana, filed, client_id, later):
    page = f"/clients/{client_id}/letters"
    assert "Waits for their consent" in ana.get(page).text
    agree(ana, filed)
    assert "May go" in ana.get(page).text
    later.shift(timedelta(minutes=1))
    ana.post(f"{filed}/release")
    assert "Released" in ana.get(page).text


def test_whoever_is_put_away_stays_with_the_draft_that_is_to_them_and_is_offered_for_no_other(
    ana, draft, client_id, howe
):
    ana.post(f"/contacts/{howe}/departure")
    assert "Dr Howe" in ana.get(draft).text
    assert "Dr Howe, Hill Surgery" not in ana.get(f"/clients/{client_id}/letters").text.replace("Referral, Dr Howe", "")
    assert ana.post(f"/clients/{client_id}/letters", kind="referral", contact=str(howe)).status_code == 422


def test_nobody_else_finds_a_letter_or_that_there_is_one(ana, filed, client_id, new_visitor):
    ben, rosa = new_visitor(), new_visitor()
    ben.sign_in("ben")
    rosa.sign_in("rosa")
    none = "/letters/00000000-0000-0000-0000-000000000000"
    for page in ("", "/paper"):
        there, absent = ben.get(f"{filed}{page}"), ben.get(f"{none}{page}")
        assert (there.status_code, there.data) == (404, absent.data)
        assert rosa.get(f"{filed}{page}").status_code == 403
    for page in ("", "/filing", "/consent", "/consent/withdrawal", "/release", "/removal"):
        assert ben.post(f"{filed}{page}").status_code == 404
        assert rosa.post(f"{filed}{page}").status_code == 403
    assert ben.get(f"/clients/{client_id}/letters").status_code == 404
    assert the_letter().released_at is None


def test_opening_and_taking_it_are_on_record(ana, filed, client_id):
    before = actions(f"client:{client_id}")
    ana.get(filed)
    ana.get(f"{filed}/paper")
    assert actions(f"client:{client_id}")[len(before) :] == ["record.viewed", "letter.previewed"]
