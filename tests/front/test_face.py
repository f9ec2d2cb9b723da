"""What the clinic's pages wear."""

import re

import pytest

from clinic.core.db import db, writing
from clinic.places.models import Clinic
from clinic.places.rules import by_day, by_night

PLUM = "#7a2048"


def wear(colour):
    with writing():
        db.session.get(Clinic, 1).accent = colour
        db.session.commit()


def test_clients_pages_wear_the_clinics_colour_at_once(visitor):
    assert "/accent-" not in visitor.get("/").text
    wear(PLUM)
    (href,) = re.findall(r'<link rel="stylesheet" href="(/accent-[^"]+)">', visitor.get("/").text)
    sheet = visitor.get(href)
    assert (sheet.status_code, sheet.mimetype) == (200, "text/css")
    assert sheet.headers["Cache-Control"].endswith("immutable")
    day, _, night = sheet.text.partition("@media")
    assert f"--pine: {by_day(PLUM).pine};" in day
    assert f"--pine: {by_night(PLUM).pine};" in night


def test_the_staffs_pages_keep_the_houses_green(visitor):
    wear(PLUM)
    visitor.sign_in("olu")
    assert "/accent-" not in visitor.get("/clinic").text


@pytest.mark.parametrize("colour", ["ffffff", "7A2048", "7a204", "7a2048ff", "red", "7a2048;}"])
def test_a_colour_that_nobody_could_read_or_that_is_none_has_no_style_sheet(visitor, colour):
    assert visitor.get(f"/accent-{colour}.css").status_code == 404
