"""The pages of the clinic's exercises: those of the product, changed, hidden and restored, and one of its own."""

from tests.exercises import BRIDGE, OURS, PAGE, photo, save, send_photo
from tests.visitor import Visitor


def exercise_pages(app):
    olu = Visitor(app)
    olu.sign_in("olu")
    yield "exercises", olu.get(PAGE)
    yield "an exercise of the product", olu.get(BRIDGE)
    yield "an exercise that is changed", save(olu, BRIDGE, name="Hip lift")
    yield "an exercise with a photo", send_photo(olu, photo())
    yield "an exercise with errors in its photo", send_photo(olu, b"nothing", words="")
    yield "an exercise that is approved", olu.send(f"{BRIDGE}/approval")
    yield "an exercise that is hidden", olu.send(f"{BRIDGE}/withdrawal")
    yield "an earlier version of an exercise", olu.get(f"{BRIDGE}?version=2")
    yield "exercises, one of them hidden", olu.get(PAGE)
    olu.get(BRIDGE)
    olu.send(f"{BRIDGE}/offer")
    yield "an exercise as it came", olu.send(f"{BRIDGE}/restoration")
    yield "an exercise to be added", olu.get(f"{PAGE}/new")
    yield "an exercise with errors", olu.send(PAGE, name="")
    yield "a preview of an exercise", olu.send(f"{PAGE}/preview", **OURS)
    yield "an exercise of the clinic's own", olu.send(PAGE, **OURS)
