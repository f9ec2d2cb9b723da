"""Joining two clients at the desk; and their old links and addresses afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from clinic.aftercare.queries import link_of as plan_link
from clinic.aftercare.queries import plan_of
from clinic.booking.models import Appointment
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.links import Link
from clinic.people.models import Client
from clinic.people.operations import make_client_account
from clinic.people.queries import find_clients
from tests.cast import HASH
from tests.conftest import NOW
from tests.twice import MONDAY, a_client, joined, snapshot, visit


def test_old_links_work_on(twice, new_visitor):
    kept, other = twice
    links = db.session.scalars(sa.select(Link).where(Link.scope.in_(("appointment", "plan", "calendar")))).all()
    ways = {"appointment": "/appointments/{}", "plan": "/plans/{}", "calendar": "/calendar/{}.ics"}
    addresses = [ways[link.scope].format(link.token) for link in links]
    assert len(addresses) == 6
    joined(kept, other)
    for address in addresses:
        assert new_visitor().get(address).status_code == 200, address
    feed = next(address for address in addresses if address.endswith(".ics"))
    assert new_visitor().get(feed).text.count("BEGIN:VEVENT") == 3


def test_what_is_booked_by_the_link_of_an_old_plan_belongs_to_the_one_who_stays(twice, visitor):
    kept, other = twice
    tokens = {plan_link(db.session, plan_of(db.session, one).id).token for one in twice}
    joined(kept, other)
    for n, token in enumerate(sorted(tokens)):
        visitor.get(f"/plans/{token}/again?slot=2026031{8 + n}T1000Z.ana-moreau")
        visitor.send(f"/plans/{token}/again")
        assert "/booking" in visitor.page.request.path
    assert set(db.session.scalars(sa.select(Appointment.client_id))) == {kept}


def test_an_old_address_is_no_hint_to_who_may_not_see_them(twice, new_visitor):
    with writing():
        stranger = a_client("Somebody Else", "else@client.test")
        visit(stranger, MONDAY + timedelta(days=3), "ben-okafor")
        gone, stays = a_client("Eva One", "eva@client.test"), a_client("Eva Two", "eva@client.test")
        ids = stays.id, gone.id
        db.session.commit()
    joined(*ids)
    ben = new_visitor()
    ben.sign_in("ben")
    never, old = ben.get(f"/clients/{uuid4()}"), ben.get(f"/clients/{ids[1]}")
    assert (old.status_code, old.data) == (404, never.data)


def test_both_with_an_account_are_refused(twice, visitor):
    kept, other = twice
    with writing():
        make_client_account(db.session, db.session.get_one(Client, kept), HASH, now=NOW, by=GUEST)
        db.session.commit()
    before = snapshot()
    page = asked_to_join(visitor, kept, other)
    assert page.status_code == 409
    assert "Both have an account of their own to sign in with." in visitor.text
    assert snapshot() == before


def test_nobody_was_at_two_appointments_at_once(twice, visitor):
    kept, other = twice
    with writing():
        both = [
            visit(db.session.get_one(Client, one), MONDAY + timedelta(days=4), slug)
            for one, slug in zip(twice, ("ana-moreau", "ben-okafor"), strict=True)
        ]
        refs = [one.ref for one in both]
        db.session.commit()
    before = snapshot()
    page = asked_to_join(visitor, kept, other)
    assert page.status_code == 409
    at = "Friday 20 March 2026, 10am"
    assert f"Nobody can be at two appointments at once: {at} ({refs[0]}) and {at} ({refs[1]})." in visitor.text
    assert snapshot() == before


def asked_to_join(visitor, kept, other):
    visitor.sign_in("rosa")
    visitor.get(f"/clients/{kept}/merging?other={other}")
    return visitor.send(f"/clients/{kept}/merging", other=str(other), contact="own")


def test_reception_finds_the_other_sees_both_and_joins_them(twice, visitor):
    kept, other = twice
    with writing():
        db.session.get_one(Client, other).phone = "+44 117 496-0001"
        db.session.commit()
    visitor.sign_in("rosa")
    visitor.get(f"/clients/{kept}/merging")
    assert "Clara T. Jones" in visitor.text
    assert "Same phone" in visitor.text
    visitor.get(visitor.link("Clara T. Jones"))
    assert "jones@client.test" in visitor.text
    assert "clara@client.test" in visitor.text
    visitor.send(f"/clients/{kept}/merging", contact="other")
    assert visitor.page.request.path == f"/clients/{kept}"
    assert "jones@client.test" in visitor.text
    assert [one.id for one in find_clients(db.session, "clara@client.test")] == [kept]
    assert [one.id for one in find_clients(db.session, "jones@client.test")] == [kept]
    assert db.session.get_one(Client, kept).desk_note == "Ring twice\nComes by bus"


@pytest.mark.parametrize("other", ["themselves", "nobody", "merged"])
def test_nobody_is_joined_with_themself_with_nobody_or_twice(twice, visitor, other):
    kept, again = twice
    if other == "merged":
        joined(kept, again)
    before = snapshot()
    who = {"themselves": kept, "nobody": uuid4(), "merged": again}[other]
    assert asked_to_join(visitor, kept, who).status_code == 422
    assert "Choose somebody else to join them with." in visitor.text
    assert joined(kept, kept) == ["merged_already"]
    assert other != "merged" or joined(kept, again) == joined(again, kept) == ["merged_already"]
    assert snapshot() == before
