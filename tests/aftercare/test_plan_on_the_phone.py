"""What a phone may keep of a plan, and how it is put beside the apps."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from clinic.core.tablet import Lock
from tests.aftercare.steps import plan_link
from tests.conftest import NOW


@pytest.fixture
def link(ana, clara):
    return plan_link(ana, clara, "glute_bridge")


@pytest.mark.parametrize("page", ["", "/help", "/session"])
def test_a_plan_may_be_kept_on_the_clients_own_device_alone(visitor, ana, link, page):
    kept = visitor.get(f"{link}{page}")
    assert kept.headers["Clinic-Keep"] == "plan"
    assert kept.headers["Cache-Control"] == "no-store"  # the browser itself keeps nothing
    assert "js/plan-offline.js" in kept.text
    on_a_screen_of_the_clinic = ana.get(f"{link}{page}")
    assert "Clinic-Keep" not in on_a_screen_of_the_clinic.headers
    assert "js/plan-offline.js" not in on_a_screen_of_the_clinic.text


def test_a_tablet_on_loan_keeps_nothing_of_a_plan_that_it_may_show(visitor, link):
    with visitor.client.session_transaction() as session:
        session["handed_over"] = Lock("1.1", int(NOW.timestamp()) + 60, [link], "/today")
    shown = visitor.get(link)
    assert "Your plan" in visitor.text
    assert "Clinic-Keep" not in shown.headers
    assert "js/plan-offline.js" not in shown.text


def test_nothing_else_may_be_kept(visitor, ana, link, clara):
    for page in ("/", "/plans/none", f"{link}/again", f"{link}/manifest.webmanifest", "/sign-in", "/plans/sw.js"):
        assert "Clinic-Keep" not in visitor.get(page).headers, page
    for page in ("/today", f"/clients/{clara}", f"/clients/{clara}/plan"):
        assert "Clinic-Keep" not in ana.get(page).headers, page


def test_the_year_of_birth_is_never_kept_in_place_of_the_plan(visitor, ana, clara, link):
    ana.post(f"/clients/{clara}/plan/year", year="1984")
    asked = visitor.get(link)
    assert asked.request.path == f"{link}/year"
    assert "Clinic-Keep" not in asked.headers


def test_the_worker_hears_of_plans_alone_and_is_asked_for_anew_each_time(visitor):
    worker = visitor.get("/plans/sw.js")
    assert worker.content_type == "text/javascript; charset=utf-8"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in worker.headers  # its address is how far it reaches
    assert "Set-Cookie" not in worker.headers
    policy = worker.headers["Content-Security-Policy"].split("; ")
    assert {"worker-src 'self'", "manifest-src 'self'"} <= set(policy)


def test_a_plan_can_be_put_beside_the_apps(visitor, link):
    page = visitor.get(link).text
    (address,) = re.findall(r'<link rel="manifest" href="([^"]+)">', page)
    answer = visitor.get(address)
    assert (answer.content_type, answer.headers["Cache-Control"]) == ("application/manifest+json", "no-store")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    said = json.loads(answer.data)
    assert (said["id"], said["start_url"], said["scope"], said["display"]) == (link, link, "/plans/", "standalone")
    assert said["name"].startswith(said["short_name"])
    assert len(said["short_name"]) <= 12
    assert {icon.get("purpose", "any") for icon in said["icons"]} == {"any", "maskable"}
    (apple,) = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)">', page)
    for src, sizes in [(apple, "180x180"), *((icon["src"], icon["sizes"]) for icon in said["icons"])]:
        picture = Image.open(BytesIO(visitor.get(src).data))
        assert f"{picture.width}x{picture.height}" == sizes
