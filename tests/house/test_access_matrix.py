"""Who gets what at every address of the clinic. An address that is not in the table fails the suite."""

import pytest
import sqlalchemy as sa

from clinic.core.audit import AuditLine
from clinic.core.db import Model, db
from tests.house.conftest import WHO, WORD

# The columns are WHO. Reads stand first: what is posted below changes what they find.
#                                                stranger  ana  ben rosa  olu disabled ended
MATRIX = """
GET  /                                                200  200  200  200  200  200  200
GET  /healthz                                         200  200  200  200  200  200  200
GET  /outbox                                          404  404  404  404  404  404  404
GET  /treatments/massage/safety                       303  303  303  303  303  303  303
GET  /treatments/psoas-release/safety                 200  200  200  200  200  200  200
GET  /treatments/psoas-release/safety/decision        303  303  303  303  303  303  303
GET  /treatments/massage/assessment                   303  303  303  303  303  303  303
GET  /treatments/massage/times                        200  200  200  200  200  200  200
GET  /treatments/massage/waiting-list                 200  200  200  200  200  200  200
GET  /treatments/psoas-release/waiting-list           303  303  303  303  303  303  303
GET  /waiting-list/{waiting}                          200  200  200  200  200  200  200
GET  /waiting-list/{revoked_waiting}                  404  404  404  404  404  404  404
GET  /waiting-list/{offer}                            404  404  404  404  404  404  404
GET  /waiting-list/{link}                             404  404  404  404  404  404  404
GET  /offers/{offer}                                  200  200  200  200  200  200  200
GET  /offers/{expired_offer}                          404  404  404  404  404  404  404
GET  /offers/{waiting}                                404  404  404  404  404  404  404
GET  /today/waiting-list                              303  200  200  200  200  303  303
GET  /treatments/nothing/times                        404  404  404  404  404  404  404
GET  /treatments/massage/details?slot={slot}          200  200  200  200  200  200  200
GET  /appointments/{link}                             200  200  200  200  200  200  200
GET  /appointments/{other_link}                       200  200  200  200  200  200  200
GET  /appointments/{expired}                          404  404  404  404  404  404  404
GET  /appointments/{revoked}                          404  404  404  404  404  404  404
GET  /appointments/{elsewhere}                        404  404  404  404  404  404  404
GET  /appointments/{forged}                           404  404  404  404  404  404  404
GET  /appointments/{clara}                            404  404  404  404  404  404  404
GET  /appointments/{link}/appointment.ics             200  200  200  200  200  200  200
GET  /appointments/{expired}/appointment.ics          404  404  404  404  404  404  404
GET  /appointments/{revoked}/appointment.ics          404  404  404  404  404  404  404
GET  /appointments/{link}/confirmation                200  200  200  200  200  200  200
GET  /appointments/{expired}/confirmation             404  404  404  404  404  404  404
GET  /appointments/{revoked}/confirmation             404  404  404  404  404  404  404
GET  /appointments/{link}/cancellation                200  200  200  200  200  200  200
GET  /appointments/{expired}/cancellation             404  404  404  404  404  404  404
GET  /appointments/{revoked}/cancellation             404  404  404  404  404  404  404
GET  /appointments/{link}/move                        200  200  200  200  200  200  200
GET  /appointments/{expired}/move                     404  404  404  404  404  404  404
GET  /appointments/{revoked}/move                     404  404  404  404  404  404  404
GET  /appointments/{elsewhere}/move                   404  404  404  404  404  404  404
GET  /appointments/{link}/again                       200  200  200  200  200  200  200
GET  /appointments/{expired}/again                    404  404  404  404  404  404  404
GET  /appointments/{revoked}/again                    404  404  404  404  404  404  404
GET  /appointments/{plan}/again                       404  404  404  404  404  404  404
GET  /appointments/{link}/calendar                    200  200  200  200  200  200  200
GET  /appointments/{revoked}/calendar                 404  404  404  404  404  404  404
GET  /calendar/{feed}.ics                             200  200  200  200  200  200  200
GET  /calendar/{revoked_feed}.ics                     404  404  404  404  404  404  404
GET  /calendar/{diary}.ics                            404  404  404  404  404  404  404
GET  /calendar/{link}.ics                             404  404  404  404  404  404  404
GET  /diary/{diary}.ics                               200  200  200  200  200  200  200
GET  /diary/{revoked_diary}.ics                       404  404  404  404  404  404  404
GET  /diary/{feed}.ics                                404  404  404  404  404  404  404
GET  /diary/blocks/new                                303  200  200  200  200  303  303
GET  /diary/blocks/{anas_block}                       303  200  404  200  200  303  303
GET  /diary/blocks/{nobody}                           303  404  404  404  404  303  303
GET  /today/calendar                                  303  200  200  403  403  303  303
GET  /lost-link                                       200  200  200  200  200  200  200
GET  /sign-in                                         200  303  303  303  303  200  200
GET  /appointments/{link}/account                     200  200  200  200  200  200  200
GET  /appointments/{expired}/account                  404  404  404  404  404  404  404
GET  /my/accounts/{new_account}                       200  200  200  200  200  200  200
GET  /my/accounts/{link}                              404  404  404  404  404  404  404
GET  /my/sign-in                                      200  200  200  200  200  200  200
GET  /my/sign-in-link                                 200  200  200  200  200  200  200
GET  /my/sign-in-links/{sign_in}                      200  200  200  200  200  200  200
GET  /my/sign-in-links/{new_account}                  404  404  404  404  404  404  404
GET  /my                                              303  303  303  303  303  303  303
GET  /my/plan                                         303  303  303  303  303  303  303
GET  /my/answers                                      303  303  303  303  303  303  303
GET  /my/details                                      303  303  303  303  303  303  303
GET  /my/record-views                                 303  303  303  303  303  303  303
GET  /my/password                                     303  303  303  303  303  303  303
GET  /my/deletion                                     303  303  303  303  303  303  303
GET  /diary                                           303  200  200  200  200  303  303
GET  /diary/version                                   303  200  200  200  200  303  303
GET  /diary/appointments/{clara_note}                 303  200  404  200  200  303  303
GET  /diary/appointments/{dmitri_note}                303  404  200  200  200  303  303
GET  /diary/appointments/{no_note}                    303  404  404  404  404  303  303
GET  /today                                           303  200  200  200  200  303  303
GET  /clients                                         303  200  200  200  200  303  303
GET  /clients/matches?q=cla                           303  200  200  200  200  303  303
GET  /clients/{clara}                                 303  200  404  200  200  303  303
GET  /clients/{dmitri}                                303  404  200  200  200  303  303
GET  /clients/{nobody}                                303  404  404  404  404  303  303
GET  /clients/{clara}/findings                        303  200  404  403  403  303  303
GET  /clients/{dmitri}/findings                       303  404  200  403  403  303  303
GET  /clients/{nobody}/findings                       303  404  404  403  403  303  303
GET  /clients/{clara}/plan                            303  200  404  403  403  303  303
GET  /clients/{dmitri}/plan                           303  404  200  403  403  303  303
GET  /clients/{nobody}/plan                           303  404  404  403  403  303  303
GET  /notes/{clara_note}                              303  200  404  403  403  303  303
GET  /notes/{dmitri_note}                             303  404  200  403  403  303  303
GET  /notes/{no_note}                                 303  404  404  403  403  303  303
GET  /plans/{plan}                                    200  200  200  200  200  200  200
GET  /plans/{other_plan}                              200  200  200  200  200  200  200
GET  /plans/{plan}/help                               200  200  200  200  200  200  200
GET  /plans/{plan}/again                              200  200  200  200  200  200  200
GET  /plans/{revoked_plan}/again                      404  404  404  404  404  404  404
GET  /plans/{link}/again                              404  404  404  404  404  404  404
GET  /plans/{plan}/booking                            303  303  303  303  303  303  303
GET  /plans/{revoked_plan}/booking                    404  404  404  404  404  404  404
GET  /plans/{revoked_plan}                            404  404  404  404  404  404  404
GET  /plans/{expired_plan}                            404  404  404  404  404  404  404
GET  /plans/{link}                                    404  404  404  404  404  404  404
GET  /appointments/{plan}                             404  404  404  404  404  404  404
GET  /plans/{revoked_plan}/help                       404  404  404  404  404  404  404
POST /notes/{clara_note}/draft                        403  409  404  403  403  403  403
POST /notes/{dmitri_note}/draft                       403  404  409  403  403  403  403
POST /notes/{no_note}/draft                           403  404  404  403  403  403  403
POST /notes/{clara_note}/signature                    403  409  404  403  403  403  403
POST /notes/{dmitri_note}/signature                   403  404  409  403  403  403  403
POST /notes/{no_note}/signature                       403  404  404  403  403  403  403
POST /notes/{clara_note}/amendments                   403  422  404  403  403  403  403
POST /notes/{dmitri_note}/amendments                  403  404  303  403  403  403  403
POST /notes/{no_note}/amendments                      403  404  404  403  403  403  403
POST /clients/{clara}/findings                        403  303  404  403  403  403  403
POST /clients/{dmitri}/findings                       403  404  303  403  403  403  403
POST /clients/{nobody}/findings                       403  404  404  403  403  403  403
POST /clients/{clara}/plan                            403  409  404  403  403  403  403
POST /clients/{nobody}/plan                           403  404  404  403  403  403  403
POST /clients/{clara}/plan/issue                      403  409  404  403  403  403  403
POST /clients/{nobody}/plan/issue                     403  404  404  403  403  403  403
POST /plans/{plan}/log                                422  422  422  422  422  422  422
POST /plans/{plan}/again                              409  409  409  409  409  409  409
POST /plans/{revoked_plan}/log                        404  404  404  404  404  404  404
POST /plans/{expired_plan}/log                        404  404  404  404  404  404  404
POST /clients/{clara}/plan/link/revocation            403  303  404  403  403  403  403
POST /clients/{nobody}/plan/link/revocation           403  404  404  403  403  403  403
POST /diary/blocks                                    403  422  422  422  422  403  403
POST /diary/blocks/{nobody}                           403  404  404  404  404  403  403
POST /diary/blocks/{anas_block}                       403  422  404  422  422  403  403
POST /diary/blocks/{nobody}/deletion                  403  404  404  404  404  403  403
POST /diary/appointments/{clara_note}/time            403  422  404  422  422  403  403
POST /diary/appointments/{dmitri_note}/time           403  404  422  422  422  403  403
POST /diary/appointments/{no_note}/time               403  404  404  404  404  403  403
POST /today/names                                     403  303  303  303  303  403  403
POST /work/{clara_call}/completion                    403  303  404  404  404  403  403
POST /work/{dmitri_call}/completion                   403  404  303  404  404  403  403
POST /work/{clara_call}/approval                      403  404  404  404  404  403  403
POST /work/{no_call}/approval                         403  404  404  404  404  403  403
POST /work/{clara_call}/refusal                       403  404  404  404  404  403  403
POST /work/{no_call}/refusal                          403  404  404  404  404  403  403
POST /work/{no_call}/completion                       403  404  404  404  404  403  403
POST /sign-in                                         422  422  422  422  422  422  422
POST /sign-out                                        403  303  303  303  303  403  403
POST /appointments/{expired}/account                  404  404  404  404  404  404  404
POST /appointments/{link}/account                     200  200  200  200  200  200  200
POST /my/accounts/{link}                              404  404  404  404  404  404  404
POST /my/accounts/{new_account}                       422  422  422  422  422  422  422
POST /my/sign-in                                      422  422  422  422  422  422  422
POST /my/sign-in-link                                 422  422  422  422  422  422  422
POST /my/sign-in-links/{new_account}                  404  404  404  404  404  404  404
POST /my/sign-in-links/{sign_in}                      404  404  404  404  404  404  404
POST /my/sign-out                                     403  403  403  403  403  403  403
POST /my/details                                      403  403  403  403  403  403  403
POST /my/password                                     403  403  403  403  403  403  403
POST /my/deletion                                     403  403  403  403  403  403  403
POST /treatments/psoas-release/safety                 422  422  422  422  422  422  422
POST /treatments/massage/details?slot={slot}          422  422  422  422  422  422  422
POST /treatments/massage/waiting-list                 422  422  422  422  422  422  422
POST /offers/{expired_offer}/acceptance               404  404  404  404  404  404  404
POST /offers/{waiting}/acceptance                     404  404  404  404  404  404  404
POST /offers/{offer}/acceptance                       409  409  409  409  409  409  409
POST /offers/{waiting}/refusal                        404  404  404  404  404  404  404
POST /offers/{offer}/refusal                          303  303  303  303  303  303  303
POST /waiting-list/{revoked_waiting}/departure        404  404  404  404  404  404  404
POST /waiting-list/{offer}/departure                  404  404  404  404  404  404  404
POST /waiting-list/{waiting}/departure                303  303  303  303  303  303  303
POST /today/waiting-list/{nobody}/departure           403  404  404  404  404  403  403
POST /holds                                           404  404  404  404  404  404  404
POST /visit/end                                       303  303  303  303  303  303  303
POST /appointments                                    404  404  404  404  404  404  404
POST /lost-link                                       422  422  422  422  422  422  422
POST /appointments/{expired}/confirmation             404  404  404  404  404  404  404
POST /appointments/{revoked}/confirmation             404  404  404  404  404  404  404
POST /appointments/{elsewhere}/confirmation           404  404  404  404  404  404  404
POST /appointments/{forged}/confirmation              404  404  404  404  404  404  404
POST /appointments/{expired}/cancellation             404  404  404  404  404  404  404
POST /appointments/{revoked}/cancellation             404  404  404  404  404  404  404
POST /appointments/{elsewhere}/cancellation           404  404  404  404  404  404  404
POST /appointments/{forged}/cancellation              404  404  404  404  404  404  404
POST /appointments/{expired}/move                     404  404  404  404  404  404  404
POST /appointments/{link}/following                   404  404  404  404  404  404  404
POST /appointments/{expired}/following                404  404  404  404  404  404  404
POST /appointments/{revoked}/move                     404  404  404  404  404  404  404
POST /appointments/{forged}/move                      404  404  404  404  404  404  404
POST /appointments/{link}/move                        409  409  409  409  409  409  409
POST /appointments/{link}/again                       409  409  409  409  409  409  409
POST /appointments/{revoked}/again                    404  404  404  404  404  404  404
POST /plans/{revoked_plan}/again                      404  404  404  404  404  404  404
POST /appointments/{link}/calendar                    303  303  303  303  303  303  303
POST /appointments/{revoked}/calendar                 404  404  404  404  404  404  404
POST /appointments/{link}/calendar/revocation         303  303  303  303  303  303  303
POST /appointments/{revoked}/calendar/revocation      404  404  404  404  404  404  404
POST /today/calendar                                  403  303  303  403  403  403  403
POST /today/calendar/revocation                       403  303  303  403  403  403  403
POST /appointments/{link}/confirmation                303  303  303  303  303  303  303
POST /appointments/{link}/cancellation                303  303  303  303  303  303  303
"""
ROWS = [(method, path, tuple(map(int, told))) for method, path, *told in map(str.split, MATRIX.strip().splitlines())]
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
    told = {(who, path) for path in READS for who in WHO if WORD in ask(places, who, "GET", path).text}
    theirs = {
        (who, path.format(client))
        for who, client in (("ana", "clara"), ("ben", "dmitri"))
        for path in ("/clients/{{{}}}", "/clients/{{{}}}/plan", "/notes/{{{}_note}}")
    }
    theirs.add(("ana", "/diary/blocks/{anas_block}"))
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
    for path in ("/clients/{{{}}}/plan", "/clients/{{{}}}/findings"):
        assert whole(ask(places, "ben", "GET", path.format("clara"))) == whole(
            ask(places, "ben", "GET", path.format("nobody"))
        )
    for page in ("", "/draft", "/signature", "/amendments"):
        method = "POST" if page else "GET"
        anothers, absent = (
            ask(places, "ben", method, f"/notes/{{{note}}}{page}") for note in ("clara_note", "no_note")
        )
        assert whole(anothers) == whole(absent)


