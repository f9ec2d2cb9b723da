"""The pages of what a note can measure: those of the product, and one of the clinic's own."""

from tests.visitor import Visitor


def measuring_pages(app):
    olu, page = Visitor(app), "/clinic/tests"
    olu.sign_in("olu")
    yield "tests on a note", olu.get(page)
    yield "a test of the product", olu.get(f"{page}/thomas")
    yield "a test to be added", olu.get(f"{page}/new")
    yield "a test with errors", olu.send(page, name="")
    reach = {"name": "Sit and reach", "chip": "Reach", "recorded-0-label": "Reach"}
    yield "a test that is not sound", olu.send(page, **reach)
    yield "a preview of a test", olu.send(f"{page}/preview", **{"recorded-0-least": "0", "recorded-0-most": "50"})
    yield "a test of the clinic's own", olu.send(page)
    yield "a test that is withdrawn", olu.post(f"{olu.page.request.path}/withdrawal")
