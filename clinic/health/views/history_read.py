"""The health history to read: by its client, signed in with their password, and by who treats them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from clinic.core import access
from clinic.core.db import db
from clinic.core.templating import day_words
from clinic.drawings import wording as places
from clinic.drawings.marks import read_marks
from clinic.health.views.history import Teller, Telling, telling_of
from clinic.intake.operations import answers_of, latest_history
from clinic.intake.rules.facts import Answers
from clinic.intake.rules.history import NONE_OF_THESE, Page, Question, asked


@dataclass(frozen=True)
class Line:
    """One question and its answer in words. `changed`: it was another the last time."""

    label: str
    words: str
    changed: bool


@dataclass(frozen=True)
class Part:
    """One page of it."""

    number: int
    title: str
    lines: list[Line]


def read(teller: Teller) -> str:
    """What was told last, with what has changed since the time before; while it is told anew, that."""
    access.reading(f"client:{teller.client.id}", by=teller.by)
    telling = telling_of(teller)
    earlier = latest_history(db.session, teller.client.id, most=2)[0 if telling.draft else 1 :]
    before = answers_of(earlier[0]) if earlier else None
    return render_template(
        "health/history.html",
        teller=teller,
        begun=telling.draft is not None,
        left=len(telling.open),
        onward=telling.next_page(),
        finished_at=telling.finished_at,
        parts=parts(telling, before),
    )


def parts(telling: Telling, before: Answers | None) -> list[Part]:
    """The answers by page, in words; what was left blank is left out."""
    known = {rule.id: rule.question for rule in telling.known.safety}
    pages = asked(telling.pages, telling.answers, on=telling.today)
    found = [Part(page.number, page.title, _lines(page, telling.answers, before, known)) for page in pages]
    return [part for part in found if part.lines]


def _lines(page: Page, answers: Answers, before: Answers | None, known: dict[str, str]) -> list[Line]:
    told = [one for one in page.questions if answers.get(one.id) not in (None, "", [])]
    return [
        Line(
            one.label,
            in_words(one, answers[one.id], known),
            before is not None and before.get(one.id) != answers[one.id],
        )
        for one in told
    ]


def in_words(question: Question, answer: Any, known: Mapping[str, str]) -> str:
    """An answer as it is read; `known`: the questions of the safety list, by id."""
    if question.kind == "marks":
        return "; ".join(places.mark(mark) for mark in read_marks(answer))
    if question.kind == "date":
        on = date.fromisoformat(answer)
        return f"{day_words(on)} {on.year}"
    if question.kind in ("ticks", "one"):
        words = {NONE_OF_THESE: _("None of these"), **known, **question.options}
        return "; ".join(words.get(one) or one for one in (answer if isinstance(answer, list) else [answer]))
    return str(answer)
