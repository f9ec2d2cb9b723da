"""The second factor of the staff: set up at the first sign-in, asked for ever after, each code good once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
import time_machine

from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account, RecoveryCode
from clinic.places.models import Clinic
from tests import phones
from tests.cast import PASSWORD, PHONE
from tests.conftest import NOW
from tests.visitor import Visitor

STEP = timedelta(seconds=30)
NEXT = NOW + STEP  # the code after this one, good already
CODE, SET_UP = "/sign-in/code", "/account/second-factor"


def give_password(visitor, name="rosa"):
    visitor.get("/sign-in")
    return visitor.post("/sign-in", email=f"{name}@clinic.test", password=PASSWORD)


def enter(visitor, code):
    visitor.get(CODE)
    return visitor.send(CODE, code=code)


def change(model=Account, **values):
    with writing():
        db.session.execute(sa.update(model).values(**values))
        db.session.commit()


@pytest.fixture
def without_phones(cast):
    change(totp_sealed=None, second_factor_at=None)


def is_in(visitor):
    return visitor.get("/today").request.path == "/today"


def test_after_the_password_the_code_of_the_phone_is_asked_for(visitor):
    assert give_password(visitor).request.path == CODE
    assert not is_in(visitor)
    enter(visitor, PHONE.at(NOW))
    assert visitor.page.request.path == "/today"


def test_a_code_is_good_once(visitor, new_visitor):
    give_password(visitor)
    enter(visitor, PHONE.at(NOW))
    assert is_in(visitor)
    other = new_visitor()
    give_password(other)
    assert enter(other, PHONE.at(NOW)).status_code == 422
    assert enter(other, PHONE.at(NOW - STEP)).status_code == 422  # the one before has gone by with it
    assert not is_in(other)
    enter(other, PHONE.at(NEXT))
    assert is_in(other)


def enter_at_once(app, code):
    """Two who gave Rosa's password enter the same code; where each of them is then."""
    both = [Visitor(app), Visitor(app)]
    for one in both:
        give_password(one)
    together = Barrier(2)

    def enters(one):
        with app.app_context():
            together.wait()
            return one.send(CODE, code=code).request.path

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(enters, both))


def test_of_two_with_the_same_code_at_once_one_gets_in(app, cast):
    assert enter_at_once(app, PHONE.at(NOW)) == [CODE, "/today"]


def test_of_two_with_the_same_recovery_code_at_once_one_gets_in(app, visitor):
    for code in with_codes(visitor)[:4]:
        assert enter_at_once(app, code) == [CODE, "/today"]


@pytest.mark.parametrize(("seconds", "gets_in"), [(-65, False), (-30, True), (0, True), (30, True), (65, False)])
def test_a_phone_whose_clock_is_a_little_off_will_do(visitor, seconds, gets_in):
    give_password(visitor)
    enter(visitor, PHONE.at(NOW + timedelta(seconds=seconds)))
    assert is_in(visitor) is gets_in


@pytest.mark.parametrize("typed", ["", "000000", "１２３４５６", "x" * 41, "12 34", "\0", "٣٤٥٦٧٨"])
def test_what_is_no_code_is_refused_in_words(visitor, typed):
    give_password(visitor)
    assert enter(visitor, typed).status_code == 422
    assert "There is a problem" in visitor.text


def test_a_code_may_be_typed_with_a_gap(visitor):
    give_password(visitor)
    code = PHONE.at(NOW)
    enter(visitor, f" {code[:3]} {code[3:]} ")
    assert is_in(visitor)


def test_codes_are_tried_ten_times_in_five_minutes_and_no_more(visitor):
    give_password(visitor)
    for _ in range(10):
        assert enter(visitor, "000000").status_code == 422
    assert enter(visitor, PHONE.at(NOW)).status_code == 429
    assert not is_in(visitor)
    later = NOW + timedelta(minutes=5, seconds=1)
    with time_machine.travel(later, tick=False):
        enter(visitor, PHONE.at(later))
        assert is_in(visitor)


def test_whoever_has_no_second_factor_sets_it_up_before_anything_else(visitor, without_phones):
    visitor.get("/clients")
    assert (
        visitor.send(visitor.page.request.full_path, email="rosa@clinic.test", password=PASSWORD).request.path == SET_UP
    )
    assert visitor.get("/today").request.path == SET_UP
    assert visitor.get(f"{SET_UP}?next=/clients").text.count("<svg") == 1
    phone, codes = phones.set_up(visitor)
    assert len(set(codes)) == 10
    assert visitor.link("I have kept them") == "/clients"
    assert is_in(visitor)
    account = db.session.scalar(sa.select(Account).where(Account.name == "Rosa"))
    assert (account.second_factor_at, account.totp) == (NOW, phone.secret)
    assert phone.secret.encode() not in account.totp_sealed


def test_a_set_up_counts_once_a_code_confirms_it(visitor, without_phones):
    give_password(visitor)
    shown = phones.scan(visitor).secret
    assert visitor.send(SET_UP, new="000000").status_code == 422
    assert phones.scan(visitor).secret == shown
    assert not is_in(visitor)
    assert db.session.scalar(sa.select(sa.func.count(Account.second_factor_at))) == 0


def test_a_password_does_not_put_another_phone_in_the_place_of_the_one_there_is(visitor):
    give_password(visitor)
    assert visitor.get(SET_UP).request.path == CODE
    visitor.post(SET_UP, new="123456")
    assert visitor.page.request.path == CODE


