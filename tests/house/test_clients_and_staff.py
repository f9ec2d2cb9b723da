"""Two kinds of people sign in, and neither is ever taken for the other: asked of every route there is."""

import pytest
import sqlalchemy as sa

from clinic.core.access import audience_of
from clinic.core.audit import AuditLine
from clinic.core.db import Model, db
from tests.accounts import SECRET, sign_in_by_mail
from tests.rows import whole_rows
from tests.visitor import Visitor

STAFFS, CLIENTS = {"staff", "therapist", "desk", "owner"}, {"client", "client_by_password"}


@pytest.fixture
def clara(app, world):
    """A client of Ana's, whose record, note and plan the staff's addresses name."""
    client = Visitor(app)
    link = world.at("/my/accounts/{new_account}")
    client.get(link)
    client.send(link, new=SECRET, accepted="y")
    assert client.page.request.path == "/my"
    return client


def routes(world, audiences):
    """Every method and address for these audiences, filled with what is Clara's."""
    places = world.places
    known = {
        "appointment_id": places["clara_visit"],
        "consent_id": places["clara_consent"],
        "note_id": places["clara_note"],
        "item_id": places["clara_call"],
        "slug": "massage",
    }
    by_kind = {
        "UUIDConverter": places["clara"],
        "IntegerConverter": 1,
        "RowNumber": 1,
        "UnicodeConverter": places["link"],
    }
    with world.app.test_request_context():
        adapter = world.app.url_map.bind("localhost")

        def of_kind(kind):
            """Our own kinds are made from Flask's."""
            return next(by_kind[one.__name__] for one in type(kind).__mro__ if one.__name__ in by_kind)

        def values(rule):
            return {name: known.get(name, of_kind(kind)) for name, kind in rule._converters.items()}

        found = [rule for rule in world.app.url_map.iter_rules() if audience_of(rule.endpoint) in audiences]
        return [
            (method, adapter.build(rule.endpoint, values(rule), method=method))
            for rule in found
            for method in sorted({"GET", "POST"} & rule.methods)
        ]


def answer(visitor, method, address):
    """All but the header, which says to whoever is signed in that they are."""
    data = {"csrf_token": visitor.token()} if method == "POST" else None
    got = visitor._request(method, address, follow=False, data=data)
    return got.status_code, got.headers.get("Location"), got.text.partition("<main")[2].partition("</main>")[0]


def test_the_staffs_pages_refuse_a_signed_in_client_exactly_as_a_stranger(app, world, clara):
    by_mail = Visitor(app)
    sign_in_by_mail(app, by_mail, email="somebody@client.test")
    assert by_mail.page.request.path == "/my"
    asked = routes(world, STAFFS)
    assert len(asked) > 10
    before = whole_rows()
    for method, address in asked:
        never = answer(Visitor(app), method, address)
        assert never[0] == (303 if method == "GET" else 403)
        for client in (clara, by_mail):
            assert answer(client, method, address) == never, (method, address)
    assert whole_rows() == before


def test_clients_pages_refuse_the_staff_as_they_do_a_stranger(app, world, clara):
    asked = routes(world, CLIENTS)
    assert len(asked) > 8
    before = whole_rows()
    for method, address in asked:
        never = answer(Visitor(app), method, address)
        for who in ("ana", "rosa", "olu"):
            assert answer(world.visitor(who), method, address)[:2] == never[:2], (who, method, address)
    assert whole_rows() == before


def test_looking_at_ones_own_pages_changes_nothing_but_the_audit_trail(world, clara):
    before = whole_rows()
    for method, address in routes(world, CLIENTS):
        if method == "GET":
            assert clara.get(address).status_code == 200
    after = whole_rows()
    assert [name for name in after if after[name] != before[name]] == ["audit_line"]
    assert set(after) == {table.name for table in Model.metadata.sorted_tables}
    last = db.session.scalar(sa.select(AuditLine).order_by(AuditLine.id.desc()))
    assert (last.action, last.actor) == ("record.viewed", f"client:{world.places['clara']}")


def test_a_session_of_one_kind_is_never_read_as_the_other(app, clara):
    """Ids as they could be forged by whoever had the key, or left from before: none opens anything."""
    serializer = app.session_interface.get_signing_serializer(app)
    cookie = clara.client.get_cookie("session").value
    session = serializer.loads(cookie)
    known = session["_user_id"]
    assert known.startswith("c")
    assert not known[0].isdigit()
    for forged in (known[1:], f"m{known[1:]}x", "c1.1", "m1.1", "c.1", "", "c", "x1.1", f"{known}.1", "1", "٣.1"):
        other = Visitor(app)
        other.client.set_cookie("session", serializer.dumps({**session, "_user_id": forged}))
        assert other.get("/my").request.path == "/my/sign-in", forged
        assert other.get("/today").request.path == "/sign-in", forged
