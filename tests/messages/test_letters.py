"""Mails as people see them: the same words as text and as a page, whatever somebody is called."""

import re
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest
from sqlalchemy import select, update

from clinic.booking.mail import COMPOSERS, sender_of
from clinic.booking.models import Appointment
from clinic.booking.operations import offer_free_times
from clinic.core.db import db, writing
from clinic.core.mail import Letter, Sender, envelope
from clinic.messages.models import OutgoingMessage
from clinic.people.models import Client
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.booking.test_heed import told
from tests.booking.test_running_late import late, visit
from tests.booking.test_waiting_list import join
from tests.conftest import NOW
from tests.letterbox import Letterbox, page_of, text_of
from tests.steps import book, screen
from tests.today.test_approval import buttons
from tests.visitor import links_of, words_of

TEST_CLINIC = Sender("desk@clinic.test", "Test Clinic")
DRAWING = '<img src="cid:drawing" alt="" width="240" style="border-radius: 12px">'
HEALTH = ("psoas", "groin", "stairs", "tummy", "screen", "safety page", "pain")


def letter(app, text, sender=TEST_CLINIC, to="clara@client.test"):
    """What these words become in a mail."""
    with app.test_request_context():
        one = Letter(to=to, subject="Hello & welcome", text=text)
        return envelope(one, sender, message_id="1", now=NOW)


def test_a_mail_to_a_name_with_an_umlaut_goes_where_every_server_can_take_it(app):
    assert letter(app, "Hello", to="clara@müller.test")["To"] == "clara@xn--mller-kva.test"


def all_mails(app, visitor, new_visitor):
    """All that a clinic writes about visits and the waiting list, each on its occasion."""
    box = Letterbox()
    booked_and_moved(app, box, visitor)
    cancelled_by_a_slip(app, box, new_visitor())
    changed_by_what_was_told(new_visitor())
    late_today()
    approved(new_visitor(), new_visitor())
    join(new_visitor())
    offer_free_times(db.session, now=NOW)
    box.round(app, NOW.replace(day=16))  # when reminders are due too
    assert sent() == set(COMPOSERS)
    return box.mails


def booked_and_moved(app, box, visitor):
    book(visitor)
    appointment = visitor.page.request.path
    box.round(app, NOW)
    visitor.get(f"{appointment}/move?slot=20260317T1000Z.ana-moreau")
    visitor.send(f"{appointment}/move")
    visitor.get("/lost-link")
    visitor.send("/lost-link", email="clara@client.test")
    box.round(app, NOW)


def cancelled_by_a_slip(app, box, rosa):
    rosa.sign_in("rosa")
    rosa.get("/today")
    of_it = f"/diary/appointments/{db.session.scalar(select(Appointment.id))}"
    rosa.post(f"{of_it}/cancellation")
    box.round(app, NOW)
    rosa.post(f"{of_it}/attendance/undoing", step="cancelled")
    box.round(app, NOW)


def changed_by_what_was_told(visitor):
    screen(visitor)
    book(visitor, "psoas-release", at="20260319T1000Z", name="Rita Spoon", email="rita@client.test")
    told(db.session.scalar(select(Client.id).where(Client.name == "Rita Spoon")), "pregnant")


def late_today():
    visit("Anna Ladle", 1)
    late(20)


def approved(visitor, ana):
    with writing():
        db.session.execute(update(Treatment).values(needs_approval=True))
        db.session.commit()
    book(visitor, at="20260318T1000Z", name="Vera Fork", email="vera@client.test")
    ana.sign_in("ana")
    ana.post(buttons(ana)[0], at="20260318T1000Z")


def sent():
    """The occasions on which a mail went out."""
    out = OutgoingMessage.sent_at.is_not(None), OutgoingMessage.dropped.is_(False)
    return set(db.session.scalars(select(OutgoingMessage.occasion).where(*out)))


def test_every_mail_about_a_visit_says_the_same_as_text_and_as_a_page(app, visitor, new_visitor):
    for mail in all_mails(app, visitor, new_visitor):
        page, text = page_of(mail), text_of(mail)
        said = " ".join(words_of(page.partition("</head>")[2]))
        lines = [line.strip().removesuffix(":") for line in text.splitlines() if line.strip()]
        assert [line for line in lines if not line.startswith("http") and line not in said] == []
        hrefs = [href for href, _ in links_of(page)]
        assert hrefs == [line for line in lines if line.startswith("http")]


