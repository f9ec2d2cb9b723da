"""Templates: each is seen by somebody, speaks through gettext, and stands on nothing but this house."""

import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta

import config
from clinic import create_app
from clinic.core.db import db
from tests.cast import make_cast
from tests.conftest import KEYS, NOW
from tests.house.tour import tour
from tests.visitor import Visitor

FOLDER = Path(__file__).parent.parent.parent / "templates"
SOURCES = {path.relative_to(FOLDER).as_posix(): path.read_text() for path in sorted(FOLDER.rglob("*.*"))}
OURS = {name: source for name, source in SOURCES.items() if name != "styleguide.html"}  # for whoever builds pages
INLINE = re.compile(
    r"""\sstyle\s*=|<style|\son\w+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=)|<iframe|<object""", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"""(?:src|href|action|poster|srcset|content)\s*=\s*["'](?:https?:)?//|url\((?!#)|@import""", re.IGNORECASE
)
# A link that somebody may follow loads nothing by itself. It tells the other side nothing of where it stands.
FOLLOWED = re.compile(r'<a href="https://[^"]*" rel="noopener noreferrer"')


@pytest.fixture
def rendered(monkeypatch):
    """The names of the templates rendered so far."""
    names, render = set(), jinja2.Template.render

    def note(template, *args, **kwargs):
        names.add(template.name)
        return render(template, *args, **kwargs)

    monkeypatch.setattr(jinja2.Template, "render", note)
    return names


def with_their_parts(names):
    """These templates, and whatever they extend, include and import."""
    found, parse = set(), jinja2.Environment(autoescape=True).parse
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += filter(None, meta.find_referenced_templates(parse(SOURCES[name])))  # None: its frame is a choice
    return found


def test_every_template_is_seen_by_somebody(app, rendered, tmp_path):
    url = app.extensions["clinic.settings"].database_url
    served = create_app(
        config.load({"INSTANCE": str(tmp_path), "DATABASE_URL": url, "CLINIC_KEYS": KEYS, "DEVELOPMENT": "yes"})
    )
    Visitor(served).get("/")  # before set-up
    make_cast(db.session, now=NOW)
    db.session.commit()
    Visitor(served).get("/styleguide")
    walked = list(tour(served))
    with served.app_context():
        db.engine.dispose()
    assert len(walked) > 25
    assert set(SOURCES) - with_their_parts(rendered) == set()


def test_no_page_holds_style_or_script_of_its_own_or_anything_from_elsewhere(app, cast):
    pages = {what: FOLLOWED.sub("<a", answer.text) for what, answer in tour(app)}
    assert {what for what, page in pages.items() if INLINE.search(page) or ELSEWHERE.search(page)} == set()


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_no_template_holds_style_or_script_of_its_own_or_anything_from_elsewhere(name):
    beside = ' style="' if name == "mail/letter.html" else "none"  # a mail has no style sheet, and no policy of ours
    assert not INLINE.search(SOURCES[name].replace(beside, " "))
    assert not ELSEWHERE.search(SOURCES[name])


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_word_can_be_translated(name):
    said = re.sub(r"{% block \w+_(class|attributes) %}.*?{% endblock %}", "", OURS[name])
    said = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", " ", said, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", said) == []


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_label_that_is_read_aloud_can_be_translated(name):
    spoken = re.findall(r'\s(?:aria-label|title|alt|placeholder)="([^"]*)"', OURS[name])
    assert [label for label in spoken if label and not label.startswith("{{")] == []
