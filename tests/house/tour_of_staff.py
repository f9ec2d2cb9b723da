"""The pages of signing in, of one's own account, and of who works here."""

import re

from tests import phones
from tests.accounts import SECRET
from tests.cast import PASSWORD
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.visitor import Visitor


def own_account_pages(app):
    """Signing in by two keys, and what somebody may do with their own account."""
    ben = Visitor(app)
    ben.get("/sign-in")
    yield "the code, please", ben.post("/sign-in", email="ben@clinic.test", password=PASSWORD)
    yield "the code, with errors", ben.send("/sign-in/code", code="000000")
    ben.enter_code()
    yield "your account", ben.get("/account")
    yield "your password", ben.get("/account/password")
    yield "your password with errors", ben.send("/account/password")
    yield "new recovery codes?", ben.get("/account/recovery-codes")
    yield "new recovery codes, with errors", ben.send("/account/recovery-codes")
    yield "another phone", ben.get("/account/second-factor")
    yield "another phone, with errors", ben.send("/account/second-factor", new="000000")


def who_works_here_pages(app):
    """Somebody invited, who comes: their password, their phone, their recovery codes."""
    olu, iris, box = Visitor(app), Visitor(app), Letterbox()
    olu.sign_in("olu")
    yield "who works here", olu.get("/clinic/staff")
    yield "invite somebody", olu.get("/clinic/staff/new")
    yield "invite somebody, with errors", olu.send("/clinic/staff")
    yield "invited", olu.send("/clinic/staff", name="Iris Brook", email="iris@clinic.test", role="reception")
    member = olu.page.request.path
    yield "role with errors", olu.send(f"{member}/role", role="")
    yield "yourself", olu.get(olu.get("/clinic/staff") and olu.link("Olu"))
    box.round(app, NOW)
    link = next(found[0] for mail in box.mails if (found := re.search(r"/invitations/\S+", text_of(mail))))
    yield "an invitation", iris.get(link)
    yield "an invitation with errors", iris.send(link, new="short")
    yield "your second key", iris.send(link, new=SECRET)
    yield "your second key, with errors", iris.send("/account/second-factor", new="000000")
    phones.set_up(iris)
    yield "your recovery codes", iris.page
    yield "an invitation of before", iris.get(link)
    olu.get(member)
    yield "no longer here", olu.send(f"{member}/deactivation")
