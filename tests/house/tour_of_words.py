"""The pages of what notes are written with."""

from tests.visitor import Visitor


def words_pages(app):
    """A therapist's phrases, the clinic's, and how notes are written."""
    ana, olu = Visitor(app), Visitor(app)
    ana.sign_in("ana")
    olu.sign_in("olu")
    for who, page in ((olu, "/clinic/phrases"), (ana, "/notes/phrases")):
        yield f"{page}, none yet", who.get(page)
        yield f"{page} with errors", who.send(page, shortcut="two words")
        who.get(page)
        said = {"words": "Hip flexor, resisted", "shortcut": ".hf", "part": "objective"}
        yield f"{page} with one", who.send(page, **said)
        one = who.link("Hip flexor")
        yield f"one of {page}", who.get(one)
        yield f"one of {page} with errors", who.send(one, words="")
