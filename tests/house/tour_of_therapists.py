"""The pages on which clients find out who treats here, and those on which that is written."""

from io import BytesIO

from PIL import Image

from tests.visitor import Visitor


def therapist_pages(app):
    """A therapist as clients see them; she writes about herself, and the owner looks."""
    visitor, ana, olu = Visitor(app), Visitor(app), Visitor(app)
    yield "a therapist", visitor.get("/therapists/ana-moreau")
    yield "times of a therapist", visitor.get("/treatments/massage/times?therapist=ana-moreau")
    ana.sign_in("ana")
    yield "my page", ana.get("/profile")
    page = ana.page.request.path
    yield "my page, that promises something", ana.send(page, about="I heal backs.", languages="Polish")
    yield "my page with errors", ana.send(page, languages="Dothraki")
    ana.get(page)
    yield "my page, before it is saved", ana.send(f"{page}/preview", profile_words="I ran.\n\nI rub.")
    ana.get(page)
    yield "no photo", ana.post(f"{page}/photo", photo=(BytesIO(b"no picture"), "me.jpg"))
    yield "a photo", ana.post(f"{page}/photo", photo=(photo(), "me.png"))
    ana.get(page)
    yield "no photo again", ana.post(f"{page}/photo/removal")
    olu.sign_in("olu")
    yield "everybody's pages", olu.get("/profile")
    yield "somebody's page", olu.get(olu.link("Ben Okafor"))


def recommendation_pages(app):
    """Somebody asks whom we would recommend, and answers in every way there is."""
    visitor, page = Visitor(app), "/recommendation"
    none = {"now": "none", "tummy": "none", "who": "none", "where": "hip"}
    yield "whom do you recommend?", visitor.get(page)
    yield "whom do you recommend, with errors", visitor.post(page)
    for what, ticked in {"an emergency": "chest_or_sudden", "a doctor first": "unwell_with_pain"}.items():
        yield f"{what}, from the recommendation", visitor.post(page, **{**none, "now": ticked})
    yield "recommended", visitor.post(page, **none, when=["walking", "sitting"], since="years", side="right")
    yield "recommended to nobody's wishes", visitor.post(page, **none, gender="woman", when="walking")
    yield "a call first", visitor.post(page, **{**none, "tummy": "tummy_unexplained"})


def photo(size=(900, 600)):
    """A picture without anybody in it."""
    drawn = BytesIO()
    Image.new("RGB", size, "#1d5c63").save(drawn, "PNG")
    drawn.seek(0)
    return drawn
