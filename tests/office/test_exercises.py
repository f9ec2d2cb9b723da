"""The exercises of the clinic: seen, worded anew in versions, put back, added, shown by a photo or a drawing."""

import io
import re
from dataclasses import replace

import pytest
import sqlalchemy as sa
from PIL import Image

from clinic.aftercare.versions import current
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.drawings.figure.pose_files import FOLDER
from clinic.drawings.figure.pose_texts import pictures_in
from tests.exercises import BRIDGE, OURS, PAGE, add_ours, now_is, photo, save, send_photo, versions

STRETCH = f"{PAGE}/half_kneeling_hip_flexor"
POSE = (FOLDER / "half_kneeling_hip_flexor.yaml").read_text()


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def test_the_owner_finds_every_exercise_by_its_phase(olu):
    olu.get("/clinic")
    olu.get(olu.link("Exercises"))
    assert all(one.name in olu.text for one in current(db.session).exercises.values())
    olu.get(olu.link("Bridge"))
    assert "Step by step" in olu.text


def test_saving_what_is_there_changes_no_word_of_it(olu):
    for code, before in list(current(db.session).exercises.items()):
        assert save(olu, f"{PAGE}/{code}").status_code == 200, olu.text[:700]
        assert replace(now_is(code), version=1) == before


def test_the_warm_up_that_every_plan_has_cannot_be_hidden(olu):
    olu.get(f"{PAGE}/easy_march")
    olu.send(f"{PAGE}/easy_march/withdrawal")
    assert "Every plan begins with it" in olu.text
    assert versions() == []


def test_what_came_with_the_product_comes_back_word_for_word(olu):
    shipped = now_is("glute_bridge")
    save(olu, BRIDGE, name="Hip lift", feel="")
    olu.send(f"{BRIDGE}/restoration")
    assert replace(now_is("glute_bridge"), version=1) == shipped
    assert olu.send(f"{PAGE}/own_nothing/restoration").status_code == 404


def test_an_earlier_version_can_be_looked_at_and_saved_again(olu):
    save(olu, BRIDGE, name="Hip lift")
    save(olu, BRIDGE, name="Seat lift")
    olu.get(BRIDGE)
    olu.get(olu.link("Version 2"))
    assert "This is version 2." in olu.text
    save(olu, f"{BRIDGE}?version=2", send=BRIDGE)
    assert (now_is("glute_bridge").name, now_is("glute_bridge").version) == ("Hip lift", 4)


def test_who_saves_what_another_changed_meanwhile_is_told_and_keeps_what_was_typed(olu):
    answer = save(olu, BRIDGE, name="Hip lift")
    late = save(olu, BRIDGE, name="Seat lift", seen="1")
    assert (answer.status_code, late.status_code) == (200, 409)
    assert "Somebody changed this exercise" in olu.text
    assert 'value="Seat lift"' in late.text
    assert now_is("glute_bridge").name == "Hip lift"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "This cannot be empty."),
        ({"reps": ""}, "Say how much"),
        ({"reps": "many"}, "Enter a number from 1 to 50."),
        ({"sets": "0"}, "Enter a number from 1 to 10."),
        ({"steps-1-words": ""}, "Say what to do, in one step at least."),
        ({"steps-1-words": "a" * 401}, "Shorten this to 400 characters or fewer."),
        ({"steps-1-kind": "never"}, "Choose one of these."),
        ({"phase": "later"}, "Choose one of these."),
        ({"phase": "stretch", "hold_s": "30"}, "Name at least one muscle"),
        ({"phase": "stretch", "targets": ["psoas"]}, "A stretch is held for 10 to 60 seconds."),
        ({"kind": "stretch", "targets": ["psoas"]}, "A stretch belongs into the phase of stretches"),
        ({"targets": ["tail"]}, "not"),
        ({"easier_id": "nothing"}, "Choose one of these."),
        ({"condition_balance-rule": "perhaps"}, "Choose one of these."),
        ({"pose": "start: {body: 3}"}, "Something is not where it belongs"),
        ({"pose": POSE.replace("stands: [", "stands: [9")}, "cm out of reach"),
        ({"pose": POSE.replace("touches: [", "touches: [{right elbow: mat}, ")}, "right elbow is"),
        ({"pose": "a: &a [1]\nb: [*a, *a]"}, "Write everything out"),
    ],
)
@pytest.mark.parametrize("where", [PAGE, f"{PAGE}/preview"])
def test_what_is_not_right_is_refused_with_everything_typed_kept(olu, wrong, sentence, where):
    olu.get(f"{PAGE}/new")
    answer = olu.send(where, **{**OURS, **wrong})
    assert answer.status_code == 422
    assert sentence in olu.text
    assert "Stand with your back to a wall." in answer.text
    assert "Hold a worktop." in answer.text
    assert "Our own\nAnd theirs" in answer.text
    assert versions() == []


