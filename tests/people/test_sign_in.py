"""Signing in: the same answer for known and unknown, a limit on tries, and no way off the site."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from clinic.core import throttle
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account
from clinic.people.operations import hash_password, password_matches
from clinic.people.rules import COMMON, LEAST, password_refusal
from tests.cast import PASSWORD, PHONE
from tests.conftest import NOW


def try_to(visitor, email="rosa@clinic.test", password="wrong horse battery", query=""):
    visitor.get("/sign-in")
    return visitor.post(f"/sign-in{query}", email=email, password=password)


def test_the_staff_lands_on_the_day_sheet(visitor):
    visitor.sign_in("rosa")
    assert visitor.page.request.path == "/today"
    assert db.session.scalar(select(AuditLine.action)) == "account.signed_in"


def test_an_address_is_known_however_it_is_typed(visitor):
    try_to(visitor, email="  ROSA@clinic.test ", password=PASSWORD)
    visitor.enter_code()
    assert visitor.page.request.path == "/today"


def test_known_and_unknown_get_the_same_answer(visitor, new_visitor):
    with writing():
        db.session.execute(update(Account).where(Account.name == "Olu").values(active=False))
        db.session.commit()
    answers = set()
    for email in ("rosa@clinic.test", "nobody@clinic.test", "olu@clinic.test"):
        one = new_visitor()
        page = try_to(one, email=email, password=PASSWORD if email.startswith("olu") else "wrong horse battery")
        headers = [name for name, _ in page.headers]
        answers.add((page.status_code, one.text, tuple(headers)))
        assert email in page.text  # what was typed is kept, but for the password
        assert "wrong horse" not in page.text
    assert len({(status, headers) for status, _, headers in answers}) == 1
    assert {status for status, _, _ in answers} == {422}
    assert len({words for _, words, _ in answers}) == 1


def test_an_unknown_account_takes_the_same_work_to_refuse(app):
    assert not password_matches(None, PASSWORD)
    assert not password_matches(None, "nobody has this password")
    assert not password_matches(hash_password(PASSWORD), "another password")
    assert not password_matches("no hash at all", PASSWORD)
    assert password_matches(hash_password(PASSWORD), PASSWORD)


def test_the_eleventh_try_in_five_minutes_is_refused_even_with_the_right_password(visitor):
    for _ in range(10):
        assert try_to(visitor).status_code == 422
    assert try_to(visitor, password=PASSWORD).status_code == 429
    assert "Wait five minutes" in visitor.text
    with time_machine.travel(NOW + timedelta(minutes=5, seconds=1), tick=False):
        try_to(visitor, password=PASSWORD)
        assert visitor.page.request.path == "/sign-in/code"


def test_one_address_has_twenty_tries_an_hour_whatever_accounts_it_tries(app):
    def tries(count, *, address, at=NOW):
        with writing():
            answers = [
                throttle.too_many(db.session, account=f"{n}@x.test", address=address, now=at) for n in range(count)
            ]
            db.session.commit()
        return answers

    assert tries(22, address="192.0.2.1") == [False] * 20 + [True] * 2
    assert tries(1, address="192.0.2.2") == [False]
    assert tries(1, address="192.0.2.1", at=NOW + timedelta(minutes=59)) == [True]
    assert tries(1, address="192.0.2.1", at=NOW + timedelta(hours=2)) == [False]


def test_of_many_who_try_one_account_at_the_same_moment_ten_are_heard(app):
    together, crowd = Barrier(14), range(14)

    def tries(n):
        with app.app_context(), writing():
            together.wait()
            over = throttle.too_many(db.session, account="rosa@clinic.test", address=f"192.0.2.{n}", now=NOW)
            db.session.commit()
            return over

    with ThreadPoolExecutor(len(crowd)) as pool:
        assert sorted(pool.map(tries, crowd)) == [False] * 10 + [True] * 4


def test_who_tried_stands_nowhere_in_the_table(visitor):
    try_to(visitor)
    rows = str(db.session.execute(text("SELECT * FROM sign_in_try")).all())
    assert "rosa" not in rows
    assert "127.0.0.1" not in rows


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.test/", "//evil.test", "///evil.test", "/\\evil.test", "\\\\evil.test", "http:evil.test",
        "javascript:alert(1)", " //evil.test", "/%09/evil.test", "/today\r\nX: y", "evil.test", "", "/\t/evil.test", "//[",
    ],
)  # fmt: skip
def test_signing_in_never_leads_off_the_site(visitor, target):
    visitor.get("/sign-in")
    query = {"follow": False, "query_string": {"next": target}}
    password = {"email": "rosa@clinic.test", "password": PASSWORD, "csrf_token": visitor.token()}
    page = visitor._request("POST", "/sign-in", data=password, **query)
    assert_local(page)
    visitor.get("/sign-in/code")
    code = {"code": PHONE.at(NOW), "csrf_token": visitor.token()}
    assert_local(visitor._request("POST", "/sign-in/code", data=code, **query))


def assert_local(page):
    assert page.status_code == 303
    assert page.headers["Location"].startswith("/")
    assert "\\" not in page.headers["Location"]
    assert not page.headers["Location"].replace("\t", "").startswith("//")


def test_signing_in_leads_on_to_where_somebody_was_going(visitor):
    visitor.get("/today?on=2026-03-12")
    assert visitor.page.request.path == "/sign-in"
    visitor.send(visitor.page.request.full_path, email="rosa@clinic.test", password=PASSWORD)
    visitor.enter_code()
    assert visitor.page.request.full_path == "/today?on=2026-03-12"


def test_nothing_of_the_session_before_is_kept(visitor):
    visitor.get("/treatments/psoas-release/times")
    before = visitor.client.get_cookie("session")
    visitor.sign_in("rosa")
    after = visitor.client.get_cookie("session")
    assert after
    assert before is None or before.value != after.value


@pytest.mark.parametrize("change", [{"sessions_version": 2}, {"active": False}])
def test_a_session_ends_when_its_account_is_closed_or_told_to_end(visitor, change):
    visitor.sign_in("rosa")
    with writing():
        db.session.execute(update(Account).where(Account.name == "Rosa").values(**change))
        db.session.commit()
    visitor.get("/today")
    assert visitor.page.request.path == "/sign-in"


def test_signing_out_ends_the_session(visitor):
    visitor.sign_in("rosa")
    visitor.post("/sign-out")
    visitor.get("/today")
    assert visitor.page.request.path == "/sign-in"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("a" * 5 + "bcdef", "password_short"),
        ("Password1234", "password_common"),
        ("abababababab", "password_common"),
        ("rosa@clinic.test", "password_common"),
        ("x y z " * 50, "password_long"),
        ("P@ssw0rd-2026!", "password_common"),
        ("Welcome-to-clinic", "password_common"),
        ("qwertyuiop[]12", "password_common"),
        ("LiverpoolFootball1892", "password_common"),
        ("0987654321234", "password_common"),
        ("rosa.teacup-2026", "password_common"),
        ("839201748362", None),
        ("psoas on the 7.42 tram", None),
        (PASSWORD, None),
    ],
)
def test_a_new_password_is_long_and_not_common(password, code):
    email = "rosa.teacup@clinic.test" if "teacup" in password else "rosa@clinic.test"
    assert password_refusal(password, email=email) == code


@given(st.lists(st.sampled_from([*COMMON, "1234", "qwer", "!", "2026", "99"]), min_size=1, max_size=6), st.booleans())
def test_common_words_in_any_order_stay_common(words, shouted):
    password = "".join(words)
    assert password_refusal(password.upper() if shouted else password, email="") is not None


@given(st.lists(st.sampled_from(["tram", "spoon", "quiet", "fern", "gable", "otter"]), min_size=3, max_size=5))
def test_words_of_ones_own_are_taken(words):
    password = " ".join(words)
    assert password_refusal(password, email="rosa@clinic.test") == (
        None if len(password) >= LEAST else "password_short"
    )


def test_passwords_are_kept_by_argon2id_with_nineteen_megabytes_and_two_passes():
    _, kind, _, costs, *_ = hash_password(PASSWORD).split("$")
    memory, passes, lanes = (int(one.partition("=")[2]) for one in costs.split(","))
    assert (kind, memory >= 19 * 1024, passes >= 2, lanes >= 1) == ("argon2id", True, True, True)
