"""The health history: which pages are asked, given the answers so far, and what is still missing. Pure.

history.yaml has the pages; the questions of the clinic's safety list stand among them. What follows from the answers
is `told`'s, in `facts.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from clinic.intake.rules.facts import Answers, tokens, told_by
from clinic.intake.rules.safety import SafetyRule, When, holds

FILE = Path(__file__).with_name("history.yaml")
NONE_OF_THESE = "none"
MOST_LIST_PAGES = 4
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


@dataclass(frozen=True)
class Page:
    """What is asked together. `number` is its place among all pages, asked or not, from 1."""

    number: int
    title: str
    questions: tuple[Question, ...]


def questionnaire(rules: Sequence[SafetyRule], answered: Collection[str] = ()) -> tuple[Page, ...]:
    """All pages there are, with the questions of this safety list but those that were answered already, by id."""
    pages: list[Page] = []
    for page in _shipped():
        pages += _list_pages(rules, {*answered, *_own_facts()}) if page is None else [page]
    return tuple(replace(page, number=number) for number, page in enumerate(pages, 1))


def asked(pages: Sequence[Page], answers: Answers, *, on: date) -> list[Page]:
    """The pages that are asked, each with the questions that are, given what was answered before them."""
    found, so_far = [], dict[str, Any]()
    for page in pages:
        known = {*tokens(so_far), *told_by(_tells(pages), so_far, on=on)}
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
    return told_by(_tells(questionnaire(())), answers, on=on)


def _blank(value: Any) -> bool:
    return value is None or value in ("", [])


def _tells(pages: Sequence[Page]) -> dict[str, Mapping[str, str]]:
    return {one.id: one.tells for page in pages for one in page.questions if one.tells}


def _list_pages(rules: Sequence[SafetyRule], answered: Collection[str]) -> list[Page]:
    """The rows that have a question, a group of ticks a heading, on few pages: the groups of one page follow each other
    on the list.
    """
    rows = [rule for rule in rules if rule.asked and rule.id not in answered]
    groups = [_ticks(group, list(of)) for group, of in groupby(rows, key=lambda rule: rule.group)]
    each = -(-len(groups) // MOST_LIST_PAGES) or 1
    cut = [groups[at : at + each] for at in range(0, len(groups), each)]
    return [Page(0, of[0].label, tuple(of)) for of in cut]


def _ticks(group: str, rows: Sequence[SafetyRule]) -> Question:
    options = {rule.id: rule.question for rule in rows}
    return Question(f"list.{group}", "ticks", group, options=options, tells=_themselves(options), required=True)


def _themselves(options: Mapping[str, str]) -> dict[str, str]:
    return {option: option for option in options}


def _own_facts() -> set[str]:
    """What the shipped pages find out by themselves: not asked again by the list."""
    return {fact for page in _shipped() if page for one in page.questions for fact in one.tells.values()}


@cache
def _shipped() -> tuple[Page | None, ...]:
    """The pages of history.yaml; None where those of the safety list come."""
    return tuple(_page(page) for page in yaml.safe_load(FILE.read_text(encoding="utf-8")))


def _page(data: Mapping[str, Any]) -> Page | None:
    if "list" in data:
        return None
    questions = [_question(one, data.get("when")) for one in data["questions"]]
    if "each_of" in data:
        questions = _each(data["each_of"], questions[0])
    return Page(0, data["title"], tuple(questions))


def _question(data: Mapping[str, Any], page_when: When | None) -> Question:
    """One question of the file; asked where its page is, and where it is itself."""
    own = {name: value for name, value in data.items() if name != "facts"}
    both = [one for one in (page_when, data.get("when")) if one is not None]
    tells = _themselves(data["options"]) if data.get("facts") else data.get("tells", {})
    made = {"label": "", **own, "tells": tells, "when": {"all": both} if both else None}
    return Question(**made)


def _each(ticked: str, question: Question) -> list[Question]:
    """The same question about each option that was ticked on a page before."""
    options = next(
        one["options"]
        for page in yaml.safe_load(FILE.read_text(encoding="utf-8"))
        for one in page.get("questions", ())
        if one["id"] == ticked
    )
    return [
        replace(question, id=f"{question.id}.{option}", label=label, when=f"{ticked}={option}")
        for option, label in options.items()
    ]
