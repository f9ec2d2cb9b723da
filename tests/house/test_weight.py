"""How heavy pages are on the wire, headers and all that they refer to included (U6), at a clinic of the demo's size."""

import re

import pytest
from sqlalchemy import select

from clinic import demo
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.queries import link_of
from clinic.core.db import db, writing
from clinic.office.views.logo import MOST_KEPT
from clinic.people.models import Client
from clinic.places.models import Clinic, Logo
from tests.conftest import NOW
from tests.house.tour import RELEASE, clients_pages
from tests.plans import plan_for
from tests.steps import book
from tests.visitor import Visitor

KB = 1024
SIX = ("pelvic_tilt", "breathing_90_90", "glute_bridge", "hip_flexor_isometric", "dead_bug", "half_kneeling_hip_flexor")
FILE = re.compile(r"""(?:src|href)="(/(?:static/|logo/|accent-)[^"]+)\"""")


def weight(visitor, answer):
    """Bytes and requests of a page and of every file it refers to, none of them kept from before, and packed where that
    can be. A picture that is fetched when somebody scrolls to it is weighed by itself.
    """
    at_once = re.sub(r'<img[^>]* loading="lazy">', "", answer.text)
    assert not re.search(r"""(?:src|srcset|poster)=["'](?!/(?:static|logo)/)""", at_once)
    found = sorted(set(FILE.findall(answer.text)))
    files = [visitor.client.get(href, buffered=True, headers={"Accept-Encoding": "gzip"}) for href in found]
    assert all(file.status_code == 200 for file in files)
    return sum(map(size, [answer, *files])), 1 + len(files)


def size(answer):
    return (
        len(answer.data) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers) + len(answer.status) + 13
    )


@pytest.fixture
def demo_clinic(app):
    with writing():
        demo.make(db.session, now=NOW)
        db.session.commit()
    return Visitor(app)


@pytest.mark.parametrize("database_kind", ["sqlite"])  # bytes are bytes
def test_the_first_page_and_the_pages_of_times_are_light(demo_clinic):
    weighs, requests = weight(demo_clinic, demo_clinic.get("/"))
    assert weighs <= 35 * KB
    assert requests <= 6
    homes = demo_clinic.get("/").text
    for address in {href.replace("&amp;", "&") for href in re.findall(r'href="(/treatments/[^"]+)"', homes)}:
        weighs, _ = weight(demo_clinic, demo_clinic.get(address.replace("/safety", "/times")))
        assert weighs <= 60 * KB, address


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_logo_and_a_colour_of_the_clinics_own_add_less_than_ten_kilobytes_to_it(demo_clinic):
    plain, _ = weight(demo_clinic, demo_clinic.get("/"))
    with writing():
        db.session.get(Clinic, 1).accent = "#7a2048"
        db.session.add(Logo(png=b"\x89PNG" + bytes(MOST_KEPT - 4), digest="0" * 64))
        db.session.commit()
    weighs, requests = weight(demo_clinic, demo_clinic.get("/"))
    assert weighs - plain <= 10 * KB
    assert requests <= 6


def test_every_other_page_of_a_client_is_light(app, cast):
    weighs = {what: weight(Visitor(app), answer)[0] for what, answer in clients_pages(app)}
    assert {what: bytes_ for what, bytes_ in weighs.items() if bytes_ > 60 * KB} == {}
    assert weight(Visitor(app), Visitor(app).get(f"{RELEASE}/safety"))[0] <= 60 * KB


def test_times_that_do_not_fit_on_a_page_stand_on_the_next(visitor):
    """However often they start: whole days, each once, none left out."""
    seen, address = [], "/treatments/massage/times"
    while address:
        page = visitor.get(address)
        assert weight(visitor, page)[0] <= 60 * KB
        seen += [slot[:8] for slot in visitor.slots]
        address = visitor.link("Later times") if "Later times" in visitor.text else None
    days = list(dict.fromkeys(seen))
    assert seen == sorted(seen)
    assert len(days) == 65  # every working day of the 90
    assert {seen.count(day) for day in days[1:-1]} == {29}


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_the_exercises_that_everybody_sees_are_light_and_so_is_each_picture(demo_clinic):
    pages = ["/exercises", "/practice", "/news", *(f"/exercises/{exercise}" for exercise in catalogue().exercises)]
    weighs = {page: weight(demo_clinic, demo_clinic.get(page))[0] for page in pages}
    assert {page: bytes_ for page, bytes_ in weighs.items() if bytes_ > 60 * KB} == {}
    pictures = re.findall(r'src="(/exercises/[^"]+)"', demo_clinic.get("/exercises").text)
    assert len(pictures) == len(catalogue().exercises)
    assert max(size(demo_clinic.get(one)) for one in pictures) <= 10 * KB


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_plan_of_six_exercises_is_light_and_so_is_each_drawing(app, cast):
    book(Visitor(app))
    with writing():
        plan = plan_for(db.session.scalars(select(Client)).one(), cast.ana, exercises=SIX, word="Take your time.")
        db.session.commit()
        link = link_of(db.session, plan.id).token
    visitor = Visitor(app)
    page = visitor.get(f"/plans/{link}")
    assert weight(visitor, page)[0] <= 60 * KB
    drawings = re.findall(r'<img src="([^"]+)"', page.text)
    assert len(drawings) >= len(SIX)
    assert max(size(visitor.get(one)) for one in drawings) <= 10 * KB
    assert weight(visitor, visitor.get(f"/plans/{link}/session"))[0] <= 60 * KB
