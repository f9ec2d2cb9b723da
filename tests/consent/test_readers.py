"""News by mail for whoever is no client: asked for, confirmed by a link, ended by the same; and nobody learns who gets it."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import select

from clinic.consent.models import NewsReader
from clinic.consent.operations import choose_news
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.places.models import Clinic
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.rows import rows
from tests.steps import book


@pytest.fixture(autouse=True)
def shows_practice(app, cast):
    with writing():
        db.session.execute(sa.update(Clinic).values(shows_practice=True))
        db.session.commit()


def ask(visitor, email="Nora@Example.org", **typed):
    visitor.get("/practice")
    return visitor.send("/news", email=email, **{"news": "y", **typed})


def mails(app, now=NOW):
    """What goes out by then."""
    box = Letterbox()
    while box.round(app, now):
        pass
    return box.mails


def link_in(mail):
    return next(line for line in text_of(mail).splitlines() if "/news/" in line).removeprefix("http://127.0.0.1:8000")


def without_token(page):
    return re.sub(r'csrf_token" value="[^"]*"', "", page)


def the_list(new_visitor):
    olu = new_visitor()
    olu.sign_in("olu")
    return olu.get("/clinic/news.csv").text


def test_nobody_gets_news_before_they_said_so_by_the_link_in_their_mail(app, visitor, new_visitor):
    ask(visitor, name="Nora Quill")
    (mail,) = mails(app)
    assert mail["To"] == "nora@example.org"
    reader = new_visitor()
    reader.get(link_in(mail))
    assert "nora" not in the_list(new_visitor)
    reader.send(f"{link_in(mail)}/confirmation")
    assert "You get our news by mail." in reader.text
    assert "Nora Quill,nora@example.org,2026-03-11" in the_list(new_visitor)
    reader.send(f"{link_in(mail)}/ending")
    assert "You get no news from us." in reader.text
    assert "nora" not in the_list(new_visitor)


def test_the_link_ends_it_years_later_too(app, visitor, new_visitor):
    ask(visitor)
    (mail,) = mails(app)
    reader = new_visitor()
    reader.get(link_in(mail))
    reader.send(f"{link_in(mail)}/confirmation")
    with time_machine.travel(NOW + timedelta(days=1000), tick=False):
        assert "No more news" in reader.get(link_in(mail)).text


def test_the_answer_is_the_same_whoever_has_the_address_and_a_day_has_one_mail(app, visitor, new_visitor):
    first = ask(visitor).text
    again = ask(new_visitor()).text
    assert without_token(first) == without_token(again)
    assert len(mails(app)) == 1
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        ask(visitor)
        assert len(mails(app, NOW + timedelta(hours=26))) == 1
    assert rows()["news_reader"] == 1


def test_who_never_confirms_is_forgotten(app, visitor):
    ask(visitor)
    (mail,) = mails(app)
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        assert visitor.get(link_in(mail)).status_code == 404
        ask(visitor, "other@example.org")
    assert db.session.scalars(select(NewsReader.email)).all() == ["other@example.org"]


@pytest.mark.parametrize("typed", [{"email": ""}, {"email": "nobody"}, {"news": ""}, {"name": "x" * 200}])
def test_what_is_no_address_or_was_not_ticked_is_asked_again(visitor, typed):
    assert ask(visitor, **typed).status_code == 422
    assert "There is a problem" in visitor.text
    assert rows()["news_reader"] == 0


def test_nothing_is_ticked_beforehand(visitor):
    assert "checked" not in visitor.get("/practice").text


def test_after_twenty_tries_in_an_hour_no_more_mail_goes_out(app, visitor):
    for number in range(22):
        answer = ask(visitor, f"n{number}@example.org")
    assert answer.status_code == 429
    assert len(mails(app)) == 20


def test_a_client_who_asks_here_too_is_listed_once_and_odd_names_run_nothing(app, visitor, new_visitor):
    book(new_visitor())
    with writing():
        clara = db.session.scalars(select(Client)).one()
        choose_news(db.session, clara.id, wanted=True, now=NOW, by=GUEST)
        for email, name in ((clara.email, "C"), ("odd@example.org", "=1+1")):
            db.session.add(NewsReader(email=email, name=name, asked_at=NOW, confirmed_at=NOW))
        db.session.commit()
    table = the_list(new_visitor)
    assert table.count("clara@client.test") == 1
    assert "\n=1" not in table
    assert "odd@example.org" in table
