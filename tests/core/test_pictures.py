"""Whatever is sent as a picture or a paper: what we keep is our own drawing of it, or it is refused with a sentence."""

import subprocess
import sys
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader

from clinic.core import pictures
from clinic.core.pictures import SENTENCES, UnfitPictureError, redrawn, redrawn_paper
from clinic.core.redrawing import MOST_BYTES, MOST_MEMORY
from tests.papers import WORDS, blanks, endless, heavy_png, pdf, picture, png_that_says

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
GIF_AND_SCRIPT = b"GIF89a=1;/*" + bytes(50) + b"*/alert(1)"


def opened(content):
    return Image.open(BytesIO(content))


def code_of(draw, content, **more):
    with pytest.raises(UnfitPictureError) as refused:
        draw(content, **more)
    assert str(refused.value.sentence) == str(SENTENCES[refused.value.code])
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("into", ["JPEG", "PNG"])
def test_a_photo_becomes_ours_no_longer_than_asked(kind, into):
    drawn = opened(redrawn(picture(kind, (900, 300)), longest_side=300, kind=into))
    assert (drawn.format, drawn.size) == (into, (300, 100))
    assert drawn.convert("RGB").getpixel((50, 50))[0] > 250


def test_a_small_photo_is_not_blown_up():
    assert opened(redrawn(picture(size=(60, 40)), longest_side=300, kind="PNG")).size == (60, 40)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "CMYK"])
def test_photos_of_every_make_are_understood(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    content = picture(kind, mode=mode, colour="red" if mode in {"P", "RGBA"} else None or 0)
    assert opened(redrawn(content, longest_side=50, kind="JPEG")).mode == "RGB"


def test_a_photo_taken_sideways_stands_upright_and_does_not_say_where_it_was_taken():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = WORDS
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 27.0, 15.0)
    sent = picture(size=(300, 200), exif=exif, comment=WORDS.encode(), icc_profile=WORDS.encode())
    assert sent.count(WORDS.encode()) == 3
    drawn = redrawn(sent, longest_side=300, kind="JPEG")
    assert opened(drawn).size == (200, 300)
    assert not opened(drawn).getexif()
    assert set(opened(drawn).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert WORDS.encode() not in drawn


def test_words_inside_a_png_are_gone_and_what_was_clear_stays_clear_unless_it_becomes_a_jpeg():
    words = PngInfo()
    words.add_text("Comment", WORDS)
    sent = picture("PNG", mode="RGBA", colour=(255, 0, 0, 0), pnginfo=words)
    logo, photo = (redrawn(sent, longest_side=50, kind=kind) for kind in ("PNG", "JPEG"))
    assert WORDS.encode() in sent
    assert opened(logo).info == {}
    assert opened(logo).getpixel((5, 5))[3] == 0
    assert min(opened(photo).getpixel((5, 5))) > 250


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_moving_pictures_the_first_is_kept(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    drawn = opened(redrawn(file.getvalue(), longest_side=20, kind="PNG"))
    assert getattr(drawn, "n_frames", 1) == 1
    assert drawn.getpixel((5, 5))[0] > 250


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "nothing_in_it"),
        (b"Dear clinic, here is my diploma", "no_picture"),
        (SVG, "drawing"),
        (b"\xef\xbb\xbf\n<!-- " + b"x" * 900 + b" -->" + SVG, "drawing"),
        (HEIC, "iphone_photo"),
        (GIF_AND_SCRIPT, "no_picture"),
        (b"PK\x03\x04" + bytes(100), "no_picture"),
        (b"MZ" + bytes(100), "no_picture"),
        (pdf(), "no_picture"),
        (png_that_says(40_000, 40_000), "too_many_pixels"),
        (png_that_says(2**31 - 1, 2**31 - 1), "too_many_pixels"),
        (png_that_says(7_100, 7_100), "too_many_pixels"),
        (png_that_says(500, 500), "broken"),
        (picture(size=(600, 600))[:900], "broken"),
        (picture("PNG", size=(600, 600))[:300], "broken"),
        (picture("WEBP", size=(600, 600))[:60], "broken"),
        (picture("JPEG") + bytes(MOST_BYTES), "too_many_bytes"),
    ],
)
def test_what_is_no_photo_is_refused_with_the_reason(content, code):
    assert code_of(redrawn, content, longest_side=300, kind="JPEG") == code


def test_a_paper_that_is_a_photo_is_kept_as_one_and_a_pdf_as_a_pdf_of_as_many_pages():
    assert redrawn_paper(picture("PNG")).media_type == "image/jpeg"
    paper = redrawn_paper(pdf(3))
    pages = PdfReader(BytesIO(paper.content)).pages
    assert paper.media_type == "application/pdf"
    assert [tuple(map(round, page.mediabox[2:])) for page in pages] == [(595, 842)] * 3
    (seen,) = pages[0].images
    assert max(seen.image.size) == 1755
    assert seen.image.convert("RGB").getpixel((400, 1200)) > (240, 0, 0)  # the red box, where it was


def test_the_same_paper_is_drawn_the_same_twice():
    assert redrawn_paper(pdf(2)) == redrawn_paper(pdf(2))


