"""What surrounds a plan: the year of birth that is asked before it opens."""

import sqlalchemy as sa

from clinic.aftercare.queries import link_of
from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from tests.aftercare.steps import find
from tests.plans import plan_for
from tests.visitor import Visitor


def around_plan_pages(app):
    with writing():
        first = db.session.scalar(sa.select(Appointment).order_by(Appointment.starts_at))
        plan = plan_for(first.client, first.therapist)
        client_id, link = first.client_id, f"/plans/{link_of(db.session, plan.id).token}"
        db.session.commit()
    ana, client = Visitor(app), Visitor(app)
    ana.sign_in("ana")
    builder = f"/clients/{client_id}/plan"
    ana.get(builder)
    yield "begun from a template", ana.send(f"{builder}/beginning", replace_with="lengthen")
    yield "a plan before it is sent", ana.send(builder, look="preview")
    find(ana, client_id, "balance")
    ana.get(builder)
    yield "begun, with some left out", ana.send(f"{builder}/beginning", add_from="lengthen")
    olu = Visitor(app)
    olu.sign_in("olu")
    yield "no pages and videos", olu.get("/clinic/links")
    yield "a page with errors", olu.post("/clinic/links", url="http://here")
    film = {
        "title": "A film",
        "url": "https://videos.example/film",
        "is_video": "y",
        "is_affiliate": "y",
        "offered": "y",
    }
    yield "pages and videos", olu.post("/clinic/links", **film)
    yield "a video", olu.get(olu.link("A film"))
    here = olu.page.request.path.rpartition("/")[2]
    ana.get(builder)
    words = {"expected": "You will be pain-free.", "links": here, "replace_with": "calm_week"}
    yield "words that promise", ana.send(f"{builder}/beginning", **words)
    yield "a plan with a film, before it is sent", ana.send(builder, look="preview")
    yield "asking for no year that can be", ana.post(f"{builder}/year", year="80")
    ana.post(f"{builder}/year", year="1980")
    yield "builder, the year is asked", ana.get(builder)
    yield "the year of birth", client.get(link)
    yield "the year of birth with errors", client.send(f"{link}/year", year="1981")
    yield "a plan that opened", client.send(f"{link}/year", year="1980")
    ana.get(builder)
    ana.post(f"{builder}/year", stop="yes")
