"""Two clients who are one person become one: nothing is lost, nothing signed is touched, old links and addresses work."""

from datetime import timedelta
from itertools import pairwise

import sqlalchemy as sa
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.aftercare.operations import revoke_link
from clinic.aftercare.queries import plan_of
from clinic.booking.models import Appointment, Claim, Resource
from clinic.core.audit import GUEST, AuditLine
from clinic.core.db import Model, db, writing
from clinic.core.links import Link
from clinic.notes import operations as notes
from clinic.notes import proof
from clinic.people.models import Client
from clinic.today.operations import merge
from tests.conftest import NOW
from tests.plans import plan_for
from tests.twice import MONDAY, a_client, joined, snapshot, try_to_book, visit

CLIENT = Model.metadata.tables["client"]
ONCE = (
    "health_history",
    "notice_acceptance",
    "clearance",
    "consent",
    "marketing_choice",
    "episode",
    "letter",
    "measures_told",
    "check_in",
)
# Read with the client they were merged into, and kept as they were: what was signed names whom it was signed for.
STAYS = {
    *(("signature", "client_id"), ("stretch_plan", "client_id"), ("resource", "client_id")),
    *(("health_history", "client_id"), ("notice_acceptance", "client_id")),  # of each the second of its kind alone
}
CHANGES = {
    *(("appointment", "client_id"), ("waiting_list_entry", "client_id"), ("findings", "client_id")),
    *(("client_account", "client_id"), ("claim", "resource_id"), ("link", "subject_id"), ("work_item", "subject")),
    *(("client", "merged_into_id"), ("client", "desk_note_sealed")),
    *((table, "client_id") for table in ONCE),
}
CONTACT = {("client", name) for name in ("name", "email", "phone", "search")}


def changed(before, after):
    return {
        (table, column)
        for table, rows in before.items()
        for key, row in rows.items()
        for column, value in row.items()
        if after[table][key][column] != value
    }


def test_nothing_is_lost_and_nothing_else_changes(twice):
    before, chained = snapshot(), proof.findings(db.session)
    assert joined(*twice) == []
    after = snapshot()
    assert {name: set(rows) for name, rows in after.items()} == {name: set(rows) for name, rows in before.items()}
    assert changed(before, after) == CHANGES
    assert proof.findings(db.session) == chained == []


def test_whatever_refers_to_a_client_refers_to_the_one_who_stays_or_is_read_with_them(twice):
    """A new column that refers to clients fails here until it is merged too, and has a row in the fixture."""
    kept, other = twice
    columns = [column for table in Model.metadata.sorted_tables for column in table.c if column.references(CLIENT.c.id)]
    assert len(columns) >= 8
    for column in columns:
        assert db.session.scalar(sa.select(sa.func.count()).where(column == other)), f"nothing to merge in {column}"
    joined(kept, other)
    left = {(c.table.name, c.name) for c in columns if db.session.scalar(sa.select(sa.func.count()).where(c == other))}
    assert left == STAYS


def test_a_plan_alone_goes_over(app, cast):
    with writing():
        kept, other = a_client("Ann Bell", "ann@client.test"), a_client("Anne Bell", "anne@client.test")
        plan_for(other, cast.ana)
        db.session.commit()
    ids = kept.id, other.id
    assert joined(*ids) == []
    assert plan_of(db.session, ids[0]).client_id == ids[0]


def test_of_two_plans_that_came_together_both_links_are_stopped_at_once(twice):
    kept, other = twice
    joined(kept, other)
    live = sa.select(sa.func.count()).where(Link.scope == "plan", Link.revoked_at.is_(None))
    assert db.session.scalar(live) == 2
    with writing():
        revoke_link(db.session, plan_of(db.session, kept), now=NOW, by=GUEST)
        db.session.commit()
    assert db.session.scalar(live) == 0


