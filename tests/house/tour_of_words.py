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
    yield from format_pages(olu)


def format_pages(olu):
    """How notes are written; one format is withdrawn, and offered again."""
    page = "/clinic/note-formats"
    yield "formats of notes", olu.get(page)
    yield "a format to be added", olu.get(f"{page}/new")
    yield "a format with errors", olu.send(page)
    said = {"name": "Two parts", "parts-0-called": "Then", "parts-1-called": "Now"}
    yield "how it would look", olu.send(page, **said, look="yes")
    yield "a format of one's own", olu.send(page, **said)
    yield "a format in another version", olu.send(olu.page.request.path, **{"parts-2-called": "Next"})
    yield "a format that is not offered", olu.post(f"{olu.page.request.path}/withdrawal")
