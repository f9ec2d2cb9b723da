"""When strengthening and stretching may begin: a gate advises, and knows only what was told and found."""

from datetime import date, timedelta

import pytest
import time_machine

from clinic.aftercare import operations, queries
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Told, answering
from clinic.aftercare.queries import NOTHING_TOLD
from clinic.aftercare.queries.check_ins import all_sent
from clinic.aftercare.rules import Practised, Zones, gates
from clinic.aftercare.rules.check_ins import HowTheyAre
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.notes.rules.injuries import Found
from clinic.people.models import Client
from tests.aftercare.test_rules import SOUND
from tests.conftest import NOW
from tests.plans import SOUND as ALL_SOUND
from tests.plans import plan_for

TODAY = date(2026, 3, 11)
ZONES = Zones(4, 6)
WELL = Found(SOUND, frozenset())


def day(ago, pain=2, phases=("calm",), **told):
    told = {**NOTHING_TOLD, "done": True, "pain": pain, **told}
    return Practised(TODAY - timedelta(days=ago), told, frozenset({"warm_up", *phases}))


def gate(phase, practised, found=WELL, zones=ZONES):
    return gates(practised, found, known=catalogue(), zones=zones, today=TODAY)[phase]


def test_three_calm_days_of_the_last_seven_open_strengthening():
    assert gate("strengthen", [day(0), day(2), day(6)]).is_met
    two = gate("strengthen", [day(0), day(2)])
    assert (two.is_met, two.days, two.needed, two.before) == (False, 2, 3, "calm")


@pytest.mark.parametrize(
    "third",
    [
        day(7),  # longer ago than a week
        day(1),  # the same day again
        day(3, pain=4),
        day(3, pain=None),  # nobody knows
        day(3, pain_after=5),
        day(3, done=False),
        day(3, phases=("strengthen",)),  # nothing calm in that plan
        day(3, pain=None, numb=True),
    ],
)
def test_a_day_that_does_not_count_leaves_it_shut(third):
    assert not gate("strengthen", [day(0), day(1), third]).is_met


def test_a_day_of_red_pain_or_of_numbness_shuts_it_however_many_went_well():
    well = [day(ago) for ago in range(2, 7)]
    assert gate("strengthen", well).is_met
    assert not gate("strengthen", [*well, day(1, pain=6)]).is_met
    assert not gate("strengthen", [*well, day(1, numb=True)]).is_met


def test_the_clinics_own_zones_count():
    practised = [day(ago, pain=4) for ago in range(3)]
    assert not gate("strengthen", practised).is_met
    assert gate("strengthen", practised, zones=Zones(5, 7)).is_met


def test_stretching_waits_for_strength_and_for_somebody_who_asked_about_injuries():
    strong = [day(ago, phases=("calm", "strengthen")) for ago in range(3)]
    assert gate("stretch", strong).is_met
    assert not gate("stretch", [day(ago) for ago in range(5)]).is_met
    for found in (
        Found({**SOUND, ("psoas", "left"): "healing"}, frozenset()),
        Found(SOUND, frozenset({"muscle_injury"})),
        Found(SOUND, None),
        Found(),
    ):
        assert gate("stretch", strong, found).is_injured
        assert not gate("stretch", strong, found).is_met
        assert gate("strengthen", strong, found).is_met  # an injury is calmed and strengthened


@pytest.fixture
def client(app):
    with writing():
        client = Client(name="Clara Teacup", email="clara@client.test", created_at=NOW)
        db.session.add(client)
        db.session.commit()
    return client


def opened_after(days, client, plan, each_day):
    """The gates after so many days practised well, of which each began with `each_day`."""
    for ahead in range(days):
        now = NOW + timedelta(days=ahead, hours=1)
        each_day(ahead, now)
        told, entry = Told(done=True, pain=1), now.date().isoformat()
        operations.log_practice(db.session, plan.id, told, on=now.date(), entry=entry, now=now, by=GUEST)
    with time_machine.travel(now, tick=False):
        practised = queries.practised(db.session, all_sent(db.session, client.id), today=now.date())
    return gates(practised, ALL_SOUND, known=catalogue(), zones=ZONES, today=now.date())


BOTH = ("pelvic_tilt", "glute_bridge")


def test_a_day_counts_for_what_the_plan_had_when_it_was_told(client, cast):
    with writing():
        plan = plan_for(client, cast.ana, exercises=("pelvic_tilt",))
        more = lambda ahead, now: ahead == 2 and plan_for(client, cast.ana, exercises=BOTH, now=now)  # noqa: E731
        opened = opened_after(4, client, plan, more)
        db.session.rollback()
    assert (opened["strengthen"].days, opened["stretch"].days) == (4, 2)


def test_a_day_while_it_was_back_counts_for_what_is_calm_also_once_a_newer_version_was_sent(client, cast):
    def back_and_sent_anew(ahead, now):
        if ahead == 1:
            issue = queries.issue_for(db.session, client.id)
            answering.tell_it_is_back(db.session, issue, HowTheyAre(), now=now, by=GUEST)
        if ahead == 4:
            plan_for(client, cast.ana, exercises=BOTH, now=now)

    with writing():
        plan = plan_for(client, cast.ana, exercises=BOTH)
        opened = opened_after(5, client, plan, back_and_sent_anew)
        db.session.rollback()
    assert (opened["strengthen"].days, opened["stretch"].days) == (5, 2)
