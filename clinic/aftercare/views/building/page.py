"""The page of a plan in the making."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from wtforms.widgets import ListWidget

from clinic.aftercare import wording
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.forms import AddingForm
from clinic.aftercare.queries.check_ins import all_sent
from clinic.aftercare.rules import LeftOut
from clinic.aftercare.views.building.choices import phases
from clinic.aftercare.views.building.draft import Draft
from clinic.aftercare.views.building.length import length_of
from clinic.aftercare.views.building.sent import sent
from clinic.aftercare.views.building.starts import left_out_lines, starts
from clinic.aftercare.views.building.suggested import suggested
from clinic.aftercare.views.page import clinic_here
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.times import local
from clinic.notes.queries.findings import findings_of, found_in, told_since, with_told
from clinic.people.models import Client
from clinic.treatments.rules import promises
from clinic.treatments.wording import PROMISES


def builder_page(
    client: Client, draft: Draft, *, refusals: Sequence[Refusal] = (), left_out: Sequence[LeftOut] = ()
) -> str:
    """`left_out`: of what the plan was just begun from. What is looked for is as it was sent."""
    adding, client_id, clinic = AddingForm(), client.id, clinic_here()
    zone, findings = clinic.location.zone, findings_of(db.session, client_id)
    everything = all_sent(db.session, client_id) if draft.plan else []
    versions = draft.versions(everything)
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
        phases=phases(draft, found, adding.wanted()),
        adding=adding,
        **length_of(draft),
        **sent(draft.plan, versions, zone),
        **starts([one.issue for one in everything], draft, zone),
        **suggested(versions, draft, found),
        promised=_promised(draft),
        left_out=left_out_lines(left_out, draft.known),
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
        (f"#{_id(field)}", f"{name}{field.label.text}: {field.errors[0]}")
        for name, form in forms
        for field in form
        if field.errors
    ]


def _id(field: Any) -> str:
    """Of what can be typed into; of several to choose from the first."""
    return f"{field.id}-0" if isinstance(field.widget, ListWidget) else str(field.id)


def _promised(draft: Draft) -> list[tuple[str, str, Any]]:
    """Words to the client that promise something: in which field, the words, and why they are pointed out."""
    found = [(field, one) for field in (draft.form.word, draft.form.expected) for one in promises(field.data or "")]
    return [(field.label.text, one.words, PROMISES[one.rule][0]) for field, one in found]
