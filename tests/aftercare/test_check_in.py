"""Somebody who is asked how they are answers: red flags first, one page, never shown again."""

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa
import time_machine

from clinic.aftercare.models import CheckIn
from clinic.aftercare.rules.check_ins import HowTheyAre
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.work.models import WorkItem
from tests.aftercare.asking import DUE, answers, asked_link, calls, release
from tests.aftercare.steps import plan_link
from tests.letterbox import Letterbox, text_of
from tests.reading import grade
from tests.rows import rows

RING = "ring_after_check_in"


@pytest.fixture
def link(app, new_visitor):
    """Clara's, two days after her release with Ana; it is that day from now on."""
    release(new_visitor(), phone="0117 496 0001")
    found = asked_link(app)
    with time_machine.travel(DUE, tick=False):
        yield found


@pytest.fixture
def clara(new_visitor, link):
    """With the page open."""
    client = new_visitor()
    assert client.get(link).status_code == 200
    return client


@pytest.fixture
def ana(new_visitor, link):
    therapist = new_visitor()
    therapist.sign_in("ana")
    return therapist


def client_id():
    return db.session.scalar(sa.select(Client.id))


def test_the_page_says_what_it_asks_about_and_begins_with_what_cannot_wait(clara):
    assert "You were with Ana on 12 March." in clara.text
    order = [clara.text.index(words) for words in ("numb between your legs", "Your pain now", "Anything else")]
    assert order == sorted(order)
    assert "Has the pain come back" not in clara.text  # that is for the review


def test_what_is_answered_is_sealed_and_thanked_for_and_never_shown_again(clara, link):
    clara.send(link, flags="none", pain="3", compared="better", new=["sore_settled", "bruise"], word="Slept well")
    assert "Thank you" in clara.text
    assert "Call us, if" in clara.text
    told = HowTheyAre((), 3, "better", ("sore_settled", "bruise"), "", "Slept well")
    assert answers() == [("release", told)]
    assert calls() == []
    clara.get(link)
    assert "Slept well" not in clara.page.text
    assert "checked" not in clara.page.text
    sealed = db.session.scalar(sa.select(CheckIn.answers_sealed))
    assert b"Slept" not in sealed


def test_what_is_told_without_a_session_is_kept_on_the_page_and_heard_at_the_next_press(clara, link, cast):
    clara.lose_session()
    page = clara.send(link, flags=["both_legs_weak"], word="Since this morning")
    assert (page.status_code, answers()) == (400, [])
    assert "What you typed is still here: please press the button once more." in clara.text
    assert page.text.count(" checked") == 1
    assert "Since this morning" in clara.text
    clara.send(link, flags=["both_legs_weak"], word="Since this morning")
    assert "Go to A&E now" in clara.text
    assert calls() == [(RING, cast.ana.account_id)]


def test_only_the_red_flags_have_to_be_answered_and_what_was_typed_is_kept_on_a_refusal(clara, link):
    page = clara.send(link, pain="4", compared="same", new=["bruise"], word="A long word")
    assert page.status_code == 422
    assert "Tick what is true, or “None of these”." in clara.text
    assert page.text.count("checked") == 3
    assert "A long word" in clara.text
    assert answers() == []
    clara.send(link, flags="none")
    assert "Thank you" in clara.text


@pytest.mark.parametrize("flag", ["numb_between_legs", "bladder_or_bowel", "both_legs_weak", "one_leg_weak", "fever"])
def test_a_red_flag_leads_to_what_to_do_now_and_becomes_a_call(clara, link, cast, flag):
    clara.send(link, flags=[flag])
    assert clara.page.request.path == f"{link}/help"
    for words in ("What to do now", "Go to A&E now", "111", "Ana sees what you told us and will ring you"):
        assert words in clara.text
    assert calls() == [(RING, cast.ana.account_id)]


def test_a_red_flag_is_heard_whatever_else_is_wrong_with_what_was_sent(clara, link):
    clara.send(link, flags=["none", "fever"], pain="eleven", compared="sideways", word="x" * 5000)
    assert clara.page.request.path == f"{link}/help"
    ((_, told),) = answers()
    assert (told.flags, told.pain, told.compared, len(told.word)) == (("fever",), None, "", 1000)