def test_a_stretch_of_the_product_stays_one(olu):
    answer = save(olu, STRETCH, phase="calm", kind="")
    assert answer.status_code == 422
    assert "One that comes with the product stays in its phase." in olu.text
    save(olu, STRETCH, targets=[])
    assert "Name at least one muscle" in olu.text
    assert versions() == []


def test_a_preview_shows_what_clients_see_and_keeps_nothing(olu):
    olu.get(f"{PAGE}/new")
    answer = olu.send(f"{PAGE}/preview", **{**OURS, "pose": POSE})
    assert answer.status_code == 200
    assert "Nothing is saved yet." in olu.text
    assert "8 times, 3 days a week" in olu.text
    assert len(re.findall(r"<figure[^>]*><svg", answer.text)) == len(pictures_in(POSE))
    assert versions() == []


def test_a_drawing_can_be_sent_as_a_file_and_what_it_is_called_is_only_words(olu):
    file = (io.BytesIO(POSE.encode()), "pose.yaml")
    add_ours(olu, name="<script>alert(1)</script>", pose_file=file)
    (kept,) = versions()
    assert kept.pose == POSE.strip()
    assert "<svg" in olu.page.text
    assert "<script>alert" not in olu.page.text


def test_a_file_that_is_no_drawing_is_refused_and_shown_to_be_mended(olu):
    answer = add_ours(olu, pose_file=(io.BytesIO(b"\xff\xfe\x00start: ["), "pose.yaml"))
    assert answer.status_code == 422
    assert "start: [" in answer.text


def test_a_photo_is_drawn_anew_without_where_and_with_what_it_was_taken(olu):
    send_photo(olu, photo())
    address = re.search(r'<img class="photo" src="(/exercises/[^"]+)" alt="([^"]+)"', olu.page.text)
    assert address[2] == "Standing with the back to a wall, knees a little bent."
    answer = olu.get(address[1])
    shown = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, shown.format, max(shown.size)) == ("image/jpeg", "JPEG", 1000)
    assert not shown.getexif()
    assert b"Pinhole" not in answer.data
    headers = answer.headers
    assert headers["Content-Disposition"] == "attachment; filename=exercise.jpg"
    assert (headers["X-Content-Type-Options"], headers["Content-Security-Policy"].split(";")[0]) == (
        "nosniff",
        "default-src 'none'",
    )


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "A wall", "SVG drawing"),
        (b"<script>alert(1)</script>", "A wall", "This is not a file we can take."),
        (b"", "A wall", "Choose a file: nothing has arrived."),
        (photo(), "", "Say what it shows, for whoever does not see it."),
        (photo(), "a" * 301, "Shorten this to 300 characters or fewer."),
    ],
)
def test_what_is_no_photo_or_has_no_words_is_refused(olu, content, words, sentence):
    answer = send_photo(olu, content, words=words)
    assert answer.status_code == 422
    assert sentence in olu.text
    assert not words or words in answer.text
    assert versions() == []


def test_a_drawing_takes_the_place_of_a_photo_and_the_other_way_round(olu):
    send_photo(olu, photo())
    save(olu, BRIDGE, pose=POSE)
    assert (now_is("glute_bridge").has_photo, bool(now_is("glute_bridge").pose)) == (False, True)
    send_photo(olu, photo())
    assert (now_is("glute_bridge").has_photo, bool(now_is("glute_bridge").pose)) == (True, False)


def test_the_trail_tells_of_each_version_without_a_word_of_it(olu):
    save(olu, BRIDGE, name="Hip lift")
    query = sa.select(AuditLine.subject, AuditLine.detail).where(AuditLine.action == "exercise.changed")
    assert [tuple(line) for line in db.session.execute(query)] == [
        ("exercise:glute_bridge", {"number": 2, "offered": True})
    ]


def test_an_approval_stands_for_the_words_that_were_read_and_for_no_others(olu):
    olu.get(BRIDGE)
    assert "Not read by anybody of this clinic yet" in olu.text
    olu.send(f"{BRIDGE}/approval")
    assert "Read and approved by Olu" in olu.text
    page = olu.page
    save(olu, BRIDGE, feel="Somewhere else")
    assert "Not read by anybody of this clinic yet" in olu.text
    olu.page = page
    olu.send(f"{BRIDGE}/approval")
    assert "Somebody changed this exercise" in olu.text
