"""How clients would see what was typed, before it is saved."""

import re
from html import unescape

import pytest
import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.people.models import Therapist
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.rows import rows
from tests.visitor import fields_of

PAGE = "/clinic/identity"
TYPED = {
    "name": "Quiet <Hands>", "tagline": "Breathe out", "phone": "0117 496 0999", "accent": "#7a2048",
    "late_words": "Half the price.", "mail_name": "Olu at Quiet Hands", "email": "olu@clinic.test",
    "privacy_words": 'We keep little.\n\n"Ask" us & we tell.',
}  # fmt: skip


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    visitor.get(PAGE)
    return visitor


def test_the_home_page_stands_there_as_a_stranger_would_see_it(olu, new_visitor):
    olu.send(f"{PAGE}/preview", **TYPED)
    shown = olu.page.text
    olu.get(PAGE)
    olu.send(PAGE, **TYPED)
    seen = new_visitor().get("/").text
    for part in ("header", "main", "footer"):
        there, here = (re.search(rf"<{part} .*?</{part}>", page, re.DOTALL)[0] for page in (seen, shown))
        assert re.sub(r"\s+", " ", here) == re.sub(r"\s+", " ", there)
    assert "/accent-7a2048.css" in shown
    assert "/accent-7a2048.css" in seen


def test_the_mails_stand_below_it_with_whom_they_are_from(olu):
    olu.send(f"{PAGE}/preview", **TYPED)
    below = " ".join(unescape(re.sub(r"<[^>]+>", " ", olu.page.text.partition("</footer>")[2])).split())
    for words in ("Booked: Wednesday 18 March, 10am", "Reminder: Wednesday", "Cancelled: Wednesday", "Hello Clara"):
        assert words in below
    assert below.count("From: Olu at Quiet Hands <clinic@demo.test>") == 3
    assert below.count("Answers go to: olu@clinic.test") == 3
    assert below.count("Call us on 0117 496 0999.") == 2
    assert "Half the price." in below


def test_nothing_is_saved_by_looking(olu, new_visitor):
    before = rows()
    olu.send(f"{PAGE}/preview", **TYPED)
    assert rows() == before
    assert db.session.get(Clinic, 1).name == "Test Clinic"
    assert "Test Clinic" in new_visitor().get("/").text


def test_from_the_preview_all_of_it_is_saved_as_typed(olu):
    olu.send(f"{PAGE}/preview", **TYPED, tells_of_delays="")
    olu.send(PAGE)
    kept = db.session.get(Clinic, 1)
    assert {name: getattr(kept, name) for name in TYPED} == TYPED
    assert kept.tells_of_delays is False


def test_back_from_the_preview_everything_typed_is_there_and_nothing_saved(olu):
    sent = {**fields_of(olu.page.text), **TYPED, "csrf_token": ""}
    olu.send(f"{PAGE}/preview", **TYPED)
    olu.send(f"{PAGE}/draft")
    assert {**fields_of(olu.page.text), "csrf_token": ""}.items() >= {
        name: value for name, value in sent.items() if name not in {"privacy_words", "welcome"}
    }.items()
    assert "We keep little.\n\n&#34;Ask&#34; us &amp; we tell." in olu.page.text
    assert db.session.get(Clinic, 1).name == "Test Clinic"


def test_what_cannot_be_kept_is_said_before_anything_is_shown(olu):
    answer = olu.send(f"{PAGE}/preview", name="", tagline="As typed")
    assert answer.status_code == 422
    assert "This cannot be empty." in olu.text
    assert "As typed" in answer.text


def test_a_clinic_that_offers_nothing_yet_sees_its_words_and_mails_too(olu):
    with writing():
        db.session.execute(sa.update(Treatment).values(offered=False))
        db.session.execute(sa.update(Therapist).values(listed=False))
        db.session.commit()
    assert olu.send(f"{PAGE}/preview", **TYPED).status_code == 200
    for words in ("Breathe out", "With Your therapist", "Your appointment: Wednesday"):
        assert words in olu.text


def test_a_treatment_stands_in_its_place_on_the_home_page_and_nothing_is_saved(olu):
    before = rows()
    olu.get("/clinic/treatments")
    olu.get(olu.link("Massage"))
    page = olu.page.request.path
    olu.send(f"{page}/preview", name="Slow massage", words="Quiet and warm.", price_2="66", position="0")
    *_, last = re.findall(r'<article class="card offer">.*?</article>', olu.page.text, re.DOTALL)
    for words in ("Slow massage", "60 minutes", "£66", "Quiet and warm.", "today"):
        assert words in last
    olu.send(f"{page}/draft")
    assert fields_of(olu.page.text).items() >= {"name": "Slow massage", "price_2": "66", "position": "0"}.items()
    assert rows() == before


def test_a_new_treatment_is_seen_before_it_is_offered_and_then_offered_as_typed(olu):
    olu.get("/clinic/treatments/new")
    olu.send("/clinic/treatments/preview", name="Hot stones", minutes_1="50", price_1="55")
    assert "Hot stones" in re.search(r"<main.*?</main>", olu.page.text, re.DOTALL)[0]
    assert db.session.scalar(sa.select(Treatment).where(Treatment.name == "Hot stones")) is None
    olu.send("/clinic/treatments")
    made = db.session.scalars(sa.select(Treatment).where(Treatment.name == "Hot stones")).one()
    assert [(one.minutes, one.price_minor) for one in made.lengths] == [(50, 5500)]
    olu.get("/clinic/treatments/new")
    assert olu.send("/clinic/treatments/preview", name="").status_code == 422
