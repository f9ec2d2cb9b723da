"""The health history, whoever tells it: by the link of an appointment, in their account, or with their therapist."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import redirect, render_template
from werkzeug.wrappers import Response

from clinic.booking import queries as booking
from clinic.booking.history import last_answers
from clinic.booking.operations import heed
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.consent.operations import accept_notice
from clinic.consent.queries import accepted_by
from clinic.core import access, clock
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.forms import Form
from clinic.core.times import local
from clinic.health.views.history_form import answers_in, asks, history_form
from clinic.health.views.history_outcome import emergency_in, emergency_page, outcome_page
from clinic.intake import wording
from clinic.intake.models import HealthHistory
from clinic.intake.operations import answers_of, draft_of, finish, latest_history, save_page
from clinic.intake.rules.history import Page, asked, is_answered, kept, questionnaire
from clinic.people.models import Client

Answer = str | Response | tuple[str, int]
PAGE_GOOD = timedelta(days=30)  # what was answered on the safety page so lately is not asked again


@dataclass(frozen=True)
class Teller:
    """Whoever tells it, and where. `home` is the address of the history; its pages are beneath. Who may not read it is
    never shown what was told, not even by themself a minute ago.
    """

    client: Client
    by: Actor
    home: str
    back: str  # where whoever is done goes
    may_read: bool
    frame: str = "base.html"

    def page(self, number: int) -> str:
        return f"{self.home}/{number}"


@dataclass(frozen=True)
class Telling:
    """A history while it is told: what there is of it, and what is asked. All of it is read before it is made, for who
    waits for the database must hold no lock of `cached_property` meanwhile.
    """

    teller: Teller
    known: Programme
    today: date
    draft: HealthHistory | None
    finished: HealthHistory | None
    pages: tuple[Page, ...]
    answers: Mapping[str, Any]
    owes_notice: bool

    @property
    def finished_at(self) -> datetime | None:
        """When it was told last, by the clock on the wall."""
        at = self.finished.finished_at if self.finished else None
        return local(at, self.known.location.zone) if at else None

    @property
    def base(self) -> dict[str, Any]:
        """What a history that is begun now begins with: nothing, for who may not read what was told before."""
        return answers_of(self.finished) if self.teller.may_read else {}

    @property
    def asked(self) -> list[Page]:
        return asked(self.pages, self.answers, on=self.today)

    def page(self, number: int) -> Page | None:
        """The page of this number, where it is asked."""
        return next((page for page in self.asked if page.number == number), None)

    @property
    def open(self) -> list[int]:
        """The numbers of the pages that are still to be answered."""
        return [page.number for page in self.asked if not is_answered(page, self.answers)]

    def next_page(self, after: int = 0) -> str:
        """Where to go on: the next page that is not answered, wherever it is; the end where all are."""
        left = self.open
        later = [number for number in left if number > after] or left
        return self.teller.page(later[0]) if later else self.teller.home


def telling_of(teller: Teller) -> Telling:
    """How it stands with this client. What the safety page of a visit asked is not asked again; the privacy notice is
    accepted by the client who tells, once as it stands.
    """
    known, client_id = programme_or_404(), teller.client.id
    now = clock.now()
    draft, finished = draft_of(db.session, client_id), next(iter(latest_history(db.session, client_id)), None)
    page = last_answers(db.session, client_id)
    is_good = page is not None and page.created_at >= now - PAGE_GOOD
    pages = questionnaire(known.safety, json.loads(page.answers or "[]") if page and is_good else None)
    answers = answers_of(draft or (finished if teller.may_read else None))
    owes_notice = teller.by.kind != "account" and not accepted_by(db.session, [client_id], known.clinic)
    return Telling(teller, known, booking.today_at(known, now), draft, finished, pages, answers, owes_notice)


def started(teller: Teller) -> str:
    """How far it is, for who may not read what was told."""
    telling = telling_of(teller)
    return render_template(
        "health/history_start.html",
        teller=teller,
        begun=telling.draft is not None,
        left=len(telling.open),
        count=len(telling.asked),
        first=teller.page(telling.asked[0].number),
        onward=telling.next_page(),
        finished_at=telling.finished_at,
    )


def page_shown(teller: Teller, number: int) -> Answer:
    """One page, with what it was answered with where this person may read that."""
    telling = telling_of(teller)
    page = telling.page(number)
    if page is None:
        return redirect(telling.next_page(), 303)
    if teller.may_read:
        access.reading(f"client:{teller.client.id}", by=teller.by)
    shown = telling.answers if teller.may_read else {}
    form = history_form(page, telling.today, shown=shown, accepts=telling.owes_notice)
    return _rendered(telling, page, form)


def page_sent(teller: Teller, number: int) -> Answer:
    """Keep one page, and commit it before the answer. An emergency is answered at once, and nothing of the page is
    kept.
    """
    telling = telling_of(teller)
    sent = _sent(telling, number)
    if sent is None:
        return redirect(telling.next_page(), 303)
    if help_now := _help_now(telling, *sent):
        return help_now
    page, form = sent
    if not form.validate():
        return _rendered(telling, page, form), 422
    if telling.owes_notice:
        accept_notice(db.session, teller.client.id, now=clock.now(), by=teller.by)
    save_page(db.session, teller.client.id, answers_in(form, page), base=telling.base, now=clock.now(), by=teller.by)
    db.session.commit()
    return redirect(replace(telling, answers=_answers(telling, *sent)).next_page(number), 303)


def help_now(teller: Teller, number: int) -> str | None:
    """What to do, where the page that was sent makes an emergency of what was told."""
    telling = telling_of(teller)
    sent = _sent(telling, number)
    return _help_now(telling, *sent) if sent else None


def _sent(telling: Telling, number: int) -> tuple[Page, Form] | None:
    """The page of this number as it was sent; None where by now that number is another page's."""
    page = telling.page(number)
    form = history_form(page, telling.today, accepts=telling.owes_notice) if page else None
    return (page, form) if page and form and form.asks.data == asks(page) else None


