"""A plan gone through together: stage by stage on the client's phone, or read from a plain list."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from flask import render_template

from clinic.aftercare import queries, wording
from clinic.aftercare.pictures import Shown, shown_as_sent
from clinic.aftercare.rules import Stage, sides_of, stages
from clinic.aftercare.views.page import bp, may_be_kept
from clinic.aftercare.views.practice import practice_shown
from clinic.aftercare.views.standing import as_it_stands, in_short, issue_or_404, people_of
from clinic.core.access import holder_of

FOLLOWED = ("start", "hold")  # the drawings that somebody lying on a mat needs


class Part(NamedTuple):
    """One exercise of a session: its frozen step, its drawings for each side, and its stages with what they say."""

    step: Mapping[str, Any]
    drawings: list[tuple[str, Shown]]
    stages: list[tuple[Stage, wording.StageWords]]


@bp.get("/plans/<token>/session")
@holder_of("plan")
@may_be_kept
def session(subject_id: UUID, token: str) -> str:
    """What is held back by now has no part in it."""
    issue = issue_or_404(subject_id)
    standing = as_it_stands(issue, queries.document_of(issue))
    return render_template(
        "aftercare/session.html",
        token=token,
        words=wording,
        parts=_parts({one.step["exercise"]: one.step for one in standing if not one.held_back}),
        in_short=in_short(standing),
        **practice_shown(issue, steps=standing),
        **people_of(issue),
    )


def _parts(steps: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    """In the order in which they are done."""
    by_exercise: dict[str, list[Stage]] = {}
    for stage in stages(list(steps.values())):
        by_exercise.setdefault(stage.exercise, []).append(stage)
    return [_part(steps[name], its) for name, its in by_exercise.items()]


def _part(step: Mapping[str, Any], its: list[Stage]) -> Part:
    by_side = [(side, shown_as_sent(step, mirrored=side == "left")) for side in sides_of(step)]
    drawings = [(side, one) for side, shown in by_side for one in shown if one.name in FOLLOWED]
    return Part(step, drawings, [(one, wording.stage_words(one, step.get("unit", ""))) for one in its])
