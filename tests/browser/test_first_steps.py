"""An empty clinic comes to its first bookable time by pages alone, on either database."""

import pytest
from playwright.sync_api import expect

from tests.browser import first_steps
from tests.browser.served import Clinic
from tests.databases import drop_database, new_database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(params=["sqlite", "postgresql"])
def clinic(request, tmp_path, mailbox):
    """Just set up: nothing is in it but its owner."""
    url = new_database(request.param, tmp_path)
    first_steps.set_up(tmp_path, url)
    served = Clinic(tmp_path, DATABASE_URL=url, **mailbox.settings())
    yield served
    served.stop()
    drop_database(url)


def test_the_guide_leads_an_empty_clinic_to_its_first_time_by_pages_alone(new_person, clinic, mailbox):
    owner, therapist, client = new_person(), new_person(), new_person()
    client.open("/")
    expect(client.page.get_by_role("heading", level=1)).to_have_text("Not open yet")
    first_steps.walk(owner, therapist, mailbox)
    client.open("/")
    expect(client.page.locator(".time").first).to_be_visible()
    client.page.locator(".time").first.click()
    expect(client.page.get_by_label("Your name")).to_be_visible()
