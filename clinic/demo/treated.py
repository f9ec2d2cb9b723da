"""What happened at and after the demo's visits: notes written and signed, plans sent, practice told."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.aftercare import operations as aftercare
from clinic.aftercare import queries as plans
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.forms.plan import REVIEW_AFTER
from clinic.aftercare.operations import Content as PlanContent
from clinic.aftercare.operations import Told
from clinic.aftercare.operations.answering import answer
from clinic.aftercare.queries.check_ins import open_check_in
from clinic.aftercare.rules import usual
from clinic.aftercare.rules.check_ins import LINK_LASTS, HowTheyAre
from clinic.booking.models import Appointment, Cancellation
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.times import local
from clinic.demo import stories
from clinic.health.operations import keep_check
from clinic.health.rules import Check
from clinic.notes import operations as notes
from clinic.notes.operations import Page
from clinic.notes.operations.findings import record_findings
from clinic.notes.queries.episodes import episodes_of
from clinic.notes.rules import SOAP, Activity, Content, NoteMark, Result, Treated
from clinic.notes.rules.injuries import SIDES, Found
from clinic.people.models import Client, Therapist

UNSIGNED = 2  # the latest visits of each therapist: one with a draft, one without a word
UNREAD = 3  # the notes before these that wait for their trainee's supervisor
PLAN_CLIENTS, PRACTICE_DAYS = 16, 24


def write_up(session: AnySession, *, now: datetime) -> None:
    """Notes for all visits that are over, but the latest of each therapist; then plans. The caller commits."""
    chance = Random(11)  # noqa: S311  (nothing here is secret)
    over = _over(session, now)
    latest: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in reversed(over):
        latest[appointment.therapist_id].append(appointment)
    waiting = {one.id: place for of in latest.values() for place, one in enumerate(of[:UNSIGNED])}
    visits: Counter[object] = Counter()
    for appointment in over:
        content = _content(session, appointment, visits[appointment.client_id], chance)
        visits[appointment.client_id] += 1
        if appointment.id not in waiting:
            _sign(session, appointment, content, chance)
        elif waiting[appointment.id]:
            told = {"subjective": content.words["subjective"]}
            draft = Content(words=told, episode=content.episode, pain_on_arrival=content.pain_on_arrival)
            _save(session, appointment, draft)
    _co_sign(session, over)
    _plans(session, over, now, chance)


def _over(session: AnySession, now: datetime) -> Sequence[Appointment]:
    query = (
        select(Appointment)
        .outerjoin(Cancellation)
        .where(Cancellation.appointment_id.is_(None), Appointment.ends_at < now)
        .options(joinedload(Appointment.client), joinedload(Appointment.therapist), joinedload(Appointment.treatment))
    )
    return session.scalars(query.order_by(Appointment.starts_at, Appointment.therapist_id)).all()


def _content(session: AnySession, appointment: Appointment, visit: int, chance: Random) -> Content:
    """A story goes on from visit to visit, and the pain mostly goes down."""
    story = stories.HIP if appointment.is_release else stories.STORIES[appointment.area or ""]
    arrival = max(0, 7 - visit + chance.choice((-1, 0, 0, 1)))
    sides = {"left": ("left",), "right": ("right",)}.get(appointment.side or "", SIDES)

    def at(texts: tuple[str, ...]) -> str:
        return texts[min(visit, len(texts) - 1)]

    said = (story.told, story.found, story.judged, story.planned)
    after = max(0, arrival - chance.randint(1, 3))
    return replace(
        _comes_for(session, appointment, story),
        words=dict(zip(SOAP, map(at, said), strict=True)),
        pain_on_arrival=arrival,
        pain_at_end=after,
        marks=tuple(NoteMark(f"{area}/{side}", "dull", arrival, after) for area in story.hurts for side in sides),
        treated=tuple(_treated(area, side, chance) for area in story.treated for side in sides),
        activities=tuple(Activity(words, min(10, 3 + 2 * visit)) for words in story.hard_for_them),
        results=tuple(_thomas(side, story.hip_angles, visit) for side in sides if story.hip_angles),
        asked_again=appointment.is_release,
        asked_again_at=f"{local(appointment.starts_at, 'Europe/London'):%H:%M}" if appointment.is_release else "",
    )


def _comes_for(session: AnySession, appointment: Appointment, story: stories.Story) -> Content:
    """What the first note told of, in every later one."""
    if begun := next(iter(episodes_of(session, appointment.client_id)), None):
        return Content(episode=begun.id)
    side = appointment.side if appointment.side in SIDES else "both"
    return Content(complaint=story.complaint, complaint_side=str(side), onset=story.onset, mechanism=story.mechanism)


def _treated(area: str, side: str, chance: Random) -> Treated:
    return Treated(f"{area}/{side}", "slow_pressure", 5 * chance.randint(1, 3), chance.randint(3, 6))


def _thomas(side: str, angles: Sequence[int], visit: int) -> Result:
    """Both sides alike, for nobody looks that closely at a demo."""
    values = {"pelvis": "yes", "hip": angles[min(visit, len(angles) - 1)], "method": "inclinometer"}
    return Result("thomas", side, 1, values)


def _save(session: AnySession, appointment: Appointment, content: Content) -> None:
    page = Page("demo", 0)
    notes.save_draft(session, appointment, content, page, now=appointment.ends_at, by=_by(appointment.therapist))


def _sign(session: AnySession, appointment: Appointment, content: Content, chance: Random) -> None:
    by, at = _by(appointment.therapist), appointment.ends_at + timedelta(minutes=chance.randint(5, 90))
    if appointment.is_release:
        keep_check(session, appointment, Check(), now=appointment.starts_at, by=by)
    notes.sign(session, appointment, content, Page("demo", 0), now=at, by=by)
    if chance.random() < 0.06:
        text = chance.choice(stories.AMENDMENTS)
        notes.amend(session, appointment, text, why="later", now=at + timedelta(hours=20), by=by)


def _co_sign(session: AnySession, over: Sequence[Appointment]) -> None:
    """What the trainee wrote, on the next day, but for the latest."""
    supervised = [visit for visit in over if visit.therapist.supervisor_id]
    for visit in supervised[: -(UNREAD + UNSIGNED)]:
        signer, read_at = session.get_one(Therapist, visit.therapist.supervisor_id), visit.ends_at + timedelta(days=1)
        notes.co_sign(session, visit, "Read.", signer=signer, now=read_at, by=_by(signer))


def _plans(session: AnySession, over: Sequence[Appointment], now: datetime, chance: Random) -> None:
    """For the clients who came first; the last of them tells of too much pain today."""
    first: dict[object, Appointment] = {}
    for appointment in over:
        first.setdefault(appointment.client_id, appointment)
    chosen = list(first.values())[:PLAN_CLIENTS]
    for place, visit in enumerate(chosen):
        _plan(session, visit, stories.PLANS[place % len(stories.PLANS)], now, chance)
    for visit, told in zip(chosen, stories.ANSWERS, strict=False):
        _answer(session, visit.client_id, told, now)
    if chosen:
        _log(session, chosen[-1].client, Told(done=True, pain=7), now)


def _plan(
    session: AnySession,
    visit: Appointment,
    of: tuple[dict[str, str], frozenset[str], tuple[str, ...], str],
    now: datetime,
    chance: Random,
) -> None:
    injured, conditions, exercises, word = of
    at, by = min(visit.ends_at + timedelta(minutes=30), now), _by(visit.therapist)
    known = catalogue()
    injuries = {(muscle, side): injured.get(muscle, stories.SOUND) for muscle in known.muscles for side in SIDES}
    found = Found(injuries, conditions)
    record_findings(session, visit.client, found, therapist=visit.therapist, now=at, by=by)
    steps = tuple(usual(known.exercises[name]) for name in exercises)
    content = PlanContent(steps, word, at.date() + REVIEW_AFTER)
    aftercare.save_plan(session, visit.client, content, revision=0, therapist=visit.therapist, now=at, by=by)
    plan = plans.plan_of(session, visit.client_id)
    assert plan is not None
    refused = aftercare.issue_plan(session, plan, therapist=visit.therapist, now=at, by=by)
    assert not refused, refused
    for ago in range(min((now - at).days, PRACTICE_DAYS), 0, -1):
        if chance.random() < 0.45:
            told = Told(done=True, pain=chance.choice((None, 1, 2, 2, 3)))
            _log(session, visit.client, told, now - timedelta(days=ago))


def _answer(session: AnySession, client_id: UUID, told: HowTheyAre, now: datetime) -> None:
    """In the evening of the day on which they were asked how they are, where that was lately."""
    asked = open_check_in(session, client_id, now, since=now - LINK_LASTS)
    if asked:
        at = min(asked.due_at + timedelta(hours=9), now)
        answer(session, asked.id, told, now=at, by=Actor("link", "demo"))


def _log(session: AnySession, client: Client, told: Told, at: datetime) -> None:
    plan = plans.plan_of(session, client.id)
    assert plan is not None
    day, by = at.date(), Actor("link", "demo")
    aftercare.log_practice(session, plan.id, told, on=day, entry=day.isoformat(), now=at, by=by)


def _by(therapist: Therapist) -> Actor:
    return Actor("account", str(therapist.account_id))
