"""The health history: which pages are asked, given the answers so far, and what is still missing. Pure.

history.yaml has the pages; the questions of the clinic's safety list stand among them. What follows from the answers
is `told`'s, in `facts.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from clinic.intake.rules.facts import Answers, tokens, told_by
from clinic.intake.rules.safety import SafetyRule, When, holds

FILE = Path(__file__).with_name("history.yaml")
NONE_OF_THESE = "none"
NOW = "now"  # the group of the safety page that is about right now
LONGEST = 500  # characters of what is typed


@dataclass(frozen=True)
class Question:
    """One question. `tells`: answer → the fact it is. `when`: asked only where this holds; None always."""

    id: str
    kind: str  # ticks, one, number, date, words or marks
    label: str
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    tells: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    when: When | None = None
    least: int = 0
    most: int = 0
    rows: int = 1
    input: str = "text"
    past: bool = True  # a day that has been
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Each option of the safety list with the examples under it."""
        return {option: (words, self.examples[option]) for option, words in self.options.items()}


@dataclass(frozen=True)
class Page:
    """What is asked together. `number` is its place among all pages, asked or not, from 1."""

    number: int
    title: str
    questions: tuple[Question, ...]

    @property
    def is_safety(self) -> bool:
        """Whether it asks questions of the safety list, beside which the emergency words stand."""
        return any(one.examples for one in self.questions)


def questionnaire(rules: Sequence[SafetyRule], page: Collection[str] | None = None) -> tuple[Page, ...]:
    """All pages there are, with the questions of this safety list. `page`: what was ticked on the safety page of a
    release, whose questions are not asked again; None where it was not answered.
    """
    pages = (_page(data, rules, page) for data in _shipped())
    return tuple(replace(one, number=number) for number, one in enumerate(pages, 1))


def asked(pages: Sequence[Page], answers: Answers, *, on: date) -> list[Page]:
    """The pages that are asked, each with the questions that are, given what was answered before them."""
    found, so_far = [], dict[str, Any]()
    for page in pages:
        known = {*tokens(so_far), *told_by(_tells(), so_far, on=on)}
        questions = tuple(one for one in page.questions if one.when is None or holds(one.when, known))
        so_far |= {one.id: answers[one.id] for one in questions if one.id in answers}
        if questions:
            found.append(replace(page, questions=questions))
    return found


def kept(pages: Sequence[Page], answers: Answers, *, on: date) -> dict[str, Any]:
    """The answers to what is asked. An answer that no longer leads anywhere takes what it opened along."""
    questions = (one for page in asked(pages, answers, on=on) for one in page.questions)
    return {one.id: answers[one.id] for one in questions if one.id in answers}


def is_answered(page: Page, answers: Answers) -> bool:
    """Whether this page was sent, with all that it must have."""
    return all(one.id in answers and not (one.required and _blank(answers[one.id])) for one in page.questions)


def unanswered(pages: Sequence[Page], answers: Answers, *, on: date) -> list[Page]:
    """The pages that are still to be sent, in their order."""
    return [page for page in asked(pages, answers, on=on) if not is_answered(page, answers)]


def told(answers: Answers, *, on: date) -> frozenset[str]:
    """The facts of the safety list in the answers of a history, as they are on a day."""
    return told_by(_tells(), answers, on=on)


def _blank(value: Any) -> bool:
    return value is None or value in ("", [])


@cache
def _tells() -> dict[str, Mapping[str, str]]:
    """What the answers to the shipped questions say by themselves. Those of the safety list are facts as they are."""
    return {one.id: one.tells for page in questionnaire(()) for one in page.questions if one.tells}


@cache
def _shipped() -> tuple[Mapping[str, Any], ...]:
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def _page(data: Mapping[str, Any], rules: Sequence[SafetyRule], page: Collection[str] | None) -> Page:
    if "groups" in data:
        ticks = [_ticks(group, legend, _rows(rules, page)) for group, legend in data["groups"].items()]
        return Page(0, data["title"], tuple(one for one in ticks if one.options))
    questions = [_question(one, data.get("when")) for one in data["questions"]]
    return Page(0, data["title"], tuple(_each(data["each_of"], questions[0]) if "each_of" in data else questions))


def _rows(rules: Sequence[SafetyRule], page: Collection[str] | None) -> list[SafetyRule]:
    """The rows that are asked here. One that the safety page answered with no is not; where that was not filled in, its
    questions of right now are asked, and stand for those they cover.
    """
    if page is None:
        now = {rule.id for rule in rules if rule.group == NOW}
        return [rule for rule in rules if rule.asked and rule.covered_by not in now]
    return [rule for rule in rules if rule.asked and rule.group != NOW and rule.covered_by in {"", *page}]


def _ticks(group: str, legend: str, rows: Sequence[SafetyRule]) -> Question:
    of = [rule for rule in rows if rule.group == group]
    options = {rule.id: rule.question for rule in of}
    examples = {rule.id: rule.examples for rule in of}
    return Question(f"list.{group}", "ticks", legend, options=options, examples=examples, required=True)


def _question(data: Mapping[str, Any], page_when: When | None) -> Question:
    """One question of the file; asked where its page is, and where it is itself."""
    own = {name: value for name, value in data.items() if name != "facts"}
    both = [one for one in (page_when, data.get("when")) if one is not None]
    tells = {option: option for option in data["options"]} if data.get("facts") else data.get("tells", {})
    return Question(**{"label": "", **own, "tells": tells, "when": {"all": both} if both else None})


def _each(ticked: str, question: Question) -> list[Question]:
    """The same question about each option that was ticked on a page before."""
    of = next(one for page in _shipped() for one in page.get("questions", ()) if one["id"] == ticked)
    return [
        replace(question, id=f"{question.id}.{option}", label=label, when=f"{ticked}={option}")
        for option, label in of["options"].items()
    ]
