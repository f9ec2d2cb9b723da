"""A plan as a client has it, for tests that begin where it was sent."""

from datetime import timedelta

from clinic.aftercare import operations as aftercare
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Content, Told
from clinic.aftercare.queries import plan_of
from clinic.aftercare.rules import usual
from clinic.core.audit import GUEST
from clinic.core.db import db
from clinic.notes.operations.findings import record_findings
from clinic.notes.rules.injuries import SIDES, Found
from tests.conftest import NOW

SOUND = Found({(muscle, side): "none" for muscle in catalogue().muscles for side in SIDES}, frozenset())


def plan_for(client, therapist, *, exercises=("pelvic_tilt", "glute_bridge"), word="", days=0, now=NOW):
    """Sent, with so many days of practice; the caller commits."""
    steps = tuple(usual(catalogue().exercises[one]) for one in exercises)
    record_findings(db.session, client, SOUND, therapist=therapist, now=now, by=GUEST)
    content, kept = Content(steps, word), plan_of(db.session, client.id)
    revision = kept.revision if kept else 0
    assert not aftercare.save_plan(
        db.session, client, content, revision=revision, therapist=therapist, now=now, by=GUEST
    )
    plan = plan_of(db.session, client.id)
    assert not aftercare.issue_plan(db.session, plan, therapist=therapist, now=now, by=GUEST)
    for ago in range(days):
        day = (now - timedelta(days=ago)).date()
        told = Told(done=True, pain=2)
        aftercare.log_practice(db.session, plan.id, told, on=day, entry=day.isoformat(), now=now, by=GUEST)
    return plan
