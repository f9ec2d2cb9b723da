"""The pages of the clinic's exercises, used by its owner, for tests of them and of what follows from them."""

import io
import re
from html import unescape

import sqlalchemy as sa
from PIL import Image

from clinic.aftercare.models import ExerciseVersion
from clinic.aftercare.versions import current
from clinic.core.db import db

PAGE = "/clinic/exercises"
BRIDGE = f"{PAGE}/glute_bridge"
OURS = {
    "name": "Wall slide",
    "phase": "strengthen",
    "position": "standing",
    "steps-0-kind": "prepare",
    "steps-0-words": "Stand with your back to a wall.",
    "steps-1-kind": "do",
    "steps-1-words": "Slide down a little, and up again.",
    "reps": "8",
    "condition_balance-rule": "ask",
    "condition_balance-modify": "Hold a worktop.",
    "sources": "Our own\nAnd theirs",
}


def versions():
    return db.session.scalars(sa.select(ExerciseVersion).order_by(ExerciseVersion.code, ExerciseVersion.number)).all()


def now_is(code):
    return current(db.session).exercises[code]


def add_ours(olu, **changed):
    olu.get(f"{PAGE}/new")
    return olu.send(PAGE, **{**OURS, **changed})


def save(olu, path, send=None, **changed):
    """Open the page, change some fields and send the rest as it stands, areas of text and ticks too."""
    olu.get(path)
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\s*(.*?)</textarea>', olu.page.text, re.DOTALL)
    ticked = re.findall(r'<input checked[^>]* name="targets"[^>]* value="([^"]+)"', olu.page.text)
    fields = {**{name: unescape(words) for name, words in areas}, "targets": ticked, **changed}
    return olu.send(send or path, **fields)


def photo():
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x8825], exif[0x010F] = {2: (51.0, 27.0, 0.0)}, "Pinhole"
    Image.new("RGB", (1600, 900), "red").save(file, "JPEG", exif=exif)
    return file.getvalue()


def send_photo(olu, content, name="me.jpg", words="Standing with the back to a wall, knees a little bent."):
    olu.get(BRIDGE)
    return olu.post(f"{BRIDGE}/photo", photo=(io.BytesIO(content), name), photo_words=words)
