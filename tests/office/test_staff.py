"""Who works here: invited, come, changed, gone; and nobody gives a role as high as their own."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.booking.models import Resource
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account, Therapist
from clinic.people.rules import RANKS, may_grant
from tests import phones
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of

SECRET = "three odd little spoons"
IRIS = {"name": "Iris Brook", "email": "Iris@clinic.test", "role": "reception"}


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def invite(owner, **who):
    owner.get("/clinic/staff/new")
    return owner.send("/clinic/staff", **{**IRIS, **who})


def mailed(app, *, now=NOW):
    """The address of the invitation in the mail that came last; None where none came."""
    box = Letterbox()
    box.round(app, now)
    found = [re.search(r"/invitations/\S+", text_of(mail)) for mail in box.mails]
    return next((one[0] for one in reversed(found) if one), None)


def account(name):
    db.session.expire_all()
    return db.session.scalar(sa.select(Account).where(Account.name == name))


def page_of(name):
    return page_of_id(account(name).id)


def page_of_id(account_id):
    return f"/clinic/staff/{account_id}"


def test_whoever_is_invited_chooses_a_password_sets_up_a_phone_and_is_in(app, olu, new_visitor):
    invite(olu)
    assert "Iris Brook is invited" in olu.text
    iris, link = new_visitor(), mailed(app)
    iris.get(link)
    assert "iris@clinic.test" in iris.text
    assert iris.send(link, new="short").status_code == 422
    iris.send(link, new=SECRET)
    assert iris.page.request.path == "/account/second-factor"
    phone, codes = phones.set_up(iris)
    assert len(codes) == 10
    assert iris.get("/today").request.path == "/today"
    other = new_visitor()
    other.get("/sign-in")
    other.post("/sign-in", email="iris@clinic.test", password=SECRET)
    other.send("/sign-in/code", code=phone.at(NOW + timedelta(seconds=30)))
    assert other.page.request.path == "/today"


def test_the_mail_names_nobody_but_the_invited_and_holds_no_secret_in_its_subject(app, olu):
    invite(olu)
    box = Letterbox()
    box.round(app, NOW)
    (mail,) = box.mails
    assert mail["To"] == "iris@clinic.test"
    assert mail["Subject"] == "Your account at Test Clinic"
    assert "Hello Iris" in text_of(mail)


def test_an_invitation_is_good_once_and_says_whom_to_ask_then(app, olu, new_visitor):
    invite(olu)
    link = mailed(app)
    for _ in range(2):
        iris = new_visitor()
        iris.get(link)
        iris.post(link, new=SECRET)
    assert iris.page.status_code == 404
    assert "ask whoever runs the clinic" in iris.text


def test_an_invitation_runs_out_after_seven_days_and_another_may_be_sent(app, olu, new_visitor):
    invite(olu)
    link, late = mailed(app), NOW + timedelta(days=7)
    with time_machine.travel(late, tick=False):
        assert new_visitor().get(link).status_code == 404
        olu.get("/clinic/staff")
        assert "did not come in time" in olu.text
        olu.post(f"{page_of('Iris Brook')}/invitation")
        another = mailed(app, now=late)
        assert new_visitor().get(link).status_code == 404
        assert new_visitor().get(another).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(app, olu, new_visitor):
    invite(olu)
    link = mailed(app)
    olu.post(f"{page_of('Iris Brook')}/invitation/withdrawal")
    assert new_visitor().get(link).status_code == 404
    assert "Invitation withdrawn" in (olu.get("/clinic/staff"), olu.text)[1]


def test_an_invitation_that_was_withdrawn_before_its_mail_went_is_not_sent(app, olu):
    invite(olu)
    olu.post(f"{page_of('Iris Brook')}/invitation/withdrawal")
    assert mailed(app) is None


def test_whoever_came_is_not_invited_again(olu):
    for what in ("", "/withdrawal"):
        assert olu.post(f"{page_of('Rosa')}/invitation{what}").status_code == 409


def test_an_address_is_invited_once(olu):
    invite(olu)
    assert invite(olu, name="Iris Again").status_code == 422
    assert "here already" in olu.text
    assert "Iris Again" in olu.page.text  # what was typed is kept
    assert invite(olu, email="ROSA@clinic.test").status_code == 422


def test_a_new_therapist_has_a_place_in_the_diary_and_an_address_of_their_own(olu):
    invite(olu, name="Ana Moreau", role="therapist")
    ana = db.session.scalar(sa.select(Account).where(Account.email == "iris@clinic.test")).therapist
    assert ana.slug == "ana-moreau-2"
    assert db.session.scalar(sa.select(Resource.id).where(Resource.therapist_id == ana.id))
    olu.get(page_of_id(ana.account_id))
    assert olu.get(olu.link("Their working hours")).status_code == 200


def test_a_therapist_of_the_diary_gets_the_account(olu):
    with writing():
        kit = Therapist(name="Kit Long", slug="kit-long")
        db.session.add(kit)
        db.session.flush()
        db.session.add(Resource(therapist_id=kit.id))
        db.session.commit()
    invite(olu, name="Kit Long", role="therapist", therapist=str(kit.id))
    assert account("Kit Long").therapist.slug == "kit-long"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Therapist)) == 3


def test_anothers_therapist_cannot_be_taken(olu, cast):
    assert invite(olu, role="therapist", therapist=str(cast.ana.id)).status_code == 422
    assert account("Iris Brook") is None


@pytest.mark.parametrize("role", ["owner", "", "admin", "staff"])
def test_nobody_makes_another_as_high_as_themself(olu, role):
    assert invite(olu, role=role).status_code == 422
    assert olu.post(f"{page_of('Rosa')}/role", role=role).status_code == 422
    assert account("Iris Brook") is None
    assert account("Rosa").role == "reception"


def test_whatever_is_granted_is_below_whoever_grants_it():
    assert all(RANKS[role] < RANKS[own] for own in RANKS for role in may_grant(own))
    assert may_grant("owner") == ["therapist", "reception"]


@pytest.mark.parametrize("what", ["role", "deactivation", "reactivation", "invitation", "second-factor-reset"])
def test_an_owner_changes_neither_themself_nor_another_owner(olu, what):
    with writing():
        db.session.add(Account(email="oda@clinic.test", name="Oda", role="owner", password_hash="x"))
        db.session.commit()
    for name in ("Olu", "Oda"):
        before = everything(name)
        assert olu.post(f"{page_of(name)}/{what}", role="reception").status_code == 403
        assert everything(name) == before


def everything(name):
    return {column.name: getattr(account(name), column.name) for column in Account.__table__.columns}


def test_another_role_ends_their_sessions_and_is_told_from_what_to_what(olu, new_visitor):
    rosa = new_visitor()
    rosa.sign_in("rosa")
    olu.get(page_of("Rosa"))
    olu.send(f"{page_of('Rosa')}/role", role="therapist")
    assert "reception → therapist" in olu.text
    assert rosa.get("/today").request.path == "/sign-in"
    assert account("Rosa").therapist.slug == "rosa"
    assert last() == ("account.role_changed", {"role": ["reception", "therapist"]})


def last():
    return tuple(
        db.session.execute(sa.select(AuditLine.action, AuditLine.detail).order_by(AuditLine.id.desc())).first()
    )


def test_the_same_role_again_changes_nothing(olu):
    olu.post(f"{page_of('Rosa')}/role", role="reception")
    assert account("Rosa").sessions_version == 1


def test_who_is_no_therapist_any_more_is_not_offered(olu, cast):
    olu.post(f"/clinic/staff/{cast.ana.account_id}/role", role="reception")
    olu.get("/treatments/massage/times")
    assert "Ana" not in olu.text


def test_a_closed_account_is_signed_out_not_offered_and_opened_again(olu, new_visitor, cast):
    ana = new_visitor()
    ana.sign_in("ana")
    member = f"/clinic/staff/{cast.ana.account_id}"
    olu.post(f"{member}/deactivation")
    assert last() == ("account.deactivated", {"active": [True, False]})
    assert ana.get("/today").request.path == "/sign-in"
    assert ana.sign_in("ana").status_code == 422
    assert "Ana" not in (ana.get("/treatments/massage/times"), ana.text)[1]
    olu.post(f"{member}/reactivation")
    ana.sign_in("ana")
    assert ana.page.request.path == "/today"
    assert "Ana" in (ana.get("/treatments/massage/times"), ana.text)[1]


def test_a_reset_second_factor_is_set_up_anew_at_the_next_sign_in(olu, new_visitor):
    rosa = new_visitor()
    rosa.sign_in("rosa")
    olu.post(f"{page_of('Rosa')}/second-factor-reset")
    assert last() == ("account.second_factor_reset", {"second_factor": ["set", "none"]})
    assert rosa.get("/today").request.path == "/sign-in"
    rosa.sign_in("rosa")
    assert rosa.page.request.path == "/account/second-factor"


def test_who_works_here_is_told_with_what_they_have_done_so_far(olu, new_visitor):
    new_visitor().sign_in("rosa")
    invite(olu)
    olu.get("/clinic/staff")
    assert "Rosa , Reception Here last Wednesday 11 March 2026. Second factor since Monday 5 January 2026." in olu.text
    assert "Ben Okafor , Therapist Has not signed in yet." in olu.text
    assert "Invited, has not come yet. The invitation is good until Wednesday 18 March 2026." in olu.text


def test_fields_that_no_form_has_change_nothing(app, olu, new_visitor):
    """S3: every column of an account, sent with each of these forms."""
    sly = {
        "id": "1",
        "active": "",
        "password_hash": "x",
        "sessions_version": "9",
        "totp_step": "1",
        "second_factor_at": "x",
    }
    invite(olu, **sly)
    made = account("Iris Brook")
    assert (made.id != 1, made.active, made.password_hash, made.sessions_version) == (True, True, "", 1)
    link, iris = mailed(app), new_visitor()
    iris.get(link)
    iris.post(link, new=SECRET, role="owner", email="eve@clinic.test", name="Eve", **sly)
    joined = account("Iris Brook")
    assert (joined.role, joined.email, joined.sessions_version) == ("reception", "iris@clinic.test", 1)
    before = everything("Rosa")
    olu.post(f"{page_of('Rosa')}/role", email="eve@clinic.test", name="Eve", **{**sly, "role": "therapist"})
    assert {name for name, value in everything("Rosa").items() if value != before[name]} == {"role", "sessions_version"}


def test_the_list_asks_as_often_however_many_work_here(olu, cast):
    from tests.house.test_statements import statements

    few = statements(olu, "/clinic/staff")
    with writing():
        more = [Account(email=f"n{n}@clinic.test", name=f"N {n}", role="therapist", password_hash="") for n in range(9)]
        db.session.add_all(more)
        db.session.commit()
    assert statements(olu, "/clinic/staff") == few
