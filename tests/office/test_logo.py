"""The clinic's logo: drawn anew from what its owner sends, seen by clients, taken away again."""

import io
import random
import re

import pytest
from PIL import Image, ImageDraw

from clinic.core.db import db
from clinic.places.models import Logo

PAGE = "/clinic/identity"


def picture(width=900, height=300, kind="PNG", noise=False):
    """A plain sign, or one that no picture format makes small."""
    image = Image.new("RGB", (width, height), "#7a2048")
    ImageDraw.Draw(image).ellipse((20, 20, height - 20, height - 20), fill="white")
    if noise:
        image = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    visitor.get(PAGE)
    return visitor


def put_up(olu, content, name="logo.png"):
    return olu.post("/clinic/logo", logo=(io.BytesIO(content), name))


def logo_on(page):
    return re.search(
        r'<a class="brand"[^>]*><img src="(/logo/[^"]+)" width="(\d+)" height="(\d+)" alt="([^"]+)">', page
    )


def test_clients_see_the_logo_in_place_of_the_name_which_is_what_it_says(olu, new_visitor):
    client = new_visitor()
    assert logo_on(client.get("/").text) is None
    put_up(olu, picture())
    href, width, height, said = logo_on(client.get("/").text).groups()
    assert (width, height, said) == ("512", "171", "Test Clinic")
    answer = client.get(href)
    assert (answer.status_code, answer.mimetype, answer.headers["X-Content-Type-Options"]) == (
        200,
        "image/png",
        "nosniff",
    )
    assert answer.headers["Cache-Control"].endswith("immutable")
    assert Image.open(io.BytesIO(answer.data)).size == (512, 171)


def test_a_logo_is_made_so_small_that_pages_stay_light(olu):
    put_up(olu, picture(noise=True))
    assert db.session.get(Logo, 1).width == 80


def test_another_logo_has_another_address_and_the_old_one_is_gone(olu, new_visitor):
    put_up(olu, picture())
    old = logo_on(new_visitor().get("/").text)[1]
    put_up(olu, picture(width=600), name="../../etc/passwd")
    new = logo_on(new_visitor().get("/").text)[1]
    assert new != old
    assert [new_visitor().get(href).status_code for href in (old, new)] == [404, 200]


def test_it_is_taken_away_and_both_stand_in_the_history(olu, new_visitor):
    put_up(olu, picture())
    assert "Logo: from nothing to picture" in olu.text
    olu.post("/clinic/logo/removal")
    assert db.session.get(Logo, 1) is None
    assert "to nothing" in olu.text
    assert "Test Clinic" in new_visitor().get("/").text
    assert logo_on(new_visitor().get("/").text) is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG drawing"),
        (b"%PDF-1.4", "not a file we can take"),
        (picture()[:200], "cannot be read"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence_and_changes_nothing(olu, content, sentence):
    put_up(olu, picture())
    before = db.session.get(Logo, 1).digest
    answer = put_up(olu, content)
    assert (answer.status_code, sentence in olu.text) == (422, True)
    assert db.session.get(Logo, 1).digest == before
