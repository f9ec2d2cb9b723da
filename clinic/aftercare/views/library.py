"""The library: every exercise that the clinic offers, with pictures; and the same marked for one client."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext as _

from clinic.aftercare import queries, rules, search, wording
from clinic.aftercare.catalogue import PHASES, Catalogue, Exercise
from clinic.aftercare.forms import NarrowingForm, SearchForm
from clinic.aftercare.pictures import Shown, shown
from clinic.aftercare.rules import Advice
from clinic.aftercare.search import Wanted
from clinic.aftercare.versions import current
from clinic.aftercare.views.building import kept_draft
from clinic.aftercare.views.page import bp, themselves, today_here
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access
from clinic.core.access import therapist, therapist_or_owner
from clinic.core.db import db
from clinic.notes.queries.findings import findings_of, found_in, told_since, with_told

NO_ADVICE = Advice((), (), {})
LYING = ("lying", "side_lying")  # too long for a second picture beside it


@dataclass(frozen=True)
class Card:
    """An exercise as the list shows it, with what a condition, or a client's record, says to it."""

    exercise: Exercise
    pictures: list[Shown]
    advice: Advice


@dataclass(frozen=True)
class Phase:
    """One phase with those of its exercises that are shown."""

    id: str
    cards: list[Card]


@bp.get("/library")
@therapist_or_owner
def library() -> str:
    """The query says what is looked for; a condition there is nobody's."""
    known = current(db.session)
    form = SearchForm(known, formdata=request.args)
    wanted = form.wanted()
    found = search.matching(known, wanted)
    cards = [card(one, search.advice_on(one, wanted.condition)) for one in found]
    return render_template(
        "aftercare/library.html",
        form=form,
        is_narrowed=wanted != Wanted(),
        is_open=replace(wanted, words="") != Wanted(),
        **_listed(known, cards),
    )


@bp.get("/library/<code>")
@therapist_or_owner
def exercise(code: str) -> str:
    """One exercise, whole: also what the clinic does not offer, for plans may have it."""
    known = current(db.session)
    found = known.exercises.get(code) or abort(404)
    return render_template(
        "aftercare/exercise.html",
        exercise=found,
        pictures=shown(found),
        mirrored=shown(found, mirrored=True) if found.sides != "none" else [],
        facts=_facts(found, known),
        groups=_groups(found, known),
        approved=wording.approved(queries.approval_of(db.session, found), programme_or_404().location.zone),
        known=known,
        words=wording,
    )


def _facts(exercise: Exercise, known: Catalogue) -> list[tuple[str, str]]:
    return [
        (_("Works on"), ", ".join(known.muscles[one] for one in exercise.targets)),
        (_("Position"), str(wording.POSITIONS[exercise.position])),
        (_("Needs"), ", ".join(exercise.equipment)),
        (_("Feel it"), exercise.feel),
        (_("Effort"), exercise.effort),
        (_("Take care"), " ".join(exercise.cautions)),
    ]


@dataclass(frozen=True)
class Group:
    """Conditions that say the same to an exercise. A line each: the condition, what changes, what to do instead."""

    title: str
    kind: str  # of the badge
    lines: list[tuple[str, str, Exercise | None]]


def _groups(exercise: Exercise, known: Catalogue) -> list[Group]:
    """From the gravest on, in the order of the tick list; each condition once."""
    changed = (frozenset(exercise.modify) | frozenset(exercise.instead)) - exercise.avoid_if - exercise.ask_first
    groups = [
        Group(_("Never with"), "urgent", _lines(exercise, exercise.avoid_if, known)),
        Group(_("Ask first with"), "warn", _lines(exercise, exercise.ask_first, known)),
        Group(_("Changed for"), "plain", _lines(exercise, changed, known)),
    ]
    return [one for one in groups if one.lines]


def _lines(exercise: Exercise, codes: frozenset[str], known: Catalogue) -> list[tuple[str, str, Exercise | None]]:
    other = {code: known.exercises[name] for code, name in exercise.instead.items()}
    of_these = [code for code in known.conditions if code in codes]
    return [(known.conditions[code], exercise.modify.get(code, ""), other.get(code)) for code in of_these]


@bp.get("/clients/<uuid:client_id>/exercises")
@therapist
def client_exercises(client_id: UUID) -> str:
    """The same list for one client. What holds for them comes from their record and never from the address."""
    themselves()
    client = their_client(client_id)
    access.reading(f"client:{client_id}")
    findings = findings_of(db.session, client_id)
    told = told_since(db.session, client_id, findings, programme_or_404().safety, on=today_here())
    found = with_told(found_in(findings), told)
    draft = kept_draft(queries.plan_of(db.session, client_id))
    known = draft.known
    form = NarrowingForm(known, formdata=request.args)
    wanted = form.wanted()
    cards = [card(one, rules.advise(one, found, known)) for one in search.matching(known, wanted)]
    return render_template(
        "aftercare/client_exercises.html",
        client=client,
        form=form,
        is_narrowed=wanted != Wanted(),
        findings=findings,
        found=wording.found_lines(found),
        draft=draft,
        in_plan={one.exercise.id for one in draft.steps},
        **_listed(known, cards),
    )


def card(exercise: Exercise, advice: Advice) -> Card:
    """With its picture, and how it begins where there is room beside it."""
    only = ("hold",) if exercise.position in LYING else ("start", "hold")
    return Card(exercise, shown(exercise, only=only), advice)


def phases(cards: Iterable[Card]) -> list[Phase]:
    """In the order in which somebody gets to them; those without any are left out."""
    by_phase: dict[str, list[Card]] = {phase: [] for phase in PHASES}
    for one in cards:
        by_phase[one.exercise.phase].append(one)
    return [Phase(phase, some) for phase, some in by_phase.items() if some]


def _listed(known: Catalogue, cards: list[Card]) -> dict[str, object]:
    return {
        "phases": phases(cards),
        "count": len(cards),
        "all": sum(one.offered for one in known.exercises.values()),
        "known": known,
        "words": wording,
    }
