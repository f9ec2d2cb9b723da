"""What a therapist does before a client has a plan, step by step, for tests that begin where they end."""

from clinic.aftercare import queries
from clinic.core.db import db
from clinic.notes.queries.findings import findings_of, found_in


def find(therapist, client_id, *conditions, sound="y", **states):
    """Ask: these conditions or none of them, these muscles (`psoas_left="acute"`), and all others sound."""
    sound = {"others_sound": sound} if sound else {}
    page = f"/clients/{client_id}/findings"
    return therapist.post(page, conditions=list(conditions) or ["none"], **sound, **states)


def build(therapist, client_id, *exercises, **typed):
    """Open the plan, add these exercises, and save it with what is typed."""
    page = f"/clients/{client_id}/plan"
    therapist.get(page)
    for exercise in exercises:
        therapist.send(page, add=exercise)
    return therapist.send(page, **typed)


def send(therapist, client_id, **typed):
    """Press "Send" on the page at hand."""
    return therapist.send(f"/clients/{client_id}/plan/issue", **typed)


def plan_link(therapist, client_id, *exercises, **typed):
    """Asked, built and sent: the address of the client's page."""
    find(therapist, client_id)
    build(therapist, client_id, *exercises, **typed)
    send(therapist, client_id, **typed)
    return address(client_id)


def address(client_id):
    plan = queries.plan_of(db.session, client_id)
    link = queries.link_of(db.session, plan.id)
    db.session.rollback()
    return f"/plans/{link.token}" if link else None


def kept(client_id):
    """What was found last."""
    found = found_in(findings_of(db.session, client_id))
    db.session.rollback()
    return found
