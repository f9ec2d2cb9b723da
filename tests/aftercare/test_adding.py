"""Looking for an exercise to add to a plan: what is typed stays, and nothing that is sought is in an address."""

import re

from clinic.aftercare import queries
from clinic.aftercare.operations import Content
from clinic.core.db import db
from tests.aftercare.steps import build, find
from tests.rows import rows


def page_of(client_id):
    return f"/clients/{client_id}/plan"


def offered(ana):
    """The exercises to add that can be seen."""
    lines = re.findall(
        r'<li class="offered" data-words="[^"]*"( hidden)?>.*?<strong>(.*?)</strong>', ana.page.text, re.DOTALL
    )
    return [name for hidden, name in lines if not hidden]


def phases(ana):
    return re.findall(r'<section data-phase="(\w+)">', ana.page.text)


def test_looking_shows_what_fits_and_keeps_what_is_typed_without_saving_it(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    before = rows()
    page = ana.send(
        page_of(clara), find="yes", word="Gently.", **{"find-words": "BALANCE", "glute_bridge-sets": "lots"}
    )
    assert page.status_code == 200
    assert page.request.full_path == f"{page_of(clara)}?"
    assert {**rows(), "audit_line": 0} == {**before, "audit_line": 0}
    assert "Gently." in page.text
    assert 'name="glute_bridge-sets" type="text" value="lots"' in page.text
    assert 'value="BALANCE"' in page.text
    assert offered(ana) == ["Bird dog"]
    assert phases(ana) == ["strengthen"]


def test_looking_by_phase(ana, clara):
    find(ana, clara)
    ana.get(page_of(clara))
    assert phases(ana) == ["warm_up", "calm", "strengthen", "stretch"]
    ana.send(page_of(clara), find="yes", **{"find-phase": "calm"})
    assert phases(ana) == ["calm"]
    assert "Pelvic tilt, lying" in offered(ana)
    ana.send(page_of(clara), find="yes", **{"find-phase": "handstands"})
    assert phases(ana) == ["warm_up", "calm", "strengthen", "stretch"]


def test_where_nothing_is_like_that_it_is_said(ana, clara):
    find(ana, clara)
    ana.get(page_of(clara))
    assert 'id="none-found" hidden' in ana.page.text
    ana.send(page_of(clara), find="yes", **{"find-words": "trampoline"})
    assert 'id="none-found">' in ana.page.text
    assert offered(ana) == []


def test_the_enter_key_looks_where_there_is_something_to_look_for_and_else_saves(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    ana.send(page_of(clara), enter="", word="One", **{"find-words": "dog"})
    assert kept(clara).word == ""
    ana.send(page_of(clara), enter="", word="Two", **{"find-words": ""})
    assert kept(clara).word == "Two"


def test_what_was_found_is_added_with_all_that_was_typed(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    ana.send(page_of(clara), find="yes", **{"find-words": "dog", "glute_bridge-sets": "4"})
    ana.send(page_of(clara), add="bird_dog")
    assert [one.exercise for one in kept(clara).steps] == ["glute_bridge", "bird_dog"]
    assert kept(clara).steps[0].sets == 4


def test_what_is_looked_for_is_kept_where_something_else_is_typed_wrong(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    ana.send(page_of(clara), **{"find-words": "dog", "glute_bridge-sets": "lots"})
    assert ana.page.status_code == 422
    assert 'value="dog"' in ana.page.text


def kept(client_id):
    content = Content.read(queries.plan_of(db.session, client_id).content)
    db.session.rollback()
    return content
