"""Free practice, its papers and news by mail, for everybody and for the owner."""

from io import BytesIO

import sqlalchemy as sa

from clinic.aftercare.models import Handout, UsefulLink
from clinic.core.db import db, writing
from clinic.people.models import Account
from clinic.places.models import Clinic
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.papers import pdf
from tests.visitor import Visitor


def free_practice_pages(app):
    prepared()
    olu, guest = Visitor(app), Visitor(app)
    olu.sign_in("olu")
    yield "no paper for everybody", olu.get("/clinic/handouts")
    yield "a paper to add", olu.get("/clinic/handouts/new")
    yield "a paper with errors", olu.send("/clinic/handouts")
    yield "papers for everybody", olu.send("/clinic/handouts", title="Sitting well", pdf=(BytesIO(pdf()), "x.pdf"))
    paper = db.session.scalar(sa.select(Handout.id))
    yield "a paper for everybody", olu.get(f"/clinic/handouts/{paper}")
    yield "free practice", guest.get("/practice")
    yield "asking for news with errors", guest.send("/news", email="nobody")
    yield "news asked for", guest.send("/news", email="nora@example.org", news="y")
    yield from news_pages(app, guest)
    yield "who wants news beside the clients", olu.get("/clinic/news")
    with writing():
        db.session.execute(sa.update(Clinic).values(shows_practice=False))
        db.session.commit()
    yield "free practice not shown", guest.get("/practice")


def news_pages(app, guest):
    box = Letterbox()
    while box.round(app, NOW):
        pass
    mail = next(text for text in map(text_of, box.mails) if "/news/" in text)
    link = next(one for one in mail.split() if "/news/" in one).removeprefix("http://127.0.0.1:8000")
    yield "news to confirm", guest.get(link)
    yield "news confirmed", guest.send(f"{link}/confirmation")
    yield "news ended", guest.send(f"{link}/ending")
    guest.send(f"{link}/confirmation")


def prepared():
    """A clinic that shows its practice and a place elsewhere."""
    with writing():
        db.session.execute(sa.update(Clinic).values(shows_practice=True))
        owner = db.session.scalar(sa.select(Account.id).where(Account.role == "owner"))
        said = {"url": "https://example.org", "is_video": True, "is_affiliate": True, "offered": True}
        db.session.add(UsefulLink(title="A talk", added_at=NOW, added_by_id=owner, **said))
        db.session.commit()