def test_a_plans_link_that_is_no_longer_good_looks_like_one_that_never_was(places):
    for page in ("", "/help", "/again", "/booking"):
        never = whole(ask(places, "stranger", "GET", f"/plans/none{page}"))
        for link in ("revoked_plan", "expired_plan", "link"):
            assert whole(ask(places, "stranger", "GET", f"/plans/{{{link}}}{page}")) == never, (link, page)


def test_a_link_that_is_no_longer_good_looks_like_one_that_never_was(places):
    for page in ("", "/appointment.ics", "/cancellation", "/confirmation", "/move", "/again"):
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


def test_looking_changes_nothing_but_the_audit_trail(places):
    before = rows_of_every_table()
    for path in READS:
        for who in WHO:
            for method in ("GET", "HEAD", "OPTIONS"):
                ask(places, who, method, path)
    after = rows_of_every_table()
    assert [name for name in after if after[name] != before[name]] == ["audit_line"]


def test_whatever_is_sent_without_its_token_is_refused_and_changes_nothing(places):
    before = rows_of_every_table()
    needs_one = [path for path in WRITES if path != "/holds"]  # sent from pages that everybody shares
    asked = [(who, path, token) for who in WHO for path in needs_one for token in ("", "not-a-token")]
    answers = {one: ask(places, one[0], "POST", one[1], csrf_token=one[2]).status_code for one in asked}
    assert {one: status for one, status in answers.items() if status != 400} == {}
    assert rows_of_every_table() == before


def rows_of_every_table():
    found = {
        table.name: sorted(map(repr, db.session.execute(sa.select(table)).all()))
        for table in Model.metadata.sorted_tables
    }
    db.session.rollback()
    return found


def whole(answer):
    """All that tells one refusal from another: status, headers, every byte."""
    return answer.status_code, sorted(answer.headers), answer.data