def test_another_phone_needs_a_code_of_the_one_before_and_ends_other_sessions(visitor, new_visitor):
    other = new_visitor()
    other.sign_in("rosa")
    visitor.sign_in("rosa")
    visitor.get(SET_UP)
    phone = phones.scan(visitor)
    assert visitor.send(SET_UP, new=phone.at(NOW), code="000000").status_code == 422
    visitor.send(SET_UP, new=phone.at(NOW), code=PHONE.at(NEXT))
    assert len(phones.codes_on(visitor.page.text)) == 10
    assert is_in(visitor)
    assert not is_in(other)


def with_codes(visitor, name="rosa"):
    """Signed in, with new recovery codes."""
    visitor.sign_in(name)
    visitor.get("/account/recovery-codes")
    visitor.send("/account/recovery-codes", code=PHONE.at(NEXT))
    return phones.codes_on(visitor.page.text)


def test_each_recovery_code_signs_in_once(visitor, new_visitor):
    codes = with_codes(visitor)
    other = new_visitor()
    give_password(other)
    enter(other, codes[0].upper().replace("-", " "))
    assert is_in(other)
    third = new_visitor()
    give_password(third)
    assert enter(third, codes[0]).status_code == 422
    enter(third, codes[1])
    assert is_in(third)
    assert "8 of them are still good" in (third.get("/account"), third.text)[1]


def test_new_recovery_codes_take_the_place_of_the_old(visitor, new_visitor):
    old = with_codes(visitor)
    with writing():
        db.session.execute(sa.update(Account).values(totp_step=None))
        db.session.commit()
    visitor.get("/account/recovery-codes")
    visitor.send("/account/recovery-codes", code=PHONE.at(NOW))
    new = phones.codes_on(visitor.page.text)
    assert not set(old) & set(new)
    other = new_visitor()
    give_password(other)
    assert enter(other, old[0]).status_code == 422
    enter(other, new[0])
    assert is_in(other)


def test_recovery_codes_are_kept_as_digests_and_are_good_for_their_account_alone(visitor, new_visitor):
    codes = with_codes(visitor)
    kept = db.session.scalars(sa.select(RecoveryCode.digest)).all()
    assert len(kept) == 10
    assert not any(
        code.encode() in digest or code.replace("-", "").encode() in digest for code in codes for digest in kept
    )
    olu = new_visitor()
    give_password(olu, "olu")
    assert enter(olu, codes[0]).status_code == 422


def test_new_recovery_codes_need_a_code(visitor):
    visitor.sign_in("rosa")
    visitor.get("/account/recovery-codes")
    assert visitor.send("/account/recovery-codes", code="000000").status_code == 422
    assert phones.codes_on(visitor.page.text) == []


def test_in_a_demo_nobody_is_asked_and_the_account_says_so(visitor, without_phones):
    change(Clinic, demo=True)
    assert give_password(visitor).request.path == "/today"
    visitor.get("/account")
    assert "demo: not asked for" in visitor.text
    visitor.get(visitor.link("Set up a second factor"))
    assert "Demo: not asked for" in visitor.text


def test_a_password_waits_half_an_hour_for_its_code(visitor):
    give_password(visitor)
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        assert visitor.get(CODE).request.path == "/sign-in"


@pytest.mark.parametrize("values", [{"active": False}, {"sessions_version": 7}])
def test_an_account_that_is_closed_meanwhile_gets_no_further(visitor, values):
    give_password(visitor)
    change(**values)
    assert visitor.send(CODE, code=PHONE.at(NOW)).status_code == 403
    assert not is_in(visitor)


def test_another_password_needs_the_one_before_and_ends_other_sessions(visitor, new_visitor):
    other = new_visitor()
    other.sign_in("rosa")
    visitor.sign_in("rosa")
    visitor.get("/account/password")
    assert visitor.send("/account/password", old="a wrong guess", new="three odd little spoons").status_code == 422
    visitor.send("/account/password", old=PASSWORD, new="three odd little spoons")
    assert "is changed" in visitor.text
    assert is_in(visitor)
    assert not is_in(other)
    assert give_password(other).status_code == 422


def test_signing_out_everywhere_ends_every_session(visitor, new_visitor):
    other = new_visitor()
    for one in (visitor, other):
        one.sign_in("rosa")
    visitor.post("/account/sign-out")
    assert not is_in(visitor)
    assert not is_in(other)


def test_whoever_was_invited_and_has_not_come_signs_in_with_no_password(visitor):
    change(password_hash="")
    for password in (PASSWORD, "", "nobody has this password"):
        visitor.get("/sign-in")
        assert visitor.post("/sign-in", email="rosa@clinic.test", password=password).status_code == 422


def test_the_trail_says_by_what_somebody_signed_in_and_no_secret(visitor, new_visitor):
    codes = with_codes(visitor)
    other = new_visitor()
    give_password(other)
    enter(other, codes[0])
    lines = db.session.execute(sa.select(AuditLine.action, AuditLine.detail).order_by(AuditLine.id)).all()
    assert [detail["by"] for action, detail in lines if action == "account.signed_in"] == ["code", "recovery_code"]
    assert not any(code in str(lines) for code in codes)
    assert PHONE.secret not in str(lines)


@pytest.mark.parametrize("path", [CODE, SET_UP, "/account/password", "/account/recovery-codes"])
def test_fields_that_no_form_has_change_nothing(visitor, without_phones, path):
    """S3: every column of an account, sent with each of these forms."""
    change(Clinic, demo=True)
    give_password(visitor)
    before = of_rosa()
    visitor.get(SET_UP)
    visitor.post(path, **{**before, "role": "owner", "id": "1", "name": "Eve", "active": "", "totp_step": "1"})
    assert of_rosa() == before


def of_rosa():
    row = db.session.execute(sa.select(Account.__table__).where(Account.name == "Rosa")).one()
    return {name: "" if value is None else str(value) for name, value in row._mapping.items()}
