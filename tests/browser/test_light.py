"""Pages are light: what comes over the wire on a first visit, in bytes and requests."""

import pytest

from tests.browser.states import MASSAGE, RELEASE
from tests.browser.steps import choose_a_time

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["development"], indirect=True),
]


def fetched(person, path):
    """The bytes of each answer."""
    sizes = []
    wire = person.context.new_cdp_session(person.page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda answer: sizes.append(answer["encodedDataLength"]))
    person.page.goto(path, wait_until="networkidle")
    return sizes


def test_the_first_page_is_at_most_35_kb_in_6_requests(new_person):
    sizes = fetched(new_person(), "/")
    assert sum(sizes) <= 35 * 1024
    assert 2 <= len(sizes) <= 6


@pytest.mark.parametrize("treatment", [RELEASE, MASSAGE])
def test_the_pages_after_it_are_at_most_60_kb_each(new_person, treatment):
    client = new_person()
    choose_a_time(client, treatment)
    for path in (client.page.url, client.page.url.partition("?")[0].rpartition("/")[0] + "/times"):
        assert 1024 < sum(fetched(new_person(), path)) <= 60 * 1024
