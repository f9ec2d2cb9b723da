"""A client's own account: made by who has proven their address, signed in to, changed, deleted."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.consent.queries import accepted_by
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.core.links import Link
from clinic.people.models import Client, ClientAccount
from clinic.places.models import Clinic
from tests.accounts import ACCOUNT, SECRET, SIGN_IN, mailed, offered, sign_in, sign_in_by_mail, with_account
from tests.cast import PASSWORD
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.visitor import fields_of

MY_PAGES = ("/my", "/my/plan", "/my/answers", "/my/details", "/my/record-views", "/my/password", "/my/deletion")
BY_PASSWORD = MY_PAGES[2:]


def actions():
    return list(db.session.scalars(sa.select(AuditLine.action).order_by(AuditLine.id)))


def accounts():
    return db.session.scalar(sa.select(sa.func.count()).select_from(ClientAccount))


@pytest.fixture
def clara(app, visitor):
    """Clara at her browser, signed in to the account she has just made."""
    with_account(app, visitor)
    return visitor


def test_an_account_is_made_by_the_link_that_came_by_mail_and_signs_in(clara):
    assert clara.page.request.path == "/my"
    assert "Thursday 12 March 2026, 10am" in clara.text
    assert actions()[-2:] == ["client_account.made", "privacy_notice.accepted"]
    made = db.session.scalar(sa.select(ClientAccount))
    assert (made.email, made.client.name, made.made_at) == ("clara@client.test", "Clara Teacup", NOW)


def test_an_address_is_known_however_it_was_typed_when_booking(app, visitor, new_visitor):
    with_account(app, visitor, email="Clara@client.test")
    assert sign_in(new_visitor()).request.path == "/my"


def test_whoever_booked_with_another_persons_address_cannot_make_an_account_for_it(app, visitor):
    """The page after booking shows the appointment's link to anybody; the account's goes by mail alone."""
    offered(visitor)
    assert ACCOUNT not in visitor.page.text
    assert accounts() == 0
    token = db.session.scalar(sa.select(Link).where(Link.scope == "appointment")).token
    assert visitor.get(ACCOUNT + token).status_code == 404


def test_opening_the_mailed_link_makes_nothing_and_does_not_use_it_up(app, visitor, new_visitor):
    offered(visitor)
    link = mailed(app, ACCOUNT)
    for _ in range(3):
        assert new_visitor().get(link).status_code == 200
    assert accounts() == 0
    assert "clara@client.test" in visitor.get(link).text
    visitor.send(link, new=SECRET, accepted="y")
    assert visitor.page.request.path == "/my"
    assert new_visitor().get(link).status_code == 404


def test_the_mailed_link_is_good_for_an_hour(app, visitor):
    offered(visitor)
    link = mailed(app, ACCOUNT)
    with time_machine.travel(NOW + timedelta(minutes=59), tick=False):
        assert visitor.get(link).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=60), tick=False):
        assert visitor.get(link).status_code == 404
        assert visitor.post(link, new=SECRET, accepted="y").status_code == 404
    assert accounts() == 0


def test_a_mail_that_goes_out_too_late_is_not_sent(app, visitor):
    offered(visitor)
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        assert mailed(app, ACCOUNT, now=NOW + timedelta(hours=2)) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Choose a password."),
        ("too short", "12 characters or more"),
        ("Password1234", "easy to guess"),
        ("x y z " * 50, "200 characters or fewer"),
        ("clara@client.test", "easy to guess"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays_good(app, visitor, typed, said):
    offered(visitor)
    link = mailed(app, ACCOUNT)
    visitor.get(link)
    assert visitor.send(link, new=typed).status_code == 422
    assert said in visitor.text
    visitor.send(link, new=SECRET, accepted="y")
    assert visitor.page.request.path == "/my"


def test_who_has_an_account_at_that_address_is_told_to_sign_in_but_only_in_their_mail(app, clara, new_visitor):
    known, unknown = new_visitor(), new_visitor()
    offered(known, at="20260313T1000Z", email="CLARA@client.test")
    link = mailed(app, ACCOUNT)
    offered(unknown, at="20260316T1000Z", email="dmitri@client.test")
    assert known.text.replace("CLARA@", "dmitri@") == unknown.text
    assert "You have an account" in known.get(link).text
    assert "not joined" in known.text
    assert known.post(link, new="another three spoons", accepted="y").status_code == 409
    assert accounts() == 1
    assert sign_in(new_visitor()).request.path == "/my"


def test_a_letter_box_is_not_filled(app, visitor):
    def ask():
        visitor.get(visitor.page.request.path)
        visitor.send(visitor.page.request.path)
        return len(db.session.scalars(sa.select(Link).where(Link.scope == "account")).all())

    offered(visitor)
    assert [ask() for _ in range(3)] == [1, 1, 1]
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        assert [ask() for _ in range(2)] == [2, 2]


def test_a_client_signs_in_and_out(clara, new_visitor):
    other = new_visitor()
    sign_in(other, email=" CLARA@client.test ")
    assert other.page.request.path == "/my"
    assert actions()[-1] == "client.signed_in"
    assert "My appointments" in other.get("/").text
    other.get("/my")
    other.send("/my/sign-out")
    assert other.page.request.path == "/"
    assert "My appointments" not in other.text
    assert other.get("/my").request.path == "/my/sign-in"


def test_known_and_unknown_get_the_same_answer(clara, new_visitor):
    answers = set()
    for email in ("clara@client.test", "nobody@client.test", "rosa@clinic.test"):
        one = new_visitor()
        page = sign_in(one, email=email, password=PASSWORD)
        answers.add((page.status_code, one.text, tuple(name for name, _ in page.headers)))
    assert len(answers) == 1
    assert "do not go together" in next(iter(answers))[1]


def test_the_eleventh_try_in_five_minutes_is_refused_even_with_the_right_password(clara, new_visitor):
    other = new_visitor()
    for _ in range(10):
        assert sign_in(other, password="a guess of mine").status_code == 422
    assert sign_in(other).status_code == 429
    with time_machine.travel(NOW + timedelta(minutes=5, seconds=1), tick=False):
        assert sign_in(other).request.path == "/my"


def test_tries_of_clients_do_not_lock_out_the_staff(clara, new_visitor):
    other = new_visitor()
    for n in range(20):
        sign_in(other, email=f"{n}@client.test", password="a guess of mine")
    assert sign_in(other).status_code == 429
    other.sign_in("rosa")
    assert other.page.request.path == "/today"


def test_the_staffs_password_opens_no_clients_page_and_the_other_way_round(clara, new_visitor):
    other = new_visitor()
    assert sign_in(other, email="rosa@clinic.test", password=PASSWORD).status_code == 422
    other.get("/sign-in")
    assert other.send("/sign-in", email="clara@client.test", password=SECRET).status_code == 422


def test_signing_in_leads_on_to_where_somebody_was_going_and_never_off_the_site(clara, new_visitor):
    other = new_visitor()
    other.get("/my/details")
    other.send(other.page.request.full_path, email="clara@client.test", password=SECRET)
    assert other.page.request.path == "/my/details"
    assert sign_in(new_visitor(), query="?next=//evil.test").request.path == "/my"


def test_a_link_to_sign_in_is_asked_for_with_the_same_answer_whoever_asks(app, clara, new_visitor):
    texts = {}
    for email in ("clara@client.test", "nobody@client.test"):
        one = new_visitor()
        one.get("/my/sign-in-link")
        assert one.send("/my/sign-in-link", email=email).status_code == 200
        texts[email] = one.text.replace(email, "…")
    assert len(set(texts.values())) == 1
    links = db.session.scalars(sa.select(Link).where(Link.scope == "sign_in")).all()
    assert len(links) == 2  # as much is written for either
    one.get("/my/sign-in-link")
    one.send("/my/sign-in-link", email="nobody@client.test")
    assert len(db.session.scalars(sa.select(Link).where(Link.scope == "sign_in")).all()) == 2
    box = Letterbox()
    box.round(app, NOW)
    assert [mail["To"] for mail in box.mails if "sign-in-links" in text_of(mail)] == ["clara@client.test"]
    nobodys = next(link for link in links if db.session.get(Client, link.subject_id) is None)
    stranger = new_visitor()
    stranger.get(f"/my/sign-in-links/{nobodys.token}")
    assert stranger.send(f"/my/sign-in-links/{nobodys.token}").status_code == 404


def test_a_link_to_sign_in_is_asked_for_by_an_address_that_mail_reaches(visitor):
    visitor.get("/my/sign-in-link")
    assert visitor.send("/my/sign-in-link", email="clara at home").status_code == 422
    assert "Enter an email address like name@example.com." in visitor.text
    assert "clara at home" in visitor.page.text
    assert db.session.scalars(sa.select(Link).where(Link.scope == "sign_in")).all() == []


def test_links_to_sign_in_are_asked_for_ten_times_at_most(visitor):
    visitor.get("/my/sign-in-link")
    assert [visitor.post("/my/sign-in-link", email="a@client.test").status_code for _ in range(11)] == [200] * 10 + [
        429
    ]
    assert visitor.post("/my/sign-in-link", email="").status_code == 422


def test_a_mailed_link_signs_in_once_by_its_button_alone(app, clara, new_visitor):
    one, other = new_visitor(), new_visitor()
    one.get("/my/sign-in-link")
    one.send("/my/sign-in-link", email="clara@client.test")
    link = mailed(app, SIGN_IN)
    for _ in range(2):
        assert "One more tap" in other.get(link).text
    assert other.get("/my").request.path == "/my/sign-in"
    one.get(link)
    one.send(link)
    assert one.page.request.path == "/my"
    assert one.get(link).request.path == "/my"
    assert other.post(link).status_code == 404
    assert db.session.scalars(sa.select(AuditLine.detail).order_by(AuditLine.id.desc())).first() == {"by": "link"}


def test_a_link_that_is_over_says_so_and_leads_to_another(app, clara, new_visitor):
    other = new_visitor()
    other.get("/my/sign-in-link")
    other.send("/my/sign-in-link", email="clara@client.test")
    used = mailed(app, SIGN_IN)
    other.get(used)
    other.send(used)
    stranger = new_visitor()
    page = stranger.get(used)
    assert (page.status_code, stranger.link("Send me another link")) == (404, "/my/sign-in-link")
    assert "This link has been used, or is too old" in stranger.text
    assert stranger.get(f"{SIGN_IN}none").text == page.text


def test_whoever_taps_sign_in_twice_is_signed_in_by_the_first_tap(app, clara, new_visitor):
    one = new_visitor()
    one.get("/my/sign-in-link")
    one.send("/my/sign-in-link", email="clara@client.test")
    link = mailed(app, SIGN_IN)
    one.get(link)
    before, fields = one.client.get_cookie("session").value, fields_of(one.page.text)
    one.send(link, follow=False)
    signed_in = one.client.get_cookie("session").value
    one.client.set_cookie("session", before)
    second = one.post(link, **fields)
    assert second.status_code == 404
    assert "you may be signed in already" in one.text
    assert "Set-Cookie" not in second.headers
    one.client.set_cookie("session", signed_in)
    assert one.get(one.link("My appointments")).request.path == "/my"


def test_whoever_chooses_a_password_twice_is_led_to_their_account(app, visitor):
    offered(visitor)
    link = mailed(app, ACCOUNT)
    visitor.get(link)
    before, fields = visitor.client.get_cookie("session").value, fields_of(visitor.page.text)
    visitor.send(link, new=SECRET, accepted="y", follow=False)
    assert visitor.get(link).request.path == "/my"
    visitor.client.set_cookie("session", before)
    assert visitor.post(link, **{**fields, "new": SECRET, "accepted": "y"}).status_code == 404
    assert 'href="/my/sign-in"' in visitor.page.text
    assert visitor.link("Send me the link to my appointment") == "/lost-link"
    assert accounts() == 1


def test_a_mailed_link_opens_appointments_and_plan_and_nothing_of_health_or_the_account(app, clara, new_visitor):
    by_mail = new_visitor()
    sign_in_by_mail(app, by_mail)
    for page in MY_PAGES:
        got = by_mail.get(page).request.path
        assert got == ("/my/sign-in" if page in BY_PASSWORD else page)
    by_mail.get("/my")
    assert "You came by a link" in by_mail.text
    assert not any(f'href="{page}"' in by_mail.page.text for page in BY_PASSWORD)
    for page in ("/my/details", "/my/password", "/my/deletion"):
        assert by_mail.post(page, name="Eve", old=SECRET, new="another three spoons").status_code == 403
    assert accounts() == 1


def test_a_new_password_ends_every_other_session_and_the_old_password(clara, app, new_visitor):
    other, by_mail = new_visitor(), new_visitor()
    sign_in(other)
    sign_in_by_mail(app, by_mail)
    clara.get("/my/password")
    assert clara.send("/my/password", old="not this one at all", new="another three spoons").status_code == 422
    assert clara.send("/my/password", old=SECRET, new="short").status_code == 422
    clara.send("/my/password", old=SECRET, new="another three spoons")
    assert clara.page.request.path == "/my/details"
    assert actions()[-2:] == ["client.signed_in", "client_account.password_changed"]
    for one in (other, by_mail):
        assert one.get("/my").request.path == "/my/sign-in"
    assert sign_in(other).status_code == 422
    assert sign_in(other, password="another three spoons").request.path == "/my"


def test_the_old_password_is_not_guessed_for_long(clara):
    clara.get("/my/password")
    answers = [
        clara.send("/my/password", old=f"guess number {n}", new="another three spoons").status_code for n in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_a_deleted_account_opens_nothing_and_the_client_stays(app, clara, new_visitor):
    other = new_visitor()
    sign_in(other)
    appointment = clara.get("/my") and clara.link("See it")
    clara.get("/my/deletion")
    assert "stays too" in clara.text
    assert "Your account is deleted" in clara.send("/my/deletion").text
    assert accounts() == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Client)) == 1
    assert actions()[-1] == "client_account.deleted"
    for one in (clara, other):
        assert one.get("/my").request.path == "/my/sign-in"
    assert clara.get(appointment).status_code == 200


def test_an_account_that_is_made_again_opens_no_session_of_before(app, clara, new_visitor):
    before = clara.client.get_cookie("session").value
    clara.get("/my/deletion")
    clara.send("/my/deletion")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        again = new_visitor()
        offered(again, at="20260313T1000Z")
        link = mailed(app, ACCOUNT, now=NOW + timedelta(minutes=1))
        again.get(link)
        again.send(link, new=SECRET, accepted="y")
        assert again.page.request.path == "/my"
        with writing():  # as the same client, under the same number
            client_id = db.session.scalar(sa.select(Client.id).order_by(Client.created_at))
            db.session.execute(sa.update(ClientAccount).values(client_id=client_id, id=1))
            db.session.commit()
        old = new_visitor()
        old.client.set_cookie("session", before)
        assert old.get("/my").request.path == "/my/sign-in"


def test_no_account_is_made_without_accepting_the_privacy_notice(app, visitor):
    offered(visitor)
    link = mailed(app, ACCOUNT)
    visitor.get(link)
    assert visitor.send(link, new=SECRET).status_code == 422
    assert "Tick this to go on" in visitor.text
    assert db.session.scalars(sa.select(ClientAccount)).all() == []
    visitor.get(link)
    assert "checked" not in visitor.page.text
    visitor.send(link, new=SECRET, accepted="y")
    client = db.session.scalar(sa.select(ClientAccount)).client_id
    clinic = db.session.get(Clinic, 1)
    assert accepted_by(db.session, [client], clinic) == {client}
    clinic.privacy_words = "Other words."
    assert accepted_by(db.session, [client], clinic) == set()
