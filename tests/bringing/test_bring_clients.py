"""`flask import clients`: who comes in, who is left out with line and reason, and that nothing comes in half."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinic.booking.models import Resource
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Client
from tests.conftest import NOW
from tests.rows import rows

HEAD = "Client ID,First name,Last name,Email,Mobile\n"


@pytest.fixture
def bring(app, cast, tmp_path):
    """Type `flask import clients` for a file with these words; what it said and its exit code."""

    def run(text, *options, coding="utf-8"):
        path = tmp_path / "clients.csv"
        path.write_bytes(text.encode(coding))
        result = app.test_cli_runner().invoke(args=["import", "clients", str(path), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        db.session.rollback()
        return result.output, result.exit_code

    return run


def known(**values):
    with writing():
        db.session.add(Client(**{"created_at": NOW, "phone": "", **values}))
        db.session.commit()


def people():
    found = db.session.execute(sa.select(Client.name, Client.email, Client.phone, Client.outside_ref))
    return sorted(map(tuple, found), key=str)


def test_clients_come_in_with_name_address_number_and_time_to_claim(bring):
    said, code = bring(HEAD + "7,Zoë,Teacup,ZOE@Client.test,7700900123\n8,Bo,,,\n")
    assert code == 0
    assert people() == [("Bo", "", "", "8"), ("Zoë Teacup", "ZOE@client.test", "07700 900123", "7")]
    assert "2 clients read: 2 brought in." in said
    assert db.session.scalar(sa.select(Client.search).where(Client.name != "Bo")).startswith("zoe teacup")
    assert db.session.scalar(sa.select(sa.func.count()).where(Resource.client_id.is_not(None))) == 2
    line = db.session.scalar(sa.select(AuditLine).where(AuditLine.action == "clients.brought"))
    assert (line.actor, line.detail) == ("system", {"made": 2, "joined": 0, "refused": 0})


def test_a_dry_run_says_the_same_and_writes_nothing(bring):
    before = rows()
    said, code = bring(HEAD + "7,Zoë,Teacup,,\n8,,,,\n", "--dry-run")
    assert "Dry run, nothing was written. 2 clients read: 1 brought in, 1 refused." in said
    assert (code, rows()) == (0, before)


def test_each_refused_row_is_told_with_its_line_and_reason(bring):
    bad = ["1,Www.buy.test,X,,", "2,,,,", "3,A,B,no address,", "4,A,B,,12", "5,A,B,,4.4E+11", "6,C,D,,", "6,E,F,,"]
    said, _ = bring(HEAD + "\n".join(bad))
    assert people() == [("C D", "", "", "6")]
    told = [one for one in said.splitlines() if one.startswith("Line ")]
    assert [one.partition(",")[0] for one in told] == [f"Line {n}" for n in (2, 3, 4, 5, 6, 8)]
    assert "Line 3, without a name: It has no name." in told
    assert "Line 8, E F: It has the same number as line 7." in told


def test_a_file_in_the_wrong_coding_is_one_sentence(bring):
    before = rows()
    said, code = bring("Name;Phone\nZoë;\n", coding="cp1252")
    assert said.startswith("Error: Line 2 has letters we cannot read")
    assert "CSV UTF-8" in said
    assert (code, rows()) == (1, before)


def test_the_same_file_again_brings_nobody_twice(bring):
    text = HEAD + "7,Zoë,Teacup,,\n8,Bo,,,\n"
    bring(text)
    before = rows()
    said, _ = bring(text, "--duplicates", "new")
    assert "0 brought in, 2 here already" in said
    assert {**rows(), "audit_line": 0} == {**before, "audit_line": 0}


def test_whoever_seems_to_be_known_is_shown_and_skipped(bring):
    known(name="Zoe Teacup", email="zoe@client.test")
    said, _ = bring(HEAD + "7,Zoë,Teacup,,\n8,Bo,,zoe@client.test,\n9,Cy,,,0117 4960123\n10,Di,,,+44 117 496 0123\n")
    assert "Line 2, Zoë Teacup: Seems to be Zoe Teacup, who is known already. The same: name." in said
    assert "Line 3, Bo: Seems to be Zoe Teacup, who is known already. The same: email." in said
    assert "Line 5, Di: Seems to be Cy of line 4. The same: phone number." in said
    assert [name for name, *_ in people()] == ["Cy", "Zoe Teacup"]


def test_or_brought_as_somebody_new(bring):
    known(name="Zoe Teacup", email="zoe@client.test")
    bring(HEAD + "7,Zoë,Teacup,zoe@client.test,\n", "--duplicates", "new")
    assert len(people()) == 2


def test_or_joined_where_name_and_address_agree(bring):
    known(name="Zoe Teacup", email="zoe@client.test")
    text = HEAD + ",Zoe,Spoon,zoe@client.test,\n7,Zoë,Teacup,zoe@client.test,0117 496 0123\n"
    said, _ = bring(text, "--duplicates", "join")
    assert people() == [("Zoe Teacup", "zoe@client.test", "0117 496 0123", "7")]
    assert "0 brought in, 1 joined with who was known, 1 skipped as known." in said
    assert db.session.scalar(sa.select(Client.search)).endswith("01174960123")


def test_whoever_was_known_twice_is_joined_where_they_have_been_the_longest(bring):
    zoe = {"name": "Zoe Teacup", "email": "zoe@client.test"}
    known(**zoe, phone="0117 496 0001")
    known(**zoe, phone="0117 496 0002", created_at=NOW - timedelta(days=400))
    bring(HEAD + "7,Zoë,Teacup,zoe@client.test,\n", "--duplicates", "join")
    assert [(phone, number) for _, _, phone, number in people()] == [("0117 496 0001", None), ("0117 496 0002", "7")]


def test_columns_may_be_named(bring):
    said, code = bring("Wer;Wo\nZoë;z@client.test\n")
    assert (code, said) == (1, "Error: Which column holds the names? There are: Wer, Wo.\n")
    bring("Wer;Wo\nZoë;z@client.test\n", "--column", "name=Wer", "--column", "email=Wo")
    assert people() == [("Zoë", "z@client.test", "", None)]
