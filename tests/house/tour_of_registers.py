"""The pages of what therapists hold, and of who has checked it."""

from tests.visitor import Visitor


def register_pages(app):
    """A therapist looks at their own register; the owner at everybody's."""
    ana, olu = Visitor(app), Visitor(app)
    ana.sign_in("ana")
    yield "a therapist's own register", ana.get("/qualifications")
    olu.sign_in("olu")
    yield "everybody's registers", olu.get("/qualifications")
    yield "a register, for the owner", olu.get(olu.link("Ben Okafor"))