@pytest.mark.parametrize(
    ("told", "rings"),
    [
        ({"pain": "5", "compared": "same"}, False),
        ({"pain": "6"}, True),
        ({"pain": "1", "compared": "worse"}, True),
        ({"new": ["sore_lasts", "bruise"]}, False),
    ],
)
def test_much_pain_or_worse_is_a_call_too(clara, link, told, rings):
    clara.send(link, flags="none", **told)
    assert "Thank you" in clara.text
    assert [task for task, _ in calls()] == [RING] * rings


def test_new_numbness_leads_to_what_to_do_now(clara, link):
    clara.send(link, flags="none", new=["numb"])
    assert clara.page.request.path == f"{link}/help"
    assert len(calls()) == 1


def test_new_numbness_is_heard_without_an_answer_to_the_first_question(clara, link, cast):
    clara.send(link, new=["numb"], pain="eleven")
    assert clara.page.request.path == f"{link}/help"
    assert "What to do now" in clara.text
    assert answers() == [("release", HowTheyAre(new=("numb",)))]
    assert calls() == [(RING, cast.ana.account_id)]


def test_new_numbness_told_by_phone_is_heard_without_it_too(ana, link):
    ana.send(by_phone(ana), new=["numb"])
    assert "Tell them now" in ana.text
    assert answers() == [("release", HowTheyAre(new=("numb",)))]


def test_the_therapist_gets_a_mail_and_work_without_a_word_of_why(app, clara, link, ana):
    clara.send(link, flags=["fever"], word="Shivering")
    box = Letterbox()
    box.round(app, DUE)
    (mail,) = [one for one in box.mails if one["to"] == "ana@clinic.test"]
    assert not [word for word in ("fever", "Shivering", "Clara", "pain") if word in text_of(mail) + mail["subject"]]
    ana.get("/work")
    assert "Ring them: they told how they are" in ana.text
    assert "0117 496 0001" in ana.text
    ana.get(ana.link("Clara Teacup"))
    assert "back hurts, and you have a fever" in ana.text
    lines = db.session.scalars(sa.select(AuditLine.detail)).all()
    assert "fever" not in str(lines)


def test_the_last_answer_counts_with_a_line_for_each_and_one_call_while_it_waits(clara, link):
    clara.send(link, flags="none", pain="7")
    clara.get(link)
    clara.send(link, flags="none", pain="8")
    clara.get(link)
    clara.send(link, flags="none", pain="2")
    assert [told.pain for _, told in answers()] == [2]
    assert len(calls()) == 1  # they are rung all the same: it was 8 a moment ago
    told = sa.select(sa.func.count()).where(AuditLine.action == "check_in.answered")
    assert db.session.scalar(told) == 3


def test_a_red_flag_stays_on_the_record_when_it_is_answered_again(clara, link, ana):
    clara.send(link, flags=["fever"], new=["numb"], pain="7")
    clara.get(link)
    clara.send(link, flags="none", new=["bruise"], pain="2")
    assert answers() == [("release", HowTheyAre(flags=("fever",), pain=2, new=("bruise", "numb")))]
    ana.get(f"/clients/{client_id()}")
    assert "back hurts, and you have a fever" in ana.text


def test_what_is_told_after_the_call_was_made_asks_for_another(clara, link):
    clara.send(link, flags="none", pain="7")
    with writing():
        db.session.execute(sa.update(WorkItem).values(done_at=DUE))
        db.session.commit()
    clara.get(link)
    clara.send(link, flags="none", pain="9")
    assert len(calls()) == 1
    assert rows()["work_item"] == 2


def test_a_link_for_something_else_opens_no_check_in(clara, link, ana):
    plan = plan_link(ana, client_id(), "glute_bridge").removeprefix("/plans/")
    for token in (plan, "x" * 47, link.removeprefix("/check-ins/")[:-1] + "_"):
        assert clara.get(f"/check-ins/{token}").status_code == 404


