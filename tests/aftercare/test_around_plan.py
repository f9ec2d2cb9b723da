"""What goes with the exercises of a plan: what to expect, when to look again, and pages and videos elsewhere."""

from datetime import timedelta

import pytest
import time_machine

from clinic.aftercare import queries
from clinic.aftercare.operations import Content, PointsTo
from clinic.core.db import db
from tests.aftercare.steps import address, build, find, plan_link, send
from tests.conftest import NOW

PAGE = "/clinic/links"
FILM = {"title": "Breathing, shown", "url": "https://videos.example/breathing", "is_video": "y"}
SHOP = {"title": "A firm cushion", "url": "https://shop.example/cushion?from=clinic", "is_affiliate": "y"}


@pytest.fixture
def olu(signed_in):
    return signed_in("olu")


@pytest.fixture
def offered(olu):
    """The ids of what the clinic points to, by title."""
    olu.get(PAGE)
    for one in (FILM, SHOP):
        olu.post(PAGE, offered="y", **one)
    found = {one.title: str(one.id) for one in queries.useful_links(db.session)}
    db.session.rollback()
    return found


def kept(client_id):
    content = Content.read(queries.plan_of(db.session, client_id).content)
    db.session.rollback()
    return content


def page_of(client_id):
    return f"/clients/{client_id}/plan"


def test_a_new_plan_is_to_be_looked_at_again_in_three_weeks(ana, clara):
    find(ana, clara)
    ana.get(page_of(clara))
    assert 'value="2026-04-01"' in ana.page.text
    ana.send(page_of(clara), add="glute_bridge")
    assert kept(clara).review_on.isoformat() == "2026-04-01"
    ana.send(page_of(clara), review_on="")
    assert kept(clara).review_on is None  # it was emptied, so it stays so
    assert 'value="2026-04-01"' not in ana.page.text


def test_a_plan_that_is_changed_after_its_review_is_to_be_looked_at_again_in_three_weeks(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge", review_on="2026-03-20")
    with time_machine.travel(NOW + timedelta(days=12), tick=False):
        ana.sign_in("ana")
        ana.get(page_of(clara))
        assert 'value="2026-04-13"' in ana.page.text
        ana.send(page_of(clara), add="pelvic_tilt")
        assert "There is a problem" not in ana.text
    assert kept(clara).review_on.isoformat() == "2026-04-13"


def test_what_to_expect_is_kept_and_read_by_the_client(ana, clara, new_visitor):
    link = plan_link(ana, clara, "glute_bridge", expected="It may feel easier to stand up after some weeks.")
    client = new_visitor()
    client.get(link)
    assert "What to expect It may feel easier to stand up after some weeks." in client.text


def test_without_it_no_heading_stands_there(ana, clara, new_visitor):
    client = new_visitor()
    client.get(plan_link(ana, clara, "glute_bridge"))
    assert "What to expect" not in client.text
    assert "To read and to watch" not in client.text


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        ("expected", "You will be pain-free in two weeks.", "“pain-free” (What to expect): It promises an outcome."),
        ("word", "This cures your back.", "“cures” (A word to your client): It promises a cure."),
    ],
)
def test_a_promise_is_pointed_out_and_kept(ana, clara, field, typed, found):
    find(ana, clara)
    build(ana, clara, "glute_bridge", **{field: typed})
    assert "Look at these words before you send them." in ana.text
    assert found in ana.text
    assert getattr(kept(clara), field) == typed


def test_words_that_promise_nothing_are_left_alone(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge", expected="Standing up may feel easier. Nobody can promise it.")
    assert "Look at these words" not in ana.text


def test_too_long_is_said_at_its_field(ana, clara):
    find(ana, clara)
    assert build(ana, clara, "glute_bridge", expected="x" * 1001).status_code == 422
    assert "What to expect: Shorten this to 1000 characters" in ana.text


def test_a_page_and_a_video_go_with_the_plan_and_say_what_they_are(ana, clara, offered, new_visitor):
    find(ana, clara)
    build(ana, clara, "glute_bridge", links=list(offered.values()))
    assert kept(clara).links == (
        PointsTo(SHOP["title"], SHOP["url"], is_affiliate=True),
        PointsTo(FILM["title"], FILM["url"], is_video=True),
    )
    ana.send(page_of(clara), links=[offered[FILM["title"]], offered[SHOP["title"]]])
    send(ana, clara, links=[offered[FILM["title"]], offered[SHOP["title"]]])
    client = new_visitor()
    client.get(address(clara))
    assert f'<a href="{FILM["url"]}" rel="noopener noreferrer">Breathing, shown</a>' in client.page.text
    assert "Breathing, shown (video, opens another site)" in client.text
    assert "A firm cushion (opens another site) We earn a little when you buy there." in client.text


def test_choosing_from_pictures_keeps_what_stands_around_the_exercises(ana, clara, offered):
    find(ana, clara)
    build(ana, clara, "glute_bridge", expected="Some weeks.", links=[offered[FILM["title"]]])
    ana.get(f"/clients/{clara}/exercises")
    ana.send(page_of(clara), add="pelvic_tilt")
    assert [one.title for one in kept(clara).links] == [FILM["title"]]
    assert kept(clara).expected == "Some weeks."


def test_what_is_hidden_is_in_no_new_plan_and_stays_in_one_that_was_sent(ana, clara, offered, olu, new_visitor):
    plan_link(ana, clara, "glute_bridge", links=[offered[FILM["title"]]])
    olu.get(f"{PAGE}/{offered[FILM['title']]}")
    olu.send(olu.page.request.path, offered=[])
    assert "Hidden" in olu.get(PAGE).text
    ana.get(page_of(clara))
    assert FILM["title"] not in ana.text
    ana.send(page_of(clara), links=[offered[FILM["title"]], "999"])
    assert kept(clara).links == ()
    client = new_visitor()
    client.get(address(clara))
    assert FILM["title"] in client.text


def test_it_can_be_offered_again_and_changed(offered, olu):
    page = f"{PAGE}/{offered[FILM['title']]}"
    olu.get(page)
    olu.send(page, offered=[])
    olu.send(page, offered="y", title="Breathing, slowly")
    assert "Plans that were sent keep it as it was." in olu.text
    assert "Breathing, slowly" in olu.text
    assert "New plans can point to it: from no to yes" in olu.text
    assert "Hidden" not in olu.get(PAGE).text


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://videos.example/breathing", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("https://", "begins with https://"),
        ("https://intranet/film", "begins with https://"),
        ("//videos.example", "begins with https://"),
        ("https://videos.example:port/", "begins with https://"),
        ("https://videos.example/a b", "begins with https://"),
        ('https://videos.example/"onclick', "begins with https://"),
        ("https://ana:secret@videos.example/", "Leave the name and the password out"),
        ("https://videos.example@elsewhere.example/", "Leave the name and the password out"),
        (f"https://videos.example/{'x' * 500}", "Shorten this to 500 characters"),
        ("", "This cannot be empty."),
    ],
)
def test_only_a_whole_safe_address_is_taken(olu, url, said):
    olu.get(PAGE)
    assert olu.post(PAGE, **{**FILM, "url": url}).status_code == 422
    assert said in olu.text
    assert queries.useful_links(db.session) == []


def test_a_link_that_is_not_there_is_not_found(olu):
    assert olu.get(f"{PAGE}/999").status_code == 404