def _answers(telling: Telling, page: Page, form: Form) -> dict[str, Any]:
    """All that is told with this page."""
    return kept(telling.pages, {**telling.answers, **answers_in(form, page)}, on=telling.today)


def _help_now(telling: Telling, page: Page, form: Form) -> str | None:
    """Whatever else is blank or wrong."""
    emergency = emergency_in(telling.known, _answers(telling, page, form), on=telling.today)
    teller, again = telling.teller, telling.teller.page(page.number)
    return emergency_page(telling.known, emergency, teller=teller, again=again) if emergency else None


def completed(teller: Teller) -> Answer:
    """It is told, and the visits to come are seen to. What follows is shown once, as the answer to this."""
    telling, now = telling_of(teller), clock.now()
    done = finish(db.session, teller.client.id, telling.pages, on=telling.today, now=now, by=teller.by)
    if done is None:
        return redirect(telling.next_page(), 303)
    heeded = heed(db.session, teller.client, now=now, by=teller.by)
    page = outcome_page(telling.known, done, heeded, today=telling.today, teller=teller)
    db.session.commit()
    return page


def _rendered(telling: Telling, page: Page, form: Form) -> str:
    place = [one.number for one in telling.asked].index(page.number)
    before = telling.asked[place - 1] if place else None
    teller = telling.teller
    return render_template(
        "health/history_page.html",
        teller=teller,
        page=page,
        form=form,
        has_errors=bool(form.errors),
        place=place + 1,
        count=len(telling.asked),
        back=teller.page(before.number) if before else teller.home,
        answered=is_answered(page, telling.answers) and not teller.may_read,
        onward=telling.next_page(page.number),
        numbers=wording.numbers(telling.known.clinic.country),
    )
