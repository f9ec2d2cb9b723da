"""The pages of the clinic's safety list."""

from tests.visitor import Visitor


def safety_list_pages(app):
    olu = Visitor(app)
    olu.sign_in("olu")
    page = "/clinic/safety-list"
    yield "the safety list that comes with the product", olu.get(page)
    yield "its versions, none yet", olu.get(f"{page}/versions")
    yield "a row that follows from others", olu.get(f"{page}/rows/aneurysm_profile")
    yield "a row to be added", olu.get(f"{page}/rows/new")
    yield "a row with errors", olu.send(f"{page}/rows")
    olu.get(f"{page}/rows/bendy_joints")
    yield "leaving out without a reason", olu.send(f"{page}/rows/bendy_joints/removal")
    yield "a list that waits for a clinician", olu.send(f"{page}/rows/bendy_joints/removal", reason="Asked aloud")
    yield "a signature without a name", olu.send(f"{page}/signature")
    yield "versions", olu.get(f"{page}/versions")
    yield "the bench", olu.get(f"{page}/bench")
    told = {"treatment": "psoas-release", "told": ["aspirin", "man"]}
    yield "what a client would be told", olu.send(f"{page}/bench", **told)
