"""The paper of a letter, read back: what was typed stands there as it was typed, whatever it is, for readers of all kinds."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from clinic.core.papers import printed
from clinic.referrals.rules import Words
from clinic.referrals.views.papers import FORM
from clinic.referrals.wording import paper
from tests.conftest import NOW
from tests.house.test_exports_are_safe import PAYLOADS
from tests.referrals.conftest import agree
from tests.referrals.conftest import paper as taken

MARKUP = (
    '#panic() #let x = 1 #include("/etc/passwd") $x^2$ *bold* _it_ `code` <label> @ref',
    "= No heading \\ // no comment /* none */ - no list + none / term: none",
    "<script>alert(1)</script> <b>no</b> &amp; {{ 7 * 7 }} ${7*7} {% raw %}",
    "\\u{1F600} ~ -- --- ... 'single' \"double\"",
)
SCRIPTS = ("Zażółć gęślą jaźń", "Łęcka-Šťastná", "Ünnåmed Çelik", "Ελληνικά", "Кириллица", "ﬁne ﬂow")


@pytest.fixture(autouse=True)
def speaking(app):
    with app.test_request_context():
        yield


def read(*texts, mark="", name="Clara Teacup"):
    """The words of the PDF, blanks made one."""
    words = Words(found="\n\n".join(texts))
    said = paper(words, client=name, contact=None, sender=["Ana"], clinic=["Test Clinic"], on=NOW.date())
    made = PdfReader(BytesIO(printed(FORM, {**said, "mark": mark, "mark_word": mark})))
    return made, squeezed("".join(page.extract_text() for page in made.pages))


def squeezed(text):
    """Lines are broken anew on paper, and a long word by a sign that nobody sees."""
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("text", [*MARKUP, *SCRIPTS])
def test_what_is_typed_stands_there_as_it_was_typed(text):
    _, words = read(text, name=text[:60])
    assert words.count(squeezed(text[:60])) >= 2
    assert squeezed(text) in words


def test_five_hundred_odd_texts_neither_break_the_paper_nor_do_anything():
    made, words = read(*PAYLOADS)
    assert len(made.pages) > 5
    assert words.count("alert(1)") == sum("alert(1)" in one for one in PAYLOADS)
    assert "/JS" not in str(made.trailer["/Root"])
    assert all("/Annots" not in page for page in made.pages)


@pytest.mark.parametrize("sign", ["😀", "👩‍⚕️", "\U0001fae8", "𓀀", "\ue000"])
def test_a_sign_that_no_font_has_stands_by_its_name_and_the_rest_is_there(sign):
    _, words = read(f"before {sign} after")
    assert "before" in words
    assert words[words.index("before") + 6 : words.index("after")]


@pytest.mark.parametrize("text", ["שלום עולם", "مرحبا بالعالم"])
def test_writing_from_right_to_left_loses_no_letter(text):
    _, words = read(text)
    assert sorted(squeezed(text)) == sorted(one for one in words if one in text)


def test_it_is_tagged_for_those_who_listen_to_it_and_says_what_it_is():
    made, _ = read("Sore")
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert made.metadata.title == "Referral: Clara Teacup"


def test_a_draft_says_so_on_every_page():
    made, _ = read(*["A long line of words. " * 40] * 12, mark="DRAFT")
    assert len(made.pages) > 1
    assert all("DRAFT" in page.extract_text() for page in made.pages)


def test_the_released_paper_reads_as_the_page_does(ana, draft):
    ana.get(draft)
    text = "Żółć #strong[x] <b>\n\nsecond line"
    ana.send(f"{draft}/filing", reason=text, greeting="Dear Dr Howe,", identity="Born 1 May 1980", asked="Please look")
    agree(ana, draft)
    ana.post(f"{draft}/release")
    _, words = taken(ana, draft)
    heads = ("Test Clinic", "1 Test Street", "Dr Howe", "Hill Surgery", "2 Hill Road", "12 March 2026")
    said = (*heads, "Referral: Clara Teacup", "Born 1 May 1980", "Dear Dr Howe,", *text.split("\n\n"), "Ana Moreau")
    assert [one for one in said if squeezed(one) not in squeezed(words)] == []
    places = [squeezed(words).index(squeezed(one)) for one in said]
    assert places == sorted(places)