def test_nothing_survives_of_a_pdf_but_what_can_be_seen():
    sent, kept = pdf(2, carries=True), redrawn_paper(pdf(2, carries=True)).content
    before, after = PdfReader(BytesIO(sent)), PdfReader(BytesIO(kept))
    assert before.attachments
    assert before.metadata
    assert "/Names" in before.trailer["/Root"]
    assert set(after.trailer["/Root"]) == {"/Type", "/Pages"}
    assert not after.attachments
    assert not after.metadata
    assert {key for page in after.pages for key in page} == {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"}
    assert not any(word in kept for word in (*WORDS.encode().split(), b"JavaScript", b"/JS", b"/URI", b"EmbeddedFile"))


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"<?php system('id'); ?>", b"PK\x05\x06" + bytes(18)])
@pytest.mark.parametrize("make", [picture, pdf])
def test_a_file_that_is_two_things_at_once_is_one_afterwards(make, tail):
    assert tail not in redrawn_paper(make() + tail).content
    if make is pdf:
        assert tail not in redrawn_paper(tail + make()).content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(11), "too_many_pages"),
        (pdf(password="sesame"), "locked"),
        (pdf()[:300], "broken"),
        (b"%PDF-1.7\n" + b"lorem ipsum " * 999, "broken"),
        (b"Dear clinic, here is my diploma", "no_paper"),
        (SVG, "drawing"),
    ],
)
def test_what_is_no_paper_is_refused_with_the_reason(content, code):
    assert code_of(redrawn_paper, content) == code


@pytest.mark.parametrize("size", [(9_999_999, 9_999_999), (1, 14_400), (0, 0)])
def test_pages_of_strange_sizes_are_drawn_small(size):
    width, height = size
    strange = pdf().replace(b"595", b"%d" % width).replace(b"842", b"%d" % height)
    page = PdfReader(BytesIO(redrawn_paper(strange).content)).pages[0]
    assert max(page.images[0].image.size) <= 2000


def test_bombs_cost_the_clinics_own_process_nothing(tmp_path):
    """Asked of a process of its own, whose memory nothing else has touched. Each of these would unpack to a gigabyte or more."""
    bombs = {"blanks": pdf(packed=blanks(1_000)), "header": png_that_says(60_000, 60_000), "rows": heavy_png()}
    for name, bomb in bombs.items():
        assert len(bomb) < 4_000_000
        (tmp_path / name).write_bytes(bomb)
    program = """if True:
        import resource, sys
        from pathlib import Path
        from clinic.core.pictures import UnfitPictureError, redrawn_paper
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for bomb in sorted(Path(sys.argv[1]).iterdir()):
            try:
                redrawn_paper(bomb.read_bytes())
            except UnfitPictureError as unfit:
                print(unfit.code)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    """
    asked = [sys.executable, "-c", program, str(tmp_path)]
    *codes, ours, its = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    assert codes == ["too_much_in_it", "too_many_pixels", "broken"]
    assert int(ours) * 1024 < 16 * 1024 * 1024
    assert int(its) * 1024 <= MOST_MEMORY


@pytest.mark.parametrize(
    "program",
    ["import signal; signal.pause()", "import sys\nwhile True: sys.stdout.buffer.write(bytes(65536))", "1 / 0"],
)
def test_whatever_draws_is_ended_when_it_does_not_end_or_says_too_much(monkeypatch, tmp_path, program):
    gone_wrong = tmp_path / "gone_wrong.py"
    gone_wrong.write_text(program)
    monkeypatch.setattr(pictures, "REDRAWING", gone_wrong)
    monkeypatch.setattr(pictures, "MOST_SECONDS", 1.0)
    assert code_of(redrawn_paper, picture()) == "too_much_in_it"


def test_a_drawing_without_end_is_refused():
    assert code_of(redrawn_paper, endless()) == "too_much_in_it"


def test_whatever_draws_sees_neither_keys_nor_settings_nor_files(monkeypatch, tmp_path):
    monkeypatch.setenv("CLINIC_KEYS", WORDS)
    told = tmp_path / "told.py"
    told.write_text(
        "import os, sys; sys.stdin.buffer.read(); print(dict(os.environ), 'clinic' in sys.modules, os.getcwd())"
    )
    monkeypatch.setattr(pictures, "REDRAWING", told)
    said = pictures._answer(["paper"], b"x").decode()
    assert WORDS not in said
    assert said.endswith("False /\n")


@given(st.one_of(st.binary(max_size=400), st.tuples(st.sampled_from(["jpeg", "png", "webp", "pdf"]), st.data())))
@settings(max_examples=40)
def test_whatever_is_sent_is_drawn_or_refused(sent):
    content = sent if isinstance(sent, bytes) else spoiled(*sent)
    with suppress(UnfitPictureError):
        assert redrawn_paper(content).content.startswith((b"%PDF-1", b"\xff\xd8\xff"))


def spoiled(kind, data):
    """A good file with a stretch of it overwritten, left out or said twice."""
    content = pdf(2, carries=True) if kind == "pdf" else picture(kind.upper(), (50, 30))
    at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 60))
    return content[:at] + data.draw(st.binary(max_size=60)) + content[at + length :]
