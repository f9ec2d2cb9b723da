"""A client's page of their plan, printed by a browser: two pages of A4, no card cut in two, and when to stop on it."""

import re
import unicodedata
from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from clinic.aftercare.catalogue import catalogue
from tests.browser.afterwards import add, find, signed_note, take_all_out
from tests.browser.served import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["development"], indirect=True),
]
ALL_THERE = "() => [...document.images].every((one) => one.complete && one.naturalWidth)"
SIX = ("cat_camel", "bird_dog", "side_lying_thigh", "standing_hip_flexor", "half_kneeling_hip_flexor", "supine_march")


@pytest.fixture
def on_their_page(new_person):
    """A client with a plan of six, most of them long, who opens it."""
    ana, client = new_person(), new_person()
    signed_note(ana)
    ana.tap("link", "Home plan")
    expect(ana.page).to_have_title(re.compile("^Plan for"))
    find(ana, "Not injured")
    take_all_out(ana)
    for one in SIX:
        add(ana, catalogue().exercises[one].name)
    before = links(client)
    ana.tap_on(ana.page.get_by_role("button", name="Send to"))
    expect(ana.page.locator("#plan")).to_contain_text("Version")
    until(lambda: len(links(client)) > len(before))
    client.open(links(client)[0])
    expect(client.page.locator(".steps")).to_contain_text("6 of 6")
    return client


def links(person):
    """Of plans, in all mails; the latest first."""
    person.open("/outbox")
    return re.findall(r"/plans/[\w.-]+", person.page.content())


def coloured(page):
    """How much of it is more than grey."""
    saturation = page.render().to_pil().convert("HSV").histogram()[256:512]
    return sum(saturation[60:]) / sum(saturation)


def squeezed(text):
    """Without blanks, and with the letters that are set as one sign apart again."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_six_exercises_print_on_two_pages_each_whole_with_when_to_stop_and_no_navigation(on_their_page):
    on_their_page.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    until(lambda: on_their_page.page.evaluate(ALL_THERE))
    printed = on_their_page.page.pdf(prefer_css_page_size=True)
    assert all(coloured(page) > 0.015 for page in pypdfium2.PdfDocument(printed))  # the drawings, though they load late
    pages = PdfReader(BytesIO(printed)).pages
    said = [squeezed(page.extract_text()) for page in pages]
    assert len(pages) <= 2
    assert [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages[:1]] == [
        (595, 842)
    ]
    for one in map(catalogue().exercises.__getitem__, ("easy_march", *SIX)):
        words = [squeezed(text) for text in (*(step.words for step in one.steps), one.easier, *one.cautions)]
        assert [n for n, page in enumerate(said) if all(text in page for text in words)], one.name
    (stop,) = [page for page in said if "Stop,andcallus,if" in page]
    for words in ("numbness,tinglingorweakness", "999", "A&E", "Call"):
        assert words in stop
    assert re.search(r"Call\D+on[\d]+", stop)
    for words in ("Signin", "Donetoday", "Lostyourlink?", "Skipto", "Bookyournextvisit", "Startto"):
        assert words not in "".join(said), words