def test_a_link_is_named_by_the_line_before_it(app):
    (link,) = links_of(page_of(letter(app, "Hello.\n\nSee it here:\nhttps://a.test/x\n")))
    assert link == ("https://a.test/x", " See it here")
    (bare,) = links_of(page_of(letter(app, "Hello.\nhttps://a.test/x")))
    assert bare == ("https://a.test/x", " https://a.test/x")


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "Look at https://a.test/x", "https://a.test/x and more", "ftp://a.test",
        "www.a.test", "data:text/html,x", "",
    ],
)  # fmt: skip
def test_nothing_else_becomes_a_link(app, text):
    assert links_of(page_of(letter(app, text))) == []


def test_signs_of_html_stay_signs(app):
    odd = """<script>alert(1)</script> & "Tom's" <b>"""
    page = page_of(letter(app, f'Hello {odd},\n\nHere <b>:\nhttps://a.test/x?a=1&b="><script>'))
    assert "<script" not in page
    assert "<b>" not in page
    assert odd in unescape(page)
    assert links_of(page) == [('https://a.test/x?a=1&b="><script>', " Here <b>")]


@pytest.mark.parametrize("name", ["<b>Bo</b>", "Ben&Jo", "שרה", "شهرزاد", "O'Neill", "Zoë"])
def test_whatever_somebody_is_called_both_parts_greet_them(app, visitor, name):
    book(visitor, name=name)
    box = Letterbox()
    box.round(app, NOW)
    (mail,) = box.mails
    assert f"Hello {name}," in text_of(mail)
    assert f"Hello {name}," in unescape(page_of(mail))
    assert "<b>" not in page_of(mail)
    assert 'dir="auto"' in page_of(mail)


def test_no_mail_has_a_word_of_health_in_any_part(app, visitor):
    with writing():
        db.session.execute(update(Treatment).values(mail_name=""))
        db.session.commit()
    screen(visitor)
    book(visitor, "psoas-release", area="groin", side="right", word="It hurts on stairs")
    box = Letterbox()
    box.round(app, NOW)
    for part in box.mails[0].walk():
        if not part.is_multipart():
            words = part.get_payload(decode=True).decode(errors="replace").lower()
            assert [word for word in HEALTH if word in words] == [], part.get_content_type()


def test_a_mail_fetches_nothing_and_tells_nobody_that_it_was_read(app, visitor, new_visitor):
    for mail in all_mails(app, visitor, new_visitor):
        page = page_of(mail).replace(DRAWING, "")  # which came along
        assert not re.search(r"<(img|script|link|style|iframe|form|object)|url\(|src=|@import", page)
        assert {re.match(r"https?://[^/]*", href).group() for href, _ in links_of(page)} == {"http://127.0.0.1:8000"}
        assert "utm_" not in page


def test_a_page_leaves_colours_to_the_mail_program_so_that_it_reads_in_light_and_dark(app):
    page = page_of(letter(app, "Here:\nhttps://a.test/x"))
    assert '<meta name="color-scheme" content="light dark">' in page
    assert not re.search(r"color:|background", page.replace("color-scheme", ""))


def test_mails_are_from_whom_the_clinic_says_and_answers_come_to_the_clinic(app, cast):
    def head(**changed):
        clinic = Clinic(**{"name": "Quiet Hands", "email": "", "mail_name": "", **changed})
        with app.test_request_context():
            mail = letter(app, "Hello.", sender_of(clinic))
        return mail["From"], mail["Reply-To"]

    assert head() == ("Quiet Hands <clinic@demo.test>", None)
    assert head(mail_name="Olu at Quiet Hands", email="olu@clinic.test") == (
        "Olu at Quiet Hands <clinic@demo.test>",
        "olu@clinic.test",
    )


@pytest.mark.parametrize("name", ["Quiet\r\nBcc: eve@clinic.test\r\n\r\nHands", "Quiet\x00\u202e \u2028Hands\n"])
def test_no_name_breaks_out_of_its_line_in_the_head_of_a_mail(app, name):
    mail = letter(app, "Hello.", Sender("desk@clinic.test", name, f"desk@clinic.test\nBcc: {name}"))
    read = message_from_bytes(mail.as_bytes(), policy=default)
    assert sorted(read.keys()) == sorted(letter(app, "Hello.", Sender("a@clinic.test", "A", "b@clinic.test")).keys())
    assert read["From"].addresses[0].addr_spec == "desk@clinic.test"
    assert read["From"].addresses[0].display_name.startswith("Quiet")
