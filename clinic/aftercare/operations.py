"""Saving and sending a plan, and taking down how practice went. The caller commits."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from clinic.aftercare import queries, rules, versions
from clinic.aftercare.catalogue import Catalogue, Exercise, digest
from clinic.aftercare.models import ExerciseApproval, PlanIssue, PracticeLog, StretchPlan
from clinic.aftercare.rules import Step
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.intake.safety_lists import current
from clinic.messages.operations import queue
from clinic.notes.queries.findings import findings_of, found_in, told_since, with_told
from clinic.notes.rules.injuries import Found
from clinic.people.models import Client, Therapist
from clinic.work.models import WorkItem

LINK_LASTS = timedelta(days=365)
DOCUMENT_VERSION = 2  # 1 had the sentences of `how` as bare words


@dataclass(frozen=True)
class Content:
    """What a therapist puts into a plan: exercises with doses, a word to the client, and when to look at it again."""

    steps: tuple[Step, ...] = ()
    word: str = ""
    review_on: date | None = None

    def text(self) -> str:
        review_on = self.review_on.isoformat() if self.review_on else None
        return json.dumps({"steps": [asdict(step) for step in self.steps], "word": self.word, "review_on": review_on})

    @classmethod
    def read(cls, text: str) -> "Content":
        kept = json.loads(text)
        review_on = date.fromisoformat(kept["review_on"]) if kept["review_on"] else None
        steps = tuple(Step(**{**step, "asked": tuple(step["asked"])}) for step in kept["steps"])
        return cls(steps, kept["word"], review_on)


def save_plan(
    session: AnySession,
    client: Client,
    content: Content,
    *,
    revision: int,
    therapist: Therapist,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Keep the plan in the making. `revision` is the one the page was made from: one that lags behind is refused."""
    plan = queries.plan_of(session, client.id, lock=True)
    if revision != (plan.revision if plan else 0):
        return [Refusal("plan_changed_meanwhile")]
    if plan is None:
        plan = StretchPlan(client_id=client.id, revision=0)
        session.add(plan)
    plan.content, plan.therapist_id, plan.saved_at = content.text(), therapist.id, now
    plan.revision += 1
    audit.record(session, "plan.saved", f"client:{client.id}", by=by, now=now)
    session.flush()
    return []


def issue_plan(
    session: AnySession, plan: StretchPlan, *, therapist: Therapist, now: datetime, by: Actor
) -> list[Refusal]:
    """Freeze the plan as it stands, and mail its link. Refused where `rules` finds a reason in what was found last."""
    session.refresh(plan, with_for_update=True)
    known, content = versions.current(session), Content.read(plan.content or "")
    client_id, safety = plan.client.person.id, current(session)
    findings = findings_of(session, client_id)
    told = told_since(session, client_id, findings, safety, on=now.date())
    found = with_told(found_in(findings), told)
    if refused := rules.refusals(content.steps, found, known):
        return refused
    issue = PlanIssue(
        plan_id=plan.id,
        number=queries.issues_count(session, plan.id) + 1,
        therapist_id=therapist.id,
        issued_at=now,
        document=json.dumps(_document(content, found, known), ensure_ascii=False, sort_keys=True),
    )
    session.add(issue)
    _keep_link(session, plan.id, now)
    audit.record(session, "plan.issued", f"plan_issue:{issue.id}", by=by, now=now)
    queue(session, "plan_issued", issue.id, due_at=now)
    session.flush()
    return []


def revoke_link(session: AnySession, plan: StretchPlan, *, now: datetime, by: Actor) -> None:
    """The plan's link opens nothing from now on. The next issue makes another."""
    live = update(Link).where(Link.scope == "plan", Link.subject_id == plan.id, Link.revoked_at.is_(None))
    session.execute(live.values(revoked_at=now))
    audit.record(session, "plan.link_revoked", f"plan:{plan.id}", by=by, now=now)


@dataclass(frozen=True)
class Told:
    """What a client tells of a day. Pain 0 to 10, or None; `numb`: new numbness or weakness."""

    done: bool = False
    pain: int | None = None
    numb: bool = False


def log_practice(session: AnySession, plan_id: UUID, told: Told, *, on: date, now: datetime, by: Actor) -> PracticeLog:
    """Add to what was told of this day; doing it twice is once. What is alarming becomes a call for the therapist."""
    plan = session.get_one(StretchPlan, plan_id, with_for_update=True)
    log = queries.log_on(session, plan_id, on)
    before = queries.told_in(log)
    if log is None:
        log = PracticeLog(plan_id=plan_id, told_on=on)
        session.add(log)
    pain = before["pain"] if told.pain is None else told.pain
    answers = {"done": before["done"] or told.done, "pain": pain, "numb": before["numb"] or told.numb}
    log.answers, log.told_at = json.dumps(answers), now
    if rules.is_alarming(pain=told.pain, numb=told.numb) and (log.call is None or log.call.done_at):
        log.call = WorkItem(task="ring_about_plan", owner_id=plan.therapist.account_id, due_at=now)
    audit.record(session, "practice.logged", f"plan:{plan_id}", by=by, now=now)
    session.flush()
    return log


def approve(
    session: AnySession, exercise: Exercise, *, read: str, account_id: int, now: datetime, by: Actor
) -> list[Refusal]:
    """Somebody of the clinic stands by the exercise as they `read` it: the digest of the page they had before them.
    Refused where it says something else by now.
    """
    if read != digest(exercise):
        return [Refusal("exercise_changed_meanwhile")]
    session.add(ExerciseApproval(code=exercise.id, digest=read, approved_at=now, approved_by_id=account_id))
    audit.record(session, "exercise.approved", f"exercise:{exercise.id}", by=by, now=now)
    session.flush()
    return []


def _document(content: Content, found: Found, known: Catalogue) -> dict[str, object]:
    """Everything the client's page says, so that nothing that changes later changes it."""
    steps = rules.with_warm_up(content.steps, known)
    return {
        "version": DOCUMENT_VERSION,
        "catalogue": known.version,
        "word": content.word,
        "review_on": content.review_on.isoformat() if content.review_on else None,
        "steps": [_frozen(step, found, known) for step in steps],
    }


def _frozen(step: Step, found: Found, known: Catalogue) -> dict[str, object]:
    one = known.exercises[step.exercise]
    return {
        **asdict(step),
        "name": one.name,
        "version": one.version,
        "pose": one.pose,
        "photo_words": one.photo_words if one.has_photo else "",
        "purpose": one.purpose,
        "phase": one.phase,
        "sides": one.sides,
        "unit": one.dose.unit,
        "switch_s": one.dose.switch_s,
        "seconds": rules.seconds(step, one),
        "how": [asdict(sentence) for sentence in one.steps],
        "feel": one.feel,
        "effort": one.effort,
        "easier": rules.easier_words(step, found, known),
        "easier_id": one.easier_id,
        "cautions": one.cautions,
        "equipment": one.equipment,
        "changes": list(rules.advise(one, found, known).changes.values()),
    }


def _keep_link(session: AnySession, plan_id: UUID, now: datetime) -> None:
    """The plan's one link, good for another year; a new one only where there is none that opens."""
    link = queries.link_of(session, plan_id)
    if link is None:
        link = Link(scope="plan", subject_id=plan_id)
        session.add(link)
    link.expires_at = now + LINK_LASTS
