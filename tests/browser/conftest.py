"""A served clinic and a real Chromium. All of it shares one test process: a marker of the modules sees to that."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.person import Person
from tests.browser.served import Clinic, Mailbox
from tests.databases import drop_database, new_database
from tests.tools import NONE, chromium

FLAGS = [
    "--no-sandbox",  # a browser that root starts has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=15_000)


@pytest.fixture(scope="package")
def mailbox():
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture(scope="package")
def folders(tmp_path_factory):
    return {kind: tmp_path_factory.mktemp(kind) for kind in ("sqlite", "postgresql")}


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def clinic(request, folders, mailbox):
    """The demo clinic on either database, its mail going to `mailbox`.

    As `development` it is the SQLite one again, without a mail server: it has its outbox page, and the style guide.
    """
    development = request.param == "development"
    kind = "sqlite" if development else request.param
    url = new_database(kind, folders[kind])
    served = Clinic(folders[kind], DATABASE_URL=url, **({"DEVELOPMENT": "yes"} if development else mailbox.settings()))
    yield served
    served.stop()
    drop_database(url)


@pytest.fixture(scope="package")
def chrome():
    path = chromium()
    assert path, NONE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_person(chrome, clinic):
    """Makes somebody with a browser of their own. The test fails where any browser had something to complain of."""
    people = []

    def make(**kind) -> Person:
        people.append(Person(chrome, clinic, **kind))
        return people[-1]

    yield make
    for person in people:
        person.context.close()
    assert [complaint for person in people for complaint in person.complaints] == []
