"""Drawings leave the pages as well: as PNG for a mail, and as lines in a PDF."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from clinic.core.papers import drawn, printed
from clinic.drawings import draw, pictures_of

VIEWS = {"side": "half_kneeling_hip_flexor", "above": "side_lying_thigh", "front": "knee_rocks"}
FORM = """
#set document(title: "A drawing")
#let data = json(bytes(sys.inputs.data))
#image(bytes(data.svg), format: "svg", width: 120mm, alt: data.alt)
"""


def svg_of(view):
    picture = pictures_of(VIEWS[view])["hold"]
    assert picture.view == view
    return draw(picture, title="A drawing", description="As it is done.", felt="Feel it here")


@pytest.mark.parametrize("view", VIEWS)
def test_it_is_a_picture_in_colour_for_a_mail(view):
    with Image.open(BytesIO(drawn(svg_of(view), width=240, ground="#faf7f1"))) as png:
        colours = {colour for _count, colour in png.convert("RGB").getcolors(1 << 20)}
        assert (png.format, png.width) == ("PNG", 2 * (240 + 16))
    assert {(0, 0, 0), (0xFA, 0xF7, 0xF1)} <= colours
    assert len(colours) > 20


@pytest.mark.parametrize("view", VIEWS)
def test_it_stays_lines_in_a_paper_and_is_told_there(view, tmp_path):
    form = tmp_path / "drawing-in-a-paper.typ"
    form.write_text(FORM)
    told = "On one knee, the tail tucked."
    paper = printed(form, {"svg": svg_of(view), "alt": told})
    (page,) = PdfReader(BytesIO(paper)).pages
    assert list(page.images) == []
    assert page.get_contents().get_data().count(b" c\n") + page.get_contents().get_data().count(b" c ") > 20
    assert told.encode("utf-16-be") in paper or told.encode() in paper