def test_the_trail_tells_what_went_over_in_ids_and_counts_alone(twice):
    kept, other = twice
    joined(kept, other)
    line = db.session.scalar(sa.select(AuditLine).where(AuditLine.action == "client.merged"))
    assert line.subject == f"client:{kept}"
    assert line.detail["other"] == str(other)
    counts = {table: len(ids) for table, ids in line.detail["moved"].items()}
    single = dict.fromkeys(("waiting_list_entry", "findings", "client_account", "client", "link", "work_item"), 1)
    told = dict.fromkeys(ONCE, 1)
    assert counts == {"appointment": 2, **single, **told}
    assert not [words for words in ("Clara", "client.test", "0117", "bus") if words in str(line.detail)]


def test_their_therapist_reads_one_record_and_goes_on_writing_it(twice, visitor):
    kept, other = twice
    joined(kept, other)
    visitor.sign_in("ana")
    visitor.get(f"/clients/{other}")
    assert visitor.page.request.path == f"/clients/{kept}"
    for words in ("First words", "First words beside", "Second words", "Second words beside", "Begun"):
        assert (words in visitor.text) == (words != "Begun"), words
    late = MONDAY + timedelta(hours=5)
    with time_machine.travel(late, tick=False), writing():
        second = db.session.scalars(sa.select(Appointment).order_by(Appointment.starts_at)).all()[1]
        assert not notes.amend(db.session, second, "After they were joined", why="later", now=late, by=GUEST)
        visit(db.session.get_one(Client, kept), MONDAY + timedelta(days=2), signed="Third words")
        db.session.commit()
    assert proof.findings(db.session) == []
    visitor.get(f"/clients/{kept}")
    assert "After they were joined" in visitor.text
    assert "Third words" in visitor.text


def test_the_contact_that_does_not_count_any_more_stays_with_the_other(twice):
    before = snapshot()
    joined(*twice, takes_contact=True)
    after = snapshot()
    assert changed(before, after) == CHANGES | CONTACT
    contacts = [
        sorted((row["name"], row["email"], row["phone"]) for row in one["client"].values()) for one in (before, after)
    ]
    assert contacts[0] == contacts[1]


def test_who_was_merged_while_they_booked_is_asked_once_more(twice):
    """The page had read them before they were joined, and books after: the time must not be nobody's."""
    kept, other = twice
    client = db.session.get_one(Client, other)
    assert client.merged_into_id is None
    with writing():
        db.session.connection().execute(sa.update(CLIENT).where(CLIENT.c.id == other).values(merged_into_id=kept))
        outcome = try_to_book(client, MONDAY + timedelta(days=2), "ana-moreau")
        assert [one.code for one in outcome.refusals] == ["client_merged"]
        db.session.rollback()


@settings(max_examples=25)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 7), st.sampled_from(["ana-moreau", "ben-okafor"])), max_size=8))
def test_joined_or_refused_the_time_they_take_is_the_same(twice, booked):
    """Whatever either has booked: the claims stand as they stood, and no two of one person overlap."""
    with writing():
        for n, (of_kept, hour, slug) in enumerate(booked):
            client = db.session.get_one(Client, twice[0 if of_kept else 1])
            try_to_book(client, MONDAY + timedelta(days=7 + n % 2, hours=hour - 1), slug)
        db.session.flush()
        before = times()
        both = [db.session.get_one(Client, one) for one in twice]
        refusals = merge(db.session, *both, takes_contact=False, now=NOW, by=GUEST)
        db.session.flush()
        assert times() == before
        mine = sa.select(Claim).join(Resource).where(Resource.client_id == twice[0]).order_by(Claim.starts_at)
        claims = db.session.scalars(mine).all()
        assert all(one.ends_at <= next_.starts_at for one, next_ in pairwise(claims))
        assert refusals or len(claims) == db.session.scalar(sa.select(sa.func.count(Appointment.id)))
        db.session.rollback()


def times():
    return sorted(db.session.execute(sa.select(Claim.id, Claim.starts_at, Claim.ends_at)).all())
