"""The pages on which clients find out who treats here."""

from tests.visitor import Visitor


def therapist_pages(app):
    """A therapist as clients see them."""
    visitor = Visitor(app)
    yield "a therapist", visitor.get("/therapists/ana-moreau")
    yield "times of a therapist", visitor.get("/treatments/massage/times?therapist=ana-moreau")
