"""Every mail ends with one drawing, the same for everybody."""

from io import BytesIO

from PIL import Image

from tests.conftest import NOW
from tests.letterbox import Letterbox, page_of
from tests.steps import book


def drawings_in(mail):
    return [part.get_content() for part in mail.walk() if part["Content-ID"] == "<drawing>"]


def test_mails_end_with_one_drawing_that_is_the_same_for_everybody(app, new_visitor):
    box = Letterbox()
    book(new_visitor())
    book(new_visitor(), at="20260312T1400Z", name="Dmitri Wool", email="d@client.test")
    box.round(app, NOW)
    drawn = [drawings_in(mail) for mail in box.mails]
    assert len(drawn) == 2
    assert drawn[0] == drawn[1]
    (drawing,) = drawn[0]
    with Image.open(BytesIO(drawing)) as opened:
        assert (opened.format, opened.width) == ("PNG", 2 * (240 + 16))
    assert len(drawing) < 40_000


def test_the_page_of_a_mail_shows_it_to_those_who_see_and_says_nothing_of_it(app, visitor):
    box = Letterbox()
    book(visitor)
    box.round(app, NOW)
    (mail,) = box.mails
    assert page_of(mail).count('<img src="cid:drawing" alt=""') == 1
    assert mail.get_body(("html",)).get_content_type() == "text/html"
