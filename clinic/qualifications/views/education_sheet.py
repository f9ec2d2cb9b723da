"""A therapist's continuing education of one period, as its page, its PDF and its owner see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import request, url_for

from clinic.core import clock
from clinic.core.db import db
from clinic.people.models import Therapist
from clinic.qualifications import education_words as words
from clinic.qualifications.models import ContinuingEducation, Credential, Evidence
from clinic.qualifications.presets import Preset
from clinic.qualifications.queries import all_presets, certificates_of, education, today_at
from clinic.qualifications.rules.education import (
    Activity,
    Period,
    Rule,
    Standing,
    period,
    period_of_year,
    rule_from,
    standing,
)

NEW_YEAR = date(2000, 1, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sheet:
    """`rule` is None until a body is known or chosen: until then what was done is only added up. `own`: its therapist
    looks.
    """

    therapist: Therapist
    own: bool
    today: date
    period: Period
    bodies: Mapping[str, str]  # whose rules there are, by code
    body: str
    rule: Rule | None
    begins: str  # "registration" or "calendar"
    rows: Sequence[ContinuingEducation]
    certificates: Mapping[UUID | None, Sequence[Evidence]]  # by activity
    registrations: Sequence[Credential]
    standing: Standing | None

    @property
    def has_anniversary(self) -> bool:
        """Whether they are registered with the body, so that its year may begin on that day."""
        return any(one.preset == self.body for one in self.registrations)

    @property
    def minutes(self) -> int:
        """All that was done, whether it counts or not."""
        return sum(row.minutes for row in self.rows)

    def progress(self, *, own: bool) -> str:
        """In a sentence. `own`: said to its therapist."""
        if self.standing is None:
            return words.length(self.minutes) if self.rows else ""
        return words.progress(self.standing, self.period, self.today, own=own)

    @property
    def notes(self) -> list[str]:
        """What limits what counts."""
        if self.rule is None or self.standing is None:
            return []
        return words.limits(self.rule, self.standing)

    def counts(self, row: ContinuingEducation) -> int:
        """How many of its minutes count at most."""
        most = self.standing.most_of_one if self.standing else None
        return row.minutes if most is None else min(row.minutes, most)

    def address(self, **changed: Any) -> str:
        """This sheet again, with something chosen otherwise."""
        return self._address("education", **{"on": self.period.first, **changed})

    @property
    def paper(self) -> str:
        """The same for the body's audit."""
        return self._address("education_paper", year=self.period.first.year)

    @property
    def earlier(self) -> str:
        return self.address(on=self.period.first - DAY)

    @property
    def later(self) -> str | None:
        """The next period, once it has begun."""
        after = self.period.last + DAY
        return self.address(on=after) if after <= self.today else None

    def _address(self, page: str, **values: Any) -> str:
        chosen: dict[str, Any] = {"rule": self.body or None, "begins": self.begins, **values}
        if self.own:
            return url_for(f"qualifications.{page}", **chosen)
        return url_for(f"qualifications.{page}_of", slug=self.therapist.slug, **chosen)


def sheet_of(therapist: Therapist, *, own: bool, on: date | None = None, year: int | None = None) -> Sheet:
    """For the period that is running, that of a day or that of a year. The address may choose the body and how its
    year begins.
    """
    today = today_at(db.session, clock.now())
    registrations = education.registrations(db.session, therapist.id)
    presets = {code: one for code, one in all_presets(db.session).items() if one.education}
    body = _body(registrations, presets)
    rule = rule_from(presets[body].education) if body else None
    of_body = [one for one in registrations if one.preset == body]
    calendar = not of_body or request.args.get("begins") == "calendar"
    begins, years = NEW_YEAR if calendar else of_body[0].starts_on, rule.years if rule else 1
    during = period(on or today, years, begins) if year is None else period_of_year(year, years, begins)
    rows = education.activities(db.session, therapist.id, during)
    return Sheet(
        therapist=therapist,
        own=own,
        today=today,
        period=during,
        bodies={code: one.words for code, one in presets.items()},
        body=body,
        rule=rule,
        begins="calendar" if calendar else "registration",
        rows=rows,
        certificates=certificates_of(db.session, [row.id for row in rows]),
        registrations=registrations,
        standing=_standing(rule, rows, of_body),
    )


def _body(registrations: Sequence[Credential], presets: Mapping[str, Preset]) -> str:
    """The one chosen, else the first of theirs that asks for any; empty where none does."""
    theirs = [one.preset for one in registrations if one.preset in presets]
    asked = request.args.get("rule", "")
    return asked if asked in presets else next(iter(theirs), "")


def _standing(rule: Rule | None, rows: Sequence[ContinuingEducation], of_body: Sequence[Credential]) -> Standing | None:
    if rule is None:
        return None
    disciplines = {one.discipline for one in of_body if one.discipline}
    return standing(rule, [Activity(row.minutes, row.category, row.discipline) for row in rows], disciplines)
