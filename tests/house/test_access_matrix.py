"""Who gets what at every address of the clinic. An address that is not in the table fails the suite."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from clinic.core.audit import AuditLine
from clinic.core.db import db
from tests.cast import PASSWORD
from tests.house.conftest import WHO, WORD
from tests.rows import whole_rows
from tests.visitor import Visitor

MATRIX = (Path(__file__).parent / "access_matrix.txt").read_text()
LINES = [line.split() for line in MATRIX.splitlines() if line and not line.startswith("#")]
ROWS = [(method, path, tuple(map(int, told))) for method, path, *told in LINES]
READS = [path for method, path, _ in ROWS if method == "GET"]
WRITES = [path for method, path, _ in ROWS if method == "POST"]
SLOT = "20260312T1200Z.ana-moreau"
NAMES = ("Clara", "Dmitri", "somebody@client.test")


@pytest.fixture
def places(world):
    world.places["slot"] = SLOT
    return world


def ask(world, who, method, address, **form):
    """What this person is answered, whatever happened before; a post carries its token."""
    data = {"csrf_token": world.token(who), **form} if method == "POST" else None
    return world.visitor(who)._request(method, world.at(address), follow=False, data=data)


def endpoints(app, rows):
    adapter = app.url_map.bind("localhost")
    return {(method, adapter.match(path.partition("?")[0], method)[0]) for method, path in rows}


def test_every_route_has_its_row(places):
    rows = [(method, places.at(path)) for method, path, _ in ROWS]
    rules = {
        (method, rule.endpoint)
        for rule in places.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert rules == endpoints(places.app, rows)


def test_everybody_gets_what_the_table_says_and_no_refusal_holds_a_word_of_any_record(places):
    answers = {(method, path): [ask(places, who, method, path) for who in WHO] for method, path, _ in ROWS}
    statuses = {asked: tuple(answer.status_code for answer in given) for asked, given in answers.items()}
    assert statuses == {(method, path): told for method, path, told in ROWS}
    kept_back = {303, 403, 404}  # 409 and 422 give people their own words back
    refusals = [answer for given in answers.values() for answer in given if answer.status_code in kept_back]
    assert [one.request.path for one in refusals if any(word in one.text for word in (*NAMES, WORD))] == []


def test_only_the_therapist_who_treats_them_reads_what_a_client_told(places):
    told = {(who, path) for path in READS for who in WHO if WORD.encode() in ask(places, who, "GET", path).data}
    theirs = {
        (who, path.format(client))
        for who, client in (("ana", "clara"), ("ben", "dmitri"))
        for path in ("/clients/{{{}}}", "/clients/{{{}}}/plan", "/clients/{{{}}}/exercises", "/notes/{{{}_note}}")
    }
    theirs |= {("ana", "/diary/blocks/{anas_block}"), ("ana", "/clients/{clara}/consents/{clara_consent}")}
    theirs |= {("ana", "/clients/{clara}/clearances"), ("ana", "/clients/{clara}/plan/preview")}
    theirs |= {(who, f"/appointments/{{{client}_note}}/card") for who, client in (("ana", "clara"), ("ben", "dmitri"))}
    theirs |= {("ana", "/notes/{clara_note}/attachments")}
    theirs |= {("ana", f"/letters/{{{one}}}") for one in ("clara_draft", "clara_letter")}
    theirs |= {("ana", "/notes/{clara_note}/afterwards")}
    theirs |= {("ana", "/clients/{clara}/episodes/{clara_episode}/closing")}
    of_learning = ("", "/{anas_learning}", ".csv")
    theirs |= {("ana", f"/continuing-education{page}") for page in of_learning}
    by_link = {(who, path) for who in WHO for path in ("/plans/{plan}", "/plans/{other_plan}")}
    assert told == theirs | by_link


def test_a_client_of_somebody_else_looks_like_no_client_at_all(places):
    for who, other in (("ana", "dmitri"), ("ben", "clara")):
        assert whole(ask(places, who, "GET", f"/clients/{{{other}}}")) == whole(
            ask(places, who, "GET", "/clients/{nobody}")
        )


def test_a_call_of_somebody_else_looks_like_no_call_at_all(places):
    others = [ask(places, who, "POST", "/work/{clara_call}/completion") for who in ("ben", "rosa", "olu")]
    absent = [ask(places, who, "POST", "/work/{no_call}/completion") for who in ("ben", "rosa", "olu")]
    assert list(map(whole, others)) == list(map(whole, absent))


def test_a_note_or_plan_of_somebody_elses_client_looks_like_none_at_all(places):
    for path in ("/clients/{{{}}}/plan", "/clients/{{{}}}/findings", "/clients/{{{}}}/exercises"):
        assert whole(ask(places, "ben", "GET", path.format("clara"))) == whole(
            ask(places, "ben", "GET", path.format("nobody"))
        )
    for page in ("", "/draft", "/signature", "/amendments"):
        method = "POST" if page else "GET"
        anothers, absent = (
            ask(places, "ben", method, f"/notes/{{{note}}}{page}") for note in ("clara_note", "no_note")
        )
        assert whole(anothers) == whole(absent)


def test_a_letter_or_attachment_about_somebody_elses_client_looks_like_none_at_all(places):
    for path in ("/letters/{{{}}}", "/letters/{{{}}}/paper", "/attachments/{{{}}}"):
        ours = "clara_photo" if "attachments" in path else "clara_letter"
        anothers, absent = (ask(places, "ben", "GET", path.format(one)) for one in (ours, "nobody"))
        assert whole(anothers) == whole(absent)


def test_what_somebody_else_learned_looks_like_nothing_at_all(places):
    for page, method in (("", "GET"), ("", "POST"), ("/removal", "POST")):
        anothers, absent = (
            ask(places, "ben", method, f"/continuing-education/{{{one}}}{page}") for one in ("anas_learning", "nobody")
        )
        assert whole(anothers) == whole(absent)


def test_a_plans_link_that_is_no_longer_good_looks_like_one_that_never_was(places):
    for page in ("", "/help", "/again", "/booking", "/manifest.webmanifest"):
        never = whole(ask(places, "stranger", "GET", f"/plans/none{page}"))
        for link in ("revoked_plan", "expired_plan", "link"):
            assert whole(ask(places, "stranger", "GET", f"/plans/{{{link}}}{page}")) == never, (link, page)


def test_a_link_that_is_no_longer_good_looks_like_one_that_never_was(places):
    for page in (
        "",
        "/appointment.ics",
        "/cancellation",
        "/confirmation",
        "/health-check",
        "/measures",
        "/move",
        "/again",
    ):
        never = whole(ask(places, "stranger", "GET", f"/appointments/none{page}"))
        for link in ("expired", "revoked", "elsewhere", "forged", "clara"):
            assert whole(ask(places, "stranger", "GET", f"/appointments/{{{link}}}{page}")) == never, (link, page)


def test_a_feed_that_is_no_longer_good_looks_like_one_that_never_was(places):
    wrong = {"calendar": ("revoked_feed", "diary", "link"), "diary": ("revoked_diary", "feed", "link")}
    for feed, links in wrong.items():
        never = whole(ask(places, "stranger", "GET", f"/{feed}/none.ics"))
        for link in links:
            assert whole(ask(places, "stranger", "GET", f"/{feed}/{{{link}}}.ics")) == never, (feed, link)


def test_another_clients_link_opens_their_appointment_alone(places):
    mine, theirs = (ask(places, "stranger", "GET", f"/appointments/{{{link}}}").text for link in ("link", "other_link"))
    assert "Ana Moreau" in mine
    assert "Ana Moreau" not in theirs


def test_a_method_no_view_offers_is_refused(places):
    for _method, path, _told in ROWS:
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            answer = places.visitor("olu")._request(
                method, places.at(path), headers={"X-CSRFToken": places.token("olu")}
            )
            assert answer.status_code in {400, 405}, (method, path)


def test_a_view_without_an_audience_is_refused_to_everybody(places):
    from clinic.core.access import audience_of

    view = places.app.view_functions["today.day"]
    with places.app.app_context():
        assert all(audience_of(rule.endpoint) for rule in places.app.url_map.iter_rules())
    try:
        places.app.view_functions["today.day"] = lambda: "secrets"
        assert {ask(places, who, "GET", "/today").status_code for who in WHO} == {403}
    finally:
        places.app.view_functions["today.day"] = view


def test_whoever_is_shown_a_record_leaves_a_line(places):
    """Also where a page comes back because something was refused."""
    for who, client, *paths in (
        ("ana", "clara", "GET /notes/{clara_note}", "POST /notes/{clara_note}/amendments", "GET /clients/{clara}"),
        (
            "ben",
            "dmitri",
            "GET /clients/{dmitri}/plan",
            "POST /clients/{dmitri}/plan",
            "GET /clients/{dmitri}/findings",
        ),
        ("ben", "dmitri", "POST /notes/{dmitri_note}/draft", "POST /notes/{dmitri_note}/signature"),
    ):
        for method, path in map(str.split, paths):
            before = viewed(places.places[client])
            answer = ask(places, who, method, path)
            assert answer.status_code in {200, 409, 422}, path
            assert viewed(places.places[client]) == before + 1, path


def viewed(client_id):
    lines = sa.select(sa.func.count()).where(
        AuditLine.action == "record.viewed", AuditLine.subject == f"client:{client_id}"
    )
    return db.session.scalar(lines)


def test_a_password_without_its_code_opens_nothing_that_a_stranger_may_not_see(places):
    half = Visitor(places.app)
    half.get("/sign-in")
    half.post("/sign-in", email="rosa@clinic.test", password=PASSWORD)
    places.sessions["half"] = half.client.get_cookie("session").value, half.token()
    own = {"/sign-in", "/sign-in/code", "/account/second-factor", "/sign-out"}  # where they are led
    closed = [(method, path, told[0]) for method, path, told in ROWS if told[0] in {303, 403} and path not in own]
    assert len(closed) > 100
    answers = [(method, path, ask(places, "half", method, path)) for method, path, _ in closed]
    assert [(method, path, answer.status_code) for method, path, answer in answers] == closed


def test_looking_changes_nothing_but_the_audit_trail(places):
    before = whole_rows()
    for path in READS:
        for who in WHO:
            for method in ("GET", "HEAD", "OPTIONS"):
                ask(places, who, method, path)
    after = whole_rows()
    assert [name for name in after if after[name] != before[name]] == ["audit_line"]


def test_whatever_is_sent_without_its_token_is_refused_and_changes_nothing(places):
    before = whole_rows()
    # Sent from pages that everybody shares; what is answered and forgotten, without a cookie; by mail programs, to end
    # mails; and what a phone tells days later, which takes the link and has to come from a page of ours
    # (tests/aftercare/test_practice_by_phone.py).
    without = ("/holds", "/recommendation", "/reminders/end", "/practice")
    needs_one = [path for path in WRITES if not path.endswith(without)]
    asked = [(who, path, token) for who in WHO for path in needs_one for token in ("", "not-a-token")]
    answers = {one: ask(places, one[0], "POST", one[1], csrf_token=one[2]).status_code for one in asked}
    nothing_there = {
        path for method, path, told in ROWS if method == "POST" and set(told) == {404}
    }  # a link that is over
    refused = {one: {400, 404} if one[1] in nothing_there else {400} for one in answers}
    assert {one: status for one, status in answers.items() if status not in refused[one]} == {}
    assert whole_rows() == before


def whole(answer):
    """All that tells one refusal from another: status, headers, every byte."""
    return answer.status_code, sorted(answer.headers), answer.data