def test_the_record_tells_it_to_the_therapist_with_kind_and_day(clara, link, ana):
    clara.send(link, flags="none", pain="3", compared="better", new=["bruise"], word="Slept well")
    ana.get(f"/clients/{client_id()}")
    for words in ("How they said they are", "After a visit", "pain 3, better, a bruise", "Slept well"):
        assert words in ana.text
    assert "by phone" not in ana.text


def test_reception_reads_nothing_of_it(clara, link, new_visitor):
    clara.send(link, flags="none", pain="3", word="Slept well")
    rosa = new_visitor()
    rosa.sign_in("rosa")
    rosa.get(f"/clients/{client_id()}")
    assert "Slept well" not in rosa.text


def by_phone(ana):
    """The page of the record on which it is taken down."""
    ana.get(f"/clients/{client_id()}")
    return ana.get(ana.link("Take down how they are")).request.path


def test_somebody_who_is_rung_is_answered_for_and_the_record_says_by_whom(clara, link, ana):
    page = by_phone(ana)
    assert "They were here on 12 March." in ana.text
    ana.send(page, flags="none", pain="2", compared="better")
    assert ana.page.request.path == f"/clients/{client_id()}"
    assert "by phone, to Ana Moreau" in ana.text
    assert rows()["check_in"] == 1  # what they were asked is answered with it


def test_a_red_flag_told_by_phone_is_to_be_told_what_to_do_at_once_and_asks_nobody_to_ring(ana, link):
    ana.send(by_phone(ana), flags=["numb_between_legs"])
    assert "Tell them now" in ana.text
    assert "Go to A&E now" in ana.text
    assert calls() == []
    ana.get(f"/clients/{client_id()}")
    assert "Red flag" in ana.text


def test_what_another_therapist_takes_down_becomes_a_call_for_whom_it_is_for(ana, link, cast):
    with writing():
        db.session.execute(sa.update(CheckIn).values(therapist_id=cast.ben.id))
        db.session.commit()
    ana.send(by_phone(ana), flags="none", pain="9")
    assert calls() == [(RING, cast.ben.account_id)]


def test_who_was_never_asked_can_tell_by_phone_too(ana, link, clara):
    clara.send(link, flags="none", pain="2")
    ana.send(by_phone(ana), flags="none", pain="1")
    assert sorted(told.pain for _, told in answers()) == [1, 2]
    with time_machine.travel(DUE + timedelta(days=1), tick=False):
        ana.sign_in("ana")
        plan_link(ana, client_id(), "glute_bridge")
        ana.send(by_phone(ana), flags="none", back="no")
    assert ("review", HowTheyAre(back="no")) in answers()


def test_what_is_wrong_by_phone_is_kept_on_the_page(ana, link):
    page = ana.send(by_phone(ana), word="Talks fast")
    assert page.status_code == 422
    assert "Talks fast" in ana.text


def test_what_a_client_reads_is_easy_to_read(app, clara, link, new_visitor, ana):
    """Flesch-Kincaid grade 7 at most, for somebody who is in pain: page, thanks, help, and what is asked when it is back."""
    plan = plan_link(ana, client_id(), "glute_bridge")
    pages = {"asked": clara.get(link), "back": clara.get(f"{plan}/return")}
    pages["calm"] = clara.send(f"{plan}/return", flags="none")
    clara.get(link)
    pages["thanks"] = clara.send(link, flags="none")
    clara.get(link)
    pages["help"] = clara.send(link, flags=["fever"])
    texts = {name: sentences(page.text) for name, page in pages.items()}
    assert {name: round(grade(text), 1) for name, text in texts.items() if grade(text) > 7} == {}


def sentences(html):
    """Each line of the page's main part as a sentence."""
    main = html.partition("<main")[2].partition("</main>")[0]
    lines = re.findall(r"<(?:h1|h2|p|li|legend|span)[^>]*>([^<]{12,})<", main)
    return " ".join(line.strip().rstrip(".;:") + "." for line in map(unescape, lines))
