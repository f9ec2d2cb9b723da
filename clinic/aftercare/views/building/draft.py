"""The plan as it stands on the page: as typed, or as it was kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from clinic.aftercare import queries, rules
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.forms import PlanForm, StepForm
from clinic.aftercare.models import StretchPlan
from clinic.aftercare.operations import Content
from clinic.aftercare.queries.check_ins import Sent
from clinic.aftercare.versions import current
from clinic.aftercare.views.page import today_here
from clinic.core.db import db


@dataclass(frozen=True)
class Draft:
    """The plan as it stands on the page, and the exercises there are."""

    form: PlanForm
    steps: list[StepForm]
    known: Catalogue
    plan: StretchPlan | None  # as it was kept last

    def validate(self) -> bool:
        valid = [form.validate() for form in (self.form, *self.steps)]  # all of them, to say all that is wrong
        return all(valid)

    def versions(self, sent: Sequence[Sent]) -> list[Sent]:
        """Of all that was sent to the client, the versions of this plan."""
        return [one for one in sent if self.plan and one.issue.plan_id == self.plan.id]

    def content(self) -> Content:
        return self.form.content(tuple(one.step() for one in self.steps))


def typed(plan: StretchPlan | None) -> Draft:
    """What the form holds, in its order."""
    known, removed = current(db.session), request.form.get("remove")
    added = known.exercises.get(request.form.get("add", ""))
    ids = _in_order(known)
    steps = [StepForm(known.exercises[id_]) for id_ in ids if id_ != removed]
    if added and added.offered and added.id not in ids:
        steps.append(StepForm.showing(added, rules.usual(added)))
    return Draft(PlanForm(today=today_here(), offered=queries.offered_links(db.session)), steps, known, plan)


def _in_order(known: Catalogue) -> list[str]:
    """The exercises of the page, after the one that a button was pressed for has been moved."""
    names = [name.removesuffix("-chosen") for name in request.form if name.endswith("-chosen")]
    ids = [id_ for id_ in names if id_ in known.exercises]
    for button, by in (("earlier", -1), ("later", 1)):
        if (one := request.form.get(button, "")) in ids:
            ids = rules.moved(ids, one, by=by, known=known)
    return ids


def kept_draft(plan: StretchPlan | None) -> Draft:
    """The plan in the making as it was saved last; an empty one where there is none."""
    known, offered = current(db.session), queries.offered_links(db.session)
    if plan is None:
        return Draft(PlanForm.blank(today=today_here(), offered=offered), [], known, None)
    content = Content.read(plan.content or "")
    form = PlanForm.showing(content, plan.revision, today=today_here(), offered=offered)
    return Draft(form, [StepForm.showing(known.exercises[step.exercise], step) for step in content.steps], known, plan)
