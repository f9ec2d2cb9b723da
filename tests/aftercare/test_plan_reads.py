"""What a client reads of their plan can be read with seven years of school, and every picture is told in words."""

import re
from html.parser import HTMLParser

import pytest

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.wording import ASK_FIRST_IF, DOCTOR_TODAY_IF, EMERGENCY_IF, NEVER_STRETCH, STOP_IF
from clinic.aftercare.wording.safety import IN_GENERAL, how_much_pain
from tests.aftercare.steps import plan_link
from tests.reading import grade

BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "button", "a", "legend", "label", "summary", "figcaption", "desc"}
END = re.compile(r"[.!?:;]$")


class _Main(HTMLParser):
    """The words of the main part, each block a sentence or more; and whether each picture has words."""

    def __init__(self, html):
        super().__init__()
        self.words, self.pictures, self._in_main = "", [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._in_main = self._in_main or tag == "main"
        if tag in {"svg", "img"}:
            told = dict(attrs)
            name = told.get("aria-labelledby") or told.get("aria-label") or told.get("alt")
            self.pictures.append(bool(name) or told.get("aria-hidden") == "true")
        if tag in BLOCKS:
            self._end()

    def handle_endtag(self, tag):
        if tag == "main":
            self._in_main = False
        if tag in BLOCKS:
            self._end()

    def handle_data(self, data):
        if self._in_main:
            self.words += data

    def _end(self):
        said = self.words.rstrip()
        self.words = said + (" " if not said or END.search(said) else ". ")


@pytest.fixture
def client(new_visitor):
    return new_visitor()


@pytest.mark.parametrize("one", catalogue().exercises.values(), ids=lambda one: one.id)
def test_an_exercise_reads_at_grade_seven_or_below(one):
    said = (one.purpose, *(step.words for step in one.steps), one.feel, one.effort, one.easier, *one.cautions)
    assert grade(" ".join(f"{text.rstrip('.')}." for text in (*said, *one.modify.values()) if text)) <= 7


@pytest.mark.parametrize("lines", [ASK_FIRST_IF, IN_GENERAL, STOP_IF, EMERGENCY_IF, DOCTOR_TODAY_IF, (NEVER_STRETCH,)])
def test_what_holds_for_all_of_them_reads_at_grade_seven_or_below(app, lines):
    with app.test_request_context():
        assert grade(" ".join(f"{str(line).rstrip('.;')}." for line in lines)) <= 7
        assert grade(how_much_pain(4, 6)) <= 7


@pytest.mark.parametrize("page", ["", "/help", "/session", "/return"])
def test_a_page_of_the_plan_reads_at_grade_seven_or_below_and_each_picture_has_words(ana, clara, client, page):
    link = plan_link(ana, clara, "bird_dog", "glute_bridge", "half_kneeling_hip_flexor")
    answer = client.get(f"{link}{page}")
    assert answer.status_code == 200
    main = _Main(answer.text)
    assert grade(main.words) <= 7, main.words
    assert all(main.pictures)
    assert len(main.pictures) >= (10 if page == "" else 0)
