"""The register: what a therapist holds and may be booked for, and for the owner what waits of everybody."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import abort, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import therapist_or_owner
from clinic.core.db import db
from clinic.people.models import Therapist
from clinic.places.models import Clinic
from clinic.qualifications import queries, rules, wording
from clinic.qualifications.field_words import facts
from clinic.qualifications.queries import Entry
from clinic.qualifications.rules import WAITS
from clinic.qualifications.views.page import bp


@dataclass(frozen=True)
class Line:
    """A therapist of the owner's list: how many credentials wait for a check, and which lapse soon."""

    therapist: Therapist
    waits: int
    lapsing: list[Entry]
    lapsed: list[Entry]


@bp.get("/qualifications")
@therapist_or_owner
def registers() -> str | Response:
    """An owner's list of everybody; a therapist is led to their own."""
    account = access.signed_in()
    if account.role == "therapist":
        own = account.therapist or abort(404)
        return redirect(url_for("qualifications.register", slug=own.slug), 303)
    entries = queries.entries_by_therapist(db.session, clock.now())
    lines = [_line(one, entries.get(one.id, [])) for one in queries.all_therapists(db.session)]
    return render_template("qualifications/registers.html", lines=lines, wording=wording)


@bp.get("/qualifications/<slug>")
@therapist_or_owner
def register(slug: str) -> str:
    """One therapist's: theirs alone, and the owner's."""
    therapist, now = therapist_or_404(slug), clock.now()
    entries = queries.register_of(db.session, therapist.id, now)
    entered = [one for one in entries if one.state != "put_away"]
    return render_template(
        "qualifications/register.html",
        therapist=therapist,
        own=is_own(therapist),
        by_kind=[(kind, list(of_kind)) for kind, of_kind in groupby(entered, key=lambda one: one.row.kind)],
        put_away=[one for one in entries if one.state == "put_away"],
        papers=queries.papers_of(db.session, [one.row.id for one in entries]),
        may_give=_may_give(therapist, queries.today_at(db.session, now)),
        wording=wording,
        facts=facts,
        currency=currency(),
    )


def currency() -> str:
    """The clinic's own; pounds before it is set up."""
    clinic = db.session.get(Clinic, 1)
    return clinic.currency if clinic else "GBP"


def therapist_or_404(slug: str) -> Therapist:
    """The therapist whose register whoever is signed in may see; others are not there. A form may say anything."""
    found = db.session.scalar(select(Therapist).where(Therapist.slug == slug.replace("\0", "")))
    return found if found and may_see(found) else abort(404)


def may_see(therapist: Therapist) -> bool:
    """Whether their papers are there for whoever is signed in: for themself, and for an owner."""
    return access.signed_in().role == "owner" or is_own(therapist)


def is_own(therapist: Therapist) -> bool:
    """Whether it is whoever is signed in themself."""
    return therapist.account_id is not None and therapist.account_id == access.signed_in().id


def _may_give(therapist: Therapist, today: date) -> dict[tuple[str, ...], list[str]]:
    """The offered treatments by what stands against them today, in words: with nothing, they can be booked for it."""
    held = queries.verified_by_therapist(db.session).get(therapist.id, ())
    found: dict[tuple[str, ...], list[str]] = {(): []}
    for name, needs in queries.what_treatments_need(db.session):
        against = tuple(wording.lacking(one) for one in rules.refusals(needs, held, [today]))
        found.setdefault(against, []).append(name)
    return found


def _line(therapist: Therapist, entries: list[Entry]) -> Line:
    in_state = {code: [one for one in entries if one.state == code] for code in rules.STATES}
    return Line(therapist, sum(len(in_state[code]) for code in WAITS), in_state["lapsing"], in_state["lapsed"])
