"""Continuing education, once: as Ana keeps it, and as the owner reads it."""

from io import BytesIO

from tests.papers import picture
from tests.visitor import Visitor


def education_pages(app):
    """Nothing yet, entered, refused, put right, deleted and undone; and the same of others."""
    ana, olu = Visitor(app), Visitor(app)
    ana.sign_in("ana")
    yield "no continuing education", ana.get("/continuing-education")
    yield "enter an activity", ana.get("/continuing-education/new")
    yield "activity with errors", ana.send("/continuing-education", hours="some")
    ana.get("/continuing-education/new")
    told = {"title": "Hip anatomy", "done_on": "2026-03-02", "hours": "6", "category": "discipline"}
    yield "continuing education", ana.send("/continuing-education", **told, reflection="Slower")
    yield "continuing education by the rule of a body", ana.get(ana.link("CNHC"))
    ana.get("/continuing-education?rule=bctmb")
    yield "an activity", ana.get(ana.link("Hip anatomy"))
    activity = ana.page.request.path
    yield "certificate with errors", ana.post(f"{activity}/certificates")
    yield "an activity with a certificate", ana.post(f"{activity}/certificates", paper=(BytesIO(picture()), "c.jpg"))
    yield "not deleted before its certificate", ana.send(f"{activity}/removal")
    ana.get(ana.link("Take it away"))
    ana.send(ana.page.request.path)
    olu.sign_in("olu")
    yield "continuing education of somebody", olu.get("/continuing-education/of/ana-moreau?rule=cnhc")
    yield "an activity deleted", ana.send(f"{activity}/removal")
