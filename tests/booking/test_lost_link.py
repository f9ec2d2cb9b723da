"""Whoever has lost their link is sent it, and a stranger learns nothing."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select, text

from clinic.core.db import db
from clinic.messages.models import OutgoingMessage
from tests.conftest import NOW
from tests.letterbox import Letterbox, page_of, text_of
from tests.rows import rows
from tests.steps import book

KNOWN, UNKNOWN = "clara@client.test", "stranger@client.test"


def ask(visitor, email, at=NOW):
    with time_machine.travel(at, tick=False):
        visitor.get("/lost-link")
        return visitor.send("/lost-link", email=email)


def sent(app, at=NOW):
    """The mails with links that one round of the worker sends."""
    box = Letterbox()
    with time_machine.travel(at, tick=False):
        while box.round(app, at):
            pass
    return [mail for mail in box.mails if mail["Subject"] == "Your appointments"]


def asked_for():
    query = select(OutgoingMessage).where(OutgoingMessage.occasion == "lost_link")
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def links_in(mail):
    lines = text_of(mail).splitlines()
    return [line.removeprefix("http://127.0.0.1:8000") for line in lines if line.startswith("http")]


def test_each_appointment_to_come_is_in_the_mail_with_the_link_that_opens_it(app, visitor, new_visitor):
    book(visitor, at="20260316T1000Z", therapist="ben-okafor")
    book(visitor)
    ask(visitor, KNOWN)
    (mail,) = sent(app)
    assert mail["To"] == KNOWN
    told = [line for line in text_of(mail).splitlines() if " with " in line]
    assert told == ["Thursday 12 March, 10am, with Ana Moreau:", "Monday 16 March, 10am, with Ben Okafor:"]
    other = new_visitor()
    for link, day in zip(links_in(mail), ("Thursday 12 March", "Monday 16 March"), strict=True):
        other.get(link)
        assert day in other.text


def test_the_address_is_known_however_it_is_written_and_brings_what_all_who_share_it_have(app, visitor, new_visitor):
    """Two people with one address: neither is named."""
    book(visitor, email="clara@client.test")
    book(new_visitor(), at="20260312T1400Z", name="Piet Kettle", email="Clara@Client.test")
    ask(visitor, " CLARA@client.TEST ")
    (mail,) = sent(app)
    assert len(links_in(mail)) == 2
    for part in (text_of(mail), page_of(mail)):
        assert not [word for word in ("Clara", "Teacup", "Piet", "Kettle") if word in part.replace("Clara@", "")]


def test_what_is_over_or_cancelled_or_somebody_elses_is_not_in_the_mail(app, visitor, new_visitor):
    book(visitor)
    book(visitor, at="20260313T1000Z")
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    book(visitor, at="20260316T1000Z")
    book(new_visitor(), at="20260316T1400Z", email="dora@client.test")
    later = NOW + timedelta(days=2)  # after Thursday's
    ask(visitor, KNOWN, at=later)
    (mail,) = sent(app, at=later)
    assert [line for line in text_of(mail).splitlines() if " with " in line] == [
        "Monday 16 March, 10am, with Ana Moreau:"
    ]


AFTER = NOW + timedelta(days=40)  # Thursday's visit is over, and its link good no longer


def booked_and_over(visitor, new_visitor):
    """Clara has been here once, and has the link of that visit still; the link."""
    book(visitor)
    old = visitor.page.request.path
    with time_machine.travel(AFTER, tick=False):
        assert new_visitor().get(old).status_code == 404
    return old


def test_who_has_only_been_here_before_is_sent_the_last_visit_to_book_the_same_again(app, visitor, new_visitor):
    old = booked_and_over(visitor, new_visitor)
    book(visitor, at="20260316T1000Z", therapist="ben-okafor")
    ask(visitor, KNOWN, at=AFTER)
    (mail,) = sent(app, at=AFTER)
    told = [line for line in text_of(mail).splitlines() if " with " in line]
    assert told == ["Monday 16 March, 10am, with Ben Okafor:"]
    assert "None is to come." in text_of(mail)
    assert "move or cancel" not in text_of(mail)
    link, visit = links_in(mail)
    with time_machine.travel(AFTER, tick=False):
        other = new_visitor()
        other.get(visit)
        assert "make an account" in other.text
        other.get(link)
        assert "Massage · 60 minutes" in other.text
        other.get(other.link(" on Friday 24 April with Ben"))
        other.send(link)
        assert "You're booked" in other.text
        assert new_visitor().get(old).status_code == 404


def test_a_link_that_expired_comes_anew_and_what_stood_in_the_old_mail_stays_dead(app, visitor, new_visitor):
    old = booked_and_over(visitor, new_visitor)
    ask(visitor, KNOWN, at=AFTER)
    (mail,) = sent(app, at=AFTER)
    ask(visitor, KNOWN, at=AFTER + timedelta(hours=1))
    (second,) = sent(app, at=AFTER + timedelta(hours=1))
    assert links_in(mail) == links_in(second) != [old]
    with time_machine.travel(AFTER, tick=False):
        assert new_visitor().get(old).status_code == 404
        assert new_visitor().get(links_in(mail)[0]).status_code == 200


def test_each_who_shares_an_address_gets_their_own_last_visit(app, visitor, new_visitor):
    book(visitor)
    book(new_visitor(), at="20260312T1400Z", name="Piet Kettle")
    ask(visitor, KNOWN, at=AFTER)
    (mail,) = sent(app, at=AFTER)
    visits = [link for link in links_in(mail) if not link.endswith("/again")]
    assert links_in(mail) == [way for visit in visits for way in (f"{visit}/again", visit)]
    assert len(visits) == 2
    assert not [word for word in ("Clara", "Teacup", "Piet", "Kettle") if word in text_of(mail)]


def test_a_cancelled_visit_was_none(app, visitor):
    book(visitor)
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    ask(visitor, KNOWN, at=AFTER)
    assert sent(app, at=AFTER) == []


@pytest.mark.parametrize("at", [NOW, AFTER], ids=["to come", "been here before"])
def test_known_and_unknown_get_the_same_answer_and_leave_as_much(app, visitor, new_visitor, at):
    book(visitor)
    with time_machine.travel(at, tick=False):
        compare_known_and_unknown(new_visitor)


def compare_known_and_unknown(new_visitor):
    seen, statements = set(), []
    count = lambda *_: statements.append(1)  # noqa: E731
    for email in (KNOWN, UNKNOWN):
        one, before = new_visitor(), rows()
        one.get("/lost-link")
        event.listen(db.engine, "before_cursor_execute", count)
        answer = one.send("/lost-link", email=email)
        event.remove(db.engine, "before_cursor_execute", count)
        more = {name: n - before[name] for name, n in rows().items() if n != before[name]}
        headers = sorted(
            (name, value) for name, value in answer.headers if name not in {"Set-Cookie", "Content-Length"}
        )
        words = one.text.replace(email, "…")
        seen.add((answer.status_code, words, str(headers), str(more), len(statements)))
        statements.clear()
    assert len(seen) == 1
    assert "If appointments to come were booked with …" in words
    assert more == {"outgoing_message": 1, "sign_in_try": 1}


def test_an_address_nobody_has_gets_no_mail(app, visitor):
    book(visitor)
    ask(visitor, UNKNOWN)
    assert sent(app) == []
    (message,) = asked_for()
    assert message.dropped


def test_the_outbox_does_not_hold_the_address(visitor):
    book(visitor)
    ask(visitor, KNOWN)
    kept = str(db.session.execute(text("SELECT * FROM outgoing_message")).all())
    tries = str(db.session.execute(text("SELECT * FROM sign_in_try")).all())
    assert "clara" not in kept + tries
    assert "127.0.0.1" not in tries


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_asked_for_again_in_the_same_hour_it_is_sent_once(app, visitor, email):
    book(visitor)
    answers = {ask(visitor, each).status_code for each in (email, email.upper(), email)}
    assert answers == {200}
    assert len(asked_for()) == 1
    ask(visitor, email, at=NOW + timedelta(hours=1))
    assert len(asked_for()) == 2


def test_an_appointment_booked_or_cancelled_after_asking_is_told_as_it_stands(app, visitor):
    book(visitor)
    ask(visitor, KNOWN)
    book(visitor, at="20260313T1000Z")
    (mail,) = sent(app)
    assert len(links_in(mail)) == 2


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "clara@client.test, x@client.test", "x" * 300 + "@client.test"])
def test_what_is_no_address_is_said_at_the_field_and_kept(visitor, email):
    assert ask(visitor, email).status_code == 422
    assert 'aria-invalid="true"' in visitor.page.text
    assert f'value="{email}"' in visitor.page.text
    assert asked_for() == []


def test_from_one_place_nobody_asks_for_hundreds(visitor):
    answers = [ask(visitor, f"n{n}@client.test").status_code for n in range(21)]
    assert answers == [200] * 20 + [429]
    assert "call us" in visitor.text
    assert len(asked_for()) == 20
    assert ask(visitor, UNKNOWN, at=NOW + timedelta(hours=2)).status_code == 200


def test_asking_for_links_takes_no_tries_to_sign_in_away(visitor):
    for n in range(20):
        ask(visitor, f"n{n}@client.test")
    visitor.sign_in("rosa")
    assert visitor.page.request.path == "/today"


def test_a_dead_link_and_every_page_lead_to_it(visitor):
    visitor.get("/appointments/none")
    assert visitor.get(visitor.link("Send me my link")).status_code == 200
    visitor.get("/")
    assert visitor.get(visitor.link("Lost your link?")).status_code == 200
