"""The pages of papers that show what a therapist holds."""

from io import BytesIO

import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.people.models import Therapist
from clinic.qualifications.models import Credential
from tests.conftest import NOW
from tests.papers import picture
from tests.visitor import Visitor


def paper_pages(app):
    """Papers of one credential: none, one that is refused, one, and one to be taken away. It is one that no treatment
    asks for, so that Ana is booked on other pages.
    """
    ana = Visitor(app)
    with writing():
        therapist_id = db.session.scalar(sa.select(Therapist.id).filter_by(slug="ana-moreau"))
        entry = Credential(therapist_id=therapist_id, kind="first_aid", title="First aid", starts_on=NOW.date())
        db.session.add(entry)
        db.session.commit()
    page = f"/credentials/{entry.id}/evidence"
    ana.sign_in("ana")
    yield "papers, none yet", ana.get(page)
    yield "papers with errors", ana.send(page)
    yield "papers", ana.send(page, paper=(BytesIO(picture()), "diploma.jpg"))
    yield "a paper to be taken away", ana.get(ana.link("Take it away"))
