"""What a client told of themselves is proposed before a plan, and a plan refuses what it speaks against."""

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Content as PlanContent
from clinic.aftercare.operations import issue_plan, save_plan
from clinic.aftercare.queries import plan_of
from clinic.aftercare.rules import usual
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.notes.operations.findings import keep_injuries
from clinic.notes.rules import Content, Injury
from clinic.people.models import Client
from tests.conftest import NOW
from tests.health.conftest import MORNING, at
from tests.health.test_card import told
from tests.plans import plan_for

REPLACED = "hip_replacement_anterior"


def test_a_new_hip_is_ticked_beforehand_and_counts_once_it_is_saved(release, signed_in):
    appointment, _ = release
    told(appointment, operations=["hip_front"], **{"operated.hip_front": "2020-01-01"})
    ana = signed_in("ana")
    page = ana.get(f"/clients/{appointment.client_id}/findings")
    assert "The client told" in ana.text
    assert ticked(page.text, REPLACED)
    with at(MORNING):
        ana.post(f"/clients/{appointment.client_id}/findings", others_sound="y", conditions=["none"])
        page = ana.get(f"/clients/{appointment.client_id}/findings")
        assert "The client told" not in ana.text
        assert not ticked(page.text, REPLACED)


def test_a_plan_refuses_what_they_told_since(cast, release):
    appointment, _ = release
    avoided = next(one for one in catalogue().exercises.values() if REPLACED in one.avoid_if)
    with writing():
        client = db.session.get_one(Client, appointment.client_id)
        plan_for(client, cast.ana, now=NOW.replace(hour=8))
        db.session.commit()
    assert "avoid" not in codes(cast, appointment, avoided.id)
    told(appointment, operations=["hip_front"], **{"operated.hip_front": "2020-01-01"})
    assert "avoid" in codes(cast, appointment, avoided.id)


def test_an_injury_told_in_a_note_is_no_word_on_what_they_told_since(cast, release):
    appointment, _ = release
    avoided = next(one for one in catalogue().exercises.values() if REPLACED in one.avoid_if)
    with writing():
        client = db.session.get_one(Client, appointment.client_id)
        plan_for(client, cast.ana, now=NOW.replace(hour=8))
        db.session.commit()
    told(appointment, operations=["hip_front"], **{"operated.hip_front": "2020-01-01"})
    with writing():
        noted = Content(injuries=(Injury("calf", "left", "acute"),))
        keep_injuries(db.session, appointment, noted, now=NOW.replace(hour=23), by=GUEST)
        db.session.commit()
    assert "avoid" in codes(cast, appointment, avoided.id)


def codes(cast, appointment, exercise):
    """Why a plan with this exercise is not sent."""
    with writing():
        client = db.session.get_one(Client, appointment.client_id)
        plan = plan_of(db.session, client.id)
        content = PlanContent((usual(catalogue().exercises[exercise]),))
        who = {"therapist": cast.ana, "now": NOW, "by": GUEST}
        assert not save_plan(db.session, client, content, revision=plan.revision, **who)
        refused = issue_plan(db.session, plan, **who)
        db.session.rollback()
    return {one.code for one in refused}


def ticked(html, condition):
    option = html[: html.index(f'value="{condition}"')].rpartition("<input")[2]
    after = html[html.index(f'value="{condition}"') :].partition(">")[0]
    return "checked" in option + after
