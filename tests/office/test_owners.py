"""What is done with owners at the clinic's server, by command: nobody in the clinic makes or changes one."""

import re

import pytest
import sqlalchemy as sa

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.people.models import Account
from tests import phones
from tests.office.test_staff import SECRET, mailed


def command(app, *args):
    done = app.test_cli_runner().invoke(args=args)
    db.session.rollback()
    db.session.expire_all()
    return done


def invite(app, email="oda@clinic.example", name="Oda Reed"):
    return command(app, "invite-owner", f"--name={name}", f"--email={email}")


def account(name):
    return db.session.scalar(sa.select(Account).where(Account.name == name))


def test_another_owner_is_invited_at_the_server_and_comes_like_anybody(app, visitor):
    said = invite(app).output
    assert mailed(app) in said
    visitor.get(mailed(app) or re.search(r"/invitations/\S+", said)[0])
    visitor.send(visitor.page.request.path, new=SECRET)
    phones.set_up(visitor)
    assert visitor.get("/clinic/staff").status_code == 200
    actions = db.session.execute(sa.select(AuditLine.actor, AuditLine.action).order_by(AuditLine.id)).all()
    assert tuple(actions[0]) == ("system", "account.invited")


def test_an_owner_who_has_not_come_is_invited_again_and_the_link_of_before_is_gone(app, visitor):
    links = [re.search(r"/invitations/\S+", invite(app).output)[0] for _ in range(2)]
    assert [visitor.get(link).status_code for link in links] == [404, 200]


@pytest.mark.parametrize(
    ("email", "name", "said"),
    [
        ("rosa@clinic.test", "Rosa", "not an email address"),
        ("nobody", "Oda", "not an email address"),
        ("oda@clinic.example", " ", "The name must have"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(app, cast, email, name, said):
    done = invite(app, email, name)
    assert (done.exit_code, said in done.output) == (1, True)


def test_whoever_works_here_is_not_made_owner_by_an_invitation(app, cast):
    invite(app, "rita@clinic.example", "Rita")
    rita = account("Rita")
    rita.role, rita.password_hash = "reception", "x"
    db.session.commit()
    assert "has an account already" in invite(app, "rita@clinic.example").output
    assert account("Rita").role == "reception"


def test_an_owner_who_lost_phone_and_codes_sets_up_others(app, visitor):
    assert command(app, "reset-second-factor", "olu@clinic.test").exit_code == 0
    visitor.sign_in("olu")
    assert visitor.page.request.path == "/account/second-factor"
    assert "Nobody here" in command(app, "reset-second-factor", "nobody@clinic.test").output


def test_an_owner_who_leaves_is_closed_at_the_server_but_not_the_last(app, visitor):
    assert "the last owner" in command(app, "close-account", "olu@clinic.test").output
    visitor.get(re.search(r"/invitations/\S+", invite(app).output)[0])
    assert "the last owner" in command(app, "close-account", "olu@clinic.test").output  # Oda has not come yet
    visitor.send(visitor.page.request.path, new=SECRET)
    assert command(app, "close-account", "olu@clinic.test").exit_code == 0
    assert visitor.sign_in("olu").status_code == 422
