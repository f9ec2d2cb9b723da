"""What therapists say of themselves: by them or the owner, seen before it is saved, never over what was not seen."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Portrait, Therapist
from tests.house.tour_of_therapists import photo

PAGE, PUBLIC = "/profile/ana-moreau", "/therapists/ana-moreau"


@pytest.fixture
def ana(visitor):
    visitor.sign_in("ana")
    visitor.get("/profile")
    return visitor


def kept():
    return db.session.scalars(sa.select(Therapist).where(Therapist.slug == "ana-moreau")).one()


def test_a_therapist_writes_their_own_page_and_clients_read_it_at_once(ana, new_visitor):
    client = new_visitor()
    client.get(PUBLIC)
    assert ana.page.request.path == PAGE
    ana.send(PAGE, about="Slow hands.", profile_words="I ran.", languages="polish, English, Polish", gender="woman")
    assert (kept().languages, kept().gender) == (["pl", "en"], "woman")
    client.get(PUBLIC)
    assert "Slow hands. Speaks Polish, English A woman" in client.text
    assert "I ran." in client.text


def test_what_was_changed_stands_there_with_who_changed_it(ana):
    ana.send(PAGE, about="Slow hands.", languages="Polish")
    said = "Ana Moreau Wednesday 11 March, 9am In a line or two: from nothing to “Slow hands.”"
    assert said in ana.text
    assert "Languages you treat in: from nothing to Polish" in ana.text
    ana.send(PAGE, about="Slow hands.")
    changed = sa.select(sa.func.count()).where(AuditLine.action == "therapist.changed")
    assert db.session.scalar(changed) == 1


def test_what_was_before_a_change_is_shown_and_put_back_by_saving_it(ana):
    ana.send(PAGE, about="First.", languages="Polish, Welsh")
    ana.send(PAGE, about="First.", languages="English")
    page = ana.get(ana.link("Put this back"))
    assert 'value="Polish, Welsh"' in page.text
    assert kept().languages == ["en"]
    ana.send(PAGE, about="First.")
    assert kept().languages == ["pl", "cy"]


def test_the_page_is_looked_at_before_it_is_saved(ana, new_visitor):
    ana.send(f"{PAGE}/preview", about="Not yet.", languages="Welsh")
    assert "This is how clients will see it." in ana.text
    assert "Not yet. Speaks Welsh" in ana.text
    client = new_visitor()
    client.get(PUBLIC)
    assert "Not yet." not in client.text
    assert kept().about == ""


def test_whoever_is_not_listed_yet_sees_their_page_and_nobody_else_does(ana, new_visitor):
    with writing():
        db.session.execute(sa.update(Therapist).values(listed=False))
        db.session.commit()
    ana.get(PAGE)
    assert "Clients do not see it yet: you are not listed." in ana.text
    ana.send(f"{PAGE}/preview", about="Soon.")
    assert "Soon." in ana.text
    assert "Ana cannot be booked online just now." in ana.text
    assert new_visitor().get(PUBLIC).status_code == 404


def test_what_somebody_else_saved_meanwhile_is_not_lost_unseen(ana, new_visitor):
    olu = new_visitor()
    olu.sign_in("olu")
    olu.get(PAGE)
    ana.send(PAGE, about="By Ana.")
    answer = olu.send(PAGE, about="By Olu.")
    assert answer.status_code == 409
    assert "Somebody changed this page while you typed." in olu.text
    assert "“By Ana.”" in olu.text
    assert (kept().about, "By Olu." in answer.text) == ("By Ana.", True)
    olu.send(PAGE, about="By Olu.")
    assert kept().about == "By Olu."


def test_what_it_promises_is_pointed_out_and_kept(ana):
    ana.send(PAGE, about="I heal backs.", profile_words="Gain an inch, pain free for good.")
    assert "3 things to look at in these words" in ana.text
    assert "“heal” In a line or two It promises a cure." in ana.text
    assert kept().about == "I heal backs."
    ana.get(PAGE)
    assert "“pain free for good” More about you" in ana.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"languages": "English, Dothraki"}, "We do not know “Dothraki”."),
        ({"about": "x" * 401}, "400 characters"),
        ({"gender": "both"}, "Choose one of these."),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(ana, typed, sentence):
    answer = ana.send(PAGE, **{"profile_words": "As typed", **typed})
    assert (answer.status_code, sentence in ana.text, "As typed" in answer.text) == (422, True, True)
    assert kept().profile_words == ""


def test_a_photo_is_drawn_anew_small_and_light(ana):
    noisy = Image.effect_noise((1600, 1200), 90).convert("RGB")
    sent = BytesIO()
    noisy.save(sent, "JPEG", quality=95, exif=b"Exif\x00\x00GPS-somewhere")
    sent.seek(0)
    ana.post(f"{PAGE}/photo", photo=(sent, "me.jpg"))
    assert "This is your photo now." in ana.text
    portrait = db.session.scalars(sa.select(Portrait)).one()
    drawn = Image.open(BytesIO(portrait.jpeg))
    assert (drawn.format, max(drawn.size) <= 480, len(portrait.jpeg) <= 60 * 1024) == ("JPEG", True, True)
    assert b"somewhere" not in portrait.jpeg
    assert f"{PUBLIC}/photo?v={portrait.digest}" in ana.get(PUBLIC).text


def test_a_photo_is_replaced_and_taken_away_and_the_page_says_who_did(ana):
    for size in ((300, 300), (400, 300)):
        ana.get(PAGE)
        ana.post(f"{PAGE}/photo", photo=(photo(size), "me.png"))
    assert "Photo: from a photo to another photo" in ana.text
    ana.post(f"{PAGE}/photo/removal")
    assert "Photo: from a photo to none" in ana.text
    assert db.session.scalars(sa.select(Portrait)).all() == []
    ana.post(f"{PAGE}/photo/removal")
    taken = sa.select(sa.func.count()).where(AuditLine.action == "therapist.portrait_changed")
    assert db.session.scalar(taken) == 3


def test_what_is_no_photo_is_refused_in_words(ana):
    answer = ana.post(f"{PAGE}/photo", photo=(BytesIO(b"<svg xmlns='x'/>"), "me.svg"))
    assert answer.status_code == 422
    assert "There is a problem" in ana.text
    ana.get(PAGE)
    assert ana.post(f"{PAGE}/photo").status_code == 422
    assert db.session.scalars(sa.select(Portrait)).all() == []


def test_an_owner_finds_everybodys_page_and_a_therapist_their_own_from_their_account(ana, new_visitor):
    olu = new_visitor()
    olu.sign_in("olu")
    olu.get("/clinic")
    olu.get(olu.link("Pages of therapists"))
    assert olu.link("Ben Okafor") == "/profile/ben-okafor"
    ana.get("/account")
    assert ana.get(ana.link("Your page for clients")).request.path == PAGE


def test_what_else_stands_in_the_trail_of_a_therapist_is_in_nobodys_way(ana, new_visitor):
    rosa = new_visitor()
    rosa.sign_in("rosa")
    rosa.get("/today")
    rosa.post("/diary/delays", therapist="ana-moreau", minutes="15")
    assert ana.get(PAGE).status_code == 200
