"""What the demo's therapists hold, and what was found when somebody checked it. Every number and body is invented."""

from datetime import date, datetime, timedelta
from typing import Any

from clinic.core.db import AnySession
from clinic.demo.cast import COURSES, DemoTherapist
from clinic.people.models import Account
from clinic.qualifications.models import Credential, Verification
from clinic.qualifications.presets import shipped

SCHOOL, INSURER = "School of Invented Studies", "Make-believe Mutual"
BESIDES: dict[str, tuple[str, dict[str, Any], str]] = {  # by therapist: what else they hold, and how it stands
    "ben-lightfoot": ("uk-first-aid", {"body": "Plaster & Daughters", "number": "DEMO-FA-2"}, "lapsing"),
    "lena-seabright": ("cnhc", {"register_no": "DEMO-0042", "register_url": "https://register.example.org"}, "waiting"),
    "idris-oldcastle": ("sma", {"register_no": "DEMO-0007", "register_url": ""}, "rejected"),
}
WHY_NOT = "The second page is missing, and with it the year. Please add it."


def keep_papers(session: AnySession, one: DemoTherapist, therapist_id: int, owner: Account, now: datetime) -> None:
    """All that one of them holds, checked by the owner ninety days ago where the cast says so. The caller commits."""
    today = now.date()
    papers = [_qualification(one, today), *_trainings(one, today), _insurance(one, therapist_id, today)]
    for paper in papers:
        _keep(session, paper, therapist_id, now)
        if one.verified:
            _check(session, paper, owner, now, outcome="verified", method="original")
    if one.slug in BESIDES:
        _keep_besides(session, one.slug, therapist_id, owner, now)


def _keep_besides(session: AnySession, slug: str, therapist_id: int, owner: Account, now: datetime) -> None:
    code, typed, stands = BESIDES[slug]
    preset, ends = shipped()[code], now.date() + timedelta(days=70) if stands == "lapsing" else None
    known = {"kind": preset.kind, "preset": code, "title": preset.words, "body": preset.body, **typed}
    paper = Credential(**known, starts_on=now.date() - timedelta(days=1025), expires_on=ends)
    _keep(session, paper, therapist_id, now)
    if stands == "lapsing":
        _check(session, paper, owner, now, outcome="verified", method="original")
    if stands == "rejected":
        _check(session, paper, owner, now, outcome="rejected", method="original", note=WHY_NOT)


def _keep(session: AnySession, paper: Credential, therapist_id: int, now: datetime) -> None:
    paper.therapist_id, paper.changed_at = therapist_id, now - timedelta(days=100)
    session.add(paper)
    session.flush()


def _check(session: AnySession, paper: Credential, owner: Account, now: datetime, **found: str) -> None:
    session.add(Verification(credential_id=paper.id, by_id=owner.id, at=now - timedelta(days=90), **found))


def _qualification(one: DemoTherapist, today: date) -> Credential:
    return Credential(
        kind="qualification",
        preset=f"uk-{one.discipline}-{one.level}",
        title=f"Diploma in {one.discipline} massage",
        discipline=one.discipline,
        framework=one.framework,
        level=one.level,
        body=SCHOOL,
        number=f"DEMO-{one.slug[:3].upper()}-1",
        qualification_no="000/0000/0",
        hours=300,
        starts_on=today - timedelta(days=1500),
    )


def _trainings(one: DemoTherapist, today: date) -> list[Credential]:
    known = {preset.skill: preset for preset in shipped().values() if preset.skill}
    return [
        Credential(
            kind="training",
            preset=known[skill].code,
            title=COURSES[skill],
            skill=skill,
            body=SCHOOL,
            number=f"DEMO-{one.slug[:3].upper()}-{n}",
            hours=40,
            starts_on=today - timedelta(days=900),
        )
        for n, skill in enumerate(one.skills, 2)
    ]


def _insurance(one: DemoTherapist, therapist_id: int, today: date) -> Credential:
    ends = today + timedelta(days=-14 if one.lapsed else 200)
    return Credential(
        kind="insurance",
        preset="uk-insurance",
        title="Professional liability",
        activities=list(one.activities),
        body=INSURER,
        number=f"DEMO-{therapist_id}",
        cover_minor=500_000_000,
        starts_on=ends - timedelta(days=365),
        expires_on=ends,
    )
