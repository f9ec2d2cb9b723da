"""A plan in the making: exercises with doses, a word, a day to look again; saved, sent, and its link stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import operations, queries, rules, wording
from clinic.aftercare.catalogue import PHASES, Catalogue, Exercise
from clinic.aftercare.forms import PlanForm, StepForm
from clinic.aftercare.models import StretchPlan
from clinic.aftercare.operations import Content
from clinic.aftercare.versions import current
from clinic.aftercare.views.page import bp, themselves, today_here
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.times import local
from clinic.notes.queries.findings import findings_of, found_in, told_since, with_told
from clinic.notes.rules.injuries import Found
from clinic.people.models import Client

JUST_NOW = timedelta(hours=6)
Refused = tuple[str, int]


@dataclass(frozen=True)
class Draft:
    """The plan as it stands on the page, and the exercises there are."""

    form: PlanForm
    steps: list[StepForm]
    known: Catalogue

    def validate(self) -> bool:
        valid = [form.validate() for form in (self.form, *self.steps)]  # all of them, to say all that is wrong
        return all(valid)

    def content(self) -> Content:
        return self.form.content(tuple(one.step() for one in self.steps))


@bp.get("/clients/<uuid:client_id>/plan")
@therapist
def builder(client_id: UUID) -> str:
    themselves()
    their_client(client_id)
    access.reading(f"client:{client_id}")
    return _page(client_id, kept_draft(queries.plan_of(db.session, client_id)))


@bp.post("/clients/<uuid:client_id>/plan")
@therapist
def builder_submit(client_id: UUID) -> Refused | Response:
    """Keep what is typed, with one exercise more or less where that was asked for, or go on to the library."""
    if refused := _save(their_client(client_id)):
        return refused
    db.session.commit()
    if "look" in request.form:
        return redirect(url_for("aftercare.client_exercises", client_id=client_id), 303)
    added = request.form.get("add") or None
    return redirect(url_for("aftercare.builder", client_id=client_id, _anchor=added), 303)


@bp.post("/clients/<uuid:client_id>/plan/issue")
@therapist
def issue(client_id: UUID) -> Refused | Response:
    """Keep what is typed, and send it; where it may not be sent it is kept all the same."""
    if refused := _save(their_client(client_id)):
        return refused
    plan = queries.plan_of(db.session, client_id)
    assert plan is not None
    refusals = operations.issue_plan(db.session, plan, therapist=themselves(), now=clock.now(), by=access.actor())
    db.session.commit()
    if refusals:
        access.reading(f"client:{client_id}")
        return _page(client_id, kept_draft(queries.plan_of(db.session, client_id)), refusals=refusals), 422
    return redirect(_back_to(client_id), 303)


def _back_to(client_id: UUID) -> str:
    """Where a sent plan leads: to the visit whose note was signed just now, for the rest of what it asks; else to the
    record.
    """
    since = clock.now() - JUST_NOW
    if note_id := queries.just_signed(db.session, client_id, themselves().id, since=since):
        return url_for("aftercare.afterwards", note_id=note_id)
    return url_for("today.client", client_id=client_id)


@bp.post("/clients/<uuid:client_id>/plan/link/revocation")
@therapist
def revoke_link(client_id: UUID) -> Response:
    themselves()
    their_client(client_id)
    plan = queries.plan_of(db.session, client_id) or abort(404)
    operations.revoke_link(db.session, plan, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("aftercare.builder", client_id=client_id), 303)


def _save(client: Client) -> Refused | None:
    """The page again where something is typed wrong, or where the plan was changed elsewhere."""
    draft, by = _typed(), themselves()
    if not draft.validate():
        access.reading(f"client:{client.id}")
        return _page(client.id, draft), 422
    content, revision = draft.content(), draft.form.made_from()
    refusals = operations.save_plan(
        db.session, client, content, revision=revision, therapist=by, now=clock.now(), by=access.actor()
    )
    if refusals:
        access.reading(f"client:{client.id}")
        plan = queries.plan_of(db.session, client.id)
        draft.form.revision.data = str(plan.revision if plan else 0)  # they have seen it now, and may save over it
        return _page(client.id, draft, refusals=refusals), 409
    return None


def _typed() -> Draft:
    """What the form holds, in its order."""
    known, removed = current(db.session), request.form.get("remove")
    added = known.exercises.get(request.form.get("add", ""))
    ids = [name.removesuffix("-chosen") for name in request.form if name.endswith("-chosen")]
    steps = [StepForm(one) for id_ in ids if id_ != removed and (one := known.exercises.get(id_))]
    if added and added.offered and added.id not in ids:
        steps.append(StepForm.showing(added, rules.usual(added)))
    return Draft(PlanForm(today=today_here()), steps, known)


def kept_draft(plan: StretchPlan | None) -> Draft:
    """The plan in the making as it was saved last; an empty one where there is none."""
    known, content = current(db.session), Content.read(plan.content or "") if plan else Content()
    form = PlanForm.showing(content, plan.revision if plan else 0, today=today_here())
    return Draft(form, [StepForm.showing(known.exercises[step.exercise], step) for step in content.steps], known)


@dataclass(frozen=True)
class Choice:
    """An exercise on the page, and what stands against it or changes it for this client; `form` once it is chosen."""

    exercise: Exercise
    against: list[str]
    ask_first: tuple[str, ...]
    changes: list[str]
    form: StepForm | None

    @property
    def is_asked(self) -> bool:
        return self.form is not None and set(self.ask_first) <= self.form.asked_about()


def _choice(exercise: Exercise, found: Found, known: Catalogue, form: StepForm | None = None) -> Choice:
    advice = rules.advise(exercise, found, known)
    against = [wording.sentence(refusal) for refusal in advice.against]
    return Choice(exercise, against, advice.ask_first, list(advice.changes.values()), form)


@dataclass(frozen=True)
class Phase:
    name: str
    opens: str
    chosen: list[Choice]
    others: list[Choice]


def _phases(draft: Draft, found: Found) -> list[Phase]:
    known, chosen = draft.known, {one.exercise.id: one for one in draft.steps}
    offered = [one for one in known.exercises.values() if one.offered and one.id not in chosen]
    return [
        Phase(
            str(wording.PHASES[phase]),
            str(wording.OPENS[phase]),
            [_choice(one.exercise, found, known, one) for one in draft.steps if one.exercise.phase == phase],
            [_choice(one, found, known) for one in offered if one.phase == phase],
        )
        for phase in PHASES
    ]


def _page(client_id: UUID, draft: Draft, *, refusals: Sequence[Refusal] = ()) -> str:
    client, clinic = their_client(client_id), programme_or_404()
    zone, findings = clinic.location.zone, findings_of(db.session, client_id)
    told = told_since(db.session, client_id, findings, clinic.safety, on=draft.form.today)
    found = with_told(found_in(findings), told)
    errors = [*_sentences(refusals, client_id, draft.known), *_wrong(draft)]
    return render_template(
        "aftercare/builder.html",
        client=client,
        first_name=client.name.split()[0],
        draft=draft,
        has_errors=bool(errors),
        errors=errors,
        findings=findings,
        found_at=local(findings.found_at, zone) if findings else None,
        words=wording,
        found=wording.found_lines(found),
        phases=_phases(draft, found),
        **_length(draft),
        **_sent(client_id, zone),
    )


def _sentences(refusals: Sequence[Refusal], client_id: UUID, known: Catalogue) -> list[tuple[str, str]]:
    """Each reason, and where on the page it can be mended."""
    ask = url_for("aftercare.findings", client_id=client_id)
    where = {"plan_empty": "#catalogue", "conditions_not_asked": ask, "plan_changed_meanwhile": "#exercises"}
    return [_sentence(one, where.get(one.code), known) for one in refusals]


def _sentence(refusal: Refusal, where: str | None, known: Catalogue) -> tuple[str, str]:
    if where:
        return where, wording.sentence(refusal)
    exercise = known.exercises[refusal.values["exercise"]]
    return f"#{exercise.id}", f"{exercise.name}: {wording.sentence(refusal)}"


def _wrong(draft: Draft) -> list[tuple[str, str]]:
    """What was typed wrong."""
    forms: list[tuple[str, Any]] = [("", draft.form), *((f"{one.exercise.name}: ", one) for one in draft.steps)]
    return [
        (f"#{field.id}", f"{name}{field.label.text}: {field.errors[0]}")
        for name, form in forms
        for field in form
        if field.errors
    ]


def _length(draft: Draft) -> dict[str, Any]:
    """How many exercises, and how long a session takes; None while a number cannot be read."""
    count = sum(one.exercise.phase != "warm_up" for one in draft.steps)
    is_readable = all(not field.errors and field.data is not None for one in draft.steps for field in one.doses)
    steps = rules.with_warm_up([one.step() for one in draft.steps], draft.known) if is_readable else []
    return {"count": count, "minutes": rules.minutes(steps, draft.known) if is_readable and count else None}


def _sent(client_id: UUID, zone: str) -> dict[str, Any]:
    """What was sent so far, and whether its link opens."""
    plan = queries.plan_of(db.session, client_id)
    issues = queries.issues_of(db.session, plan.id) if plan else []
    link = queries.link_of(db.session, plan.id) if plan else None
    return {
        "saved_at": local(plan.saved_at, zone) if plan else None,
        "issues": [(one.number, _day(one.issued_at, zone)) for one in issues],
        "is_live": bool(link and link.expires_at > clock.now()),
    }


def _day(at: datetime, zone: str) -> str:
    return wording.day_and_month(local(at, zone).date())
