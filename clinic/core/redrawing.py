"""Draws a picture or a paper anew, in a process of its own that `core.pictures` starts: nothing but what can be seen is
kept. What comes from outside may be made to break whatever decodes it; here that costs this process and nothing else.

It is run by its path, sees nothing of the clinic (no settings, no keys, no database), and may use so much memory, some
seconds, and no file. On its output: a line with what was made, or the code of a refusal; then the bytes.
"""

import os
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

MOST_BYTES = 10 * 1024 * 1024
MOST_MEMORY = 768 * 1024 * 1024  # of address space: a PNG of the most pixels needs two thirds of it
MOST_SECONDS = 20
MOST_PIXELS = 50_000_000  # a phone's largest photo; asked of the header, before a single one is decoded
MOST_PAGES = 10
PAPER_SIDE = 2000  # pixels: a page of A4 is 1240 × 1754
DOTS_PER_INCH = 150
SIGNATURES = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}
IPHONE = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


class UnfitError(Exception):
    """Its text is the code of the refusal."""


def main(what: str, longest_side: str, kind: str) -> None:
    stay_small()
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        made, drawn = paper(content) if what == "paper" else picture(content, int(longest_side), kind)
    except UnfitError as unfit:
        made, drawn = str(unfit), b""
    except MemoryError:
        made, drawn = "too_much_in_it", b""
    except Exception:  # noqa: BLE001  (decoders break in ways of their own; whichever way, the file is no good)
        made, drawn = "broken", b""
    sys.stdout.buffer.write(made.encode() + b"\n" + drawn)


def stay_small() -> None:
    """Give up what a decoder does not need, for good. Others go first wherever there is work for them."""
    os.nice(10)
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 32,
    }
    for limit, most in limits.items():
        _, allowed = resource.getrlimit(limit)
        value = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        with suppress(ValueError, OSError):  # a Mac knows no limit of address space
            resource.setrlimit(limit, (value, value))


def picture(content: bytes, longest_side: int, kind: str) -> tuple[str, bytes]:
    """A JPEG or PNG, upright, no longer than asked, of the first frame. Raises UnfitError."""
    drawn = BytesIO()
    image = _seen(content, longest_side, keeps_clear=kind == "PNG")
    image.save(drawn, kind, quality=85, optimize=True)
    return ("image/png" if kind == "PNG" else "image/jpeg"), drawn.getvalue()


def paper(content: bytes) -> tuple[str, bytes]:
    """A photo as a JPEG; a PDF as a PDF of pictures of its pages. Raises UnfitError."""
    if _kind(content) == "PDF":
        return "application/pdf", _pages(content)
    return picture(content, PAPER_SIDE, "JPEG")


def _kind(content: bytes) -> str:
    """What it is by its own first bytes, whatever it was called. Raises UnfitError for what we take no part of."""
    if not content:
        raise UnfitError("nothing_in_it")
    if len(content) > MOST_BYTES:
        raise UnfitError("too_many_bytes")
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if b"%PDF-" in content[:1024]:
        return "PDF"
    if content[4:8] == b"ftyp" and content[8:12] in IPHONE:
        raise UnfitError("iphone_photo")
    raise UnfitError("drawing" if b"<svg" in content[:4096].lower() else "no_picture")


def _seen(content: bytes, longest_side: int, *, keeps_clear: bool) -> "Image":
    from PIL import Image, ImageOps

    kind = _kind(content)
    if kind == "PDF":
        raise UnfitError("no_picture")
    seen = _opened(BytesIO(content), kind)
    seen.draft("RGB", (longest_side, longest_side))  # a JPEG is decoded no larger than it has to be
    mode = "RGBA" if seen.has_transparency_data else "RGB"
    if seen.mode != mode:
        seen = seen.convert(mode)
    seen.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    ImageOps.exif_transpose(seen, in_place=True)
    if mode == "RGBA" and not keeps_clear:
        white = Image.new("RGBA", seen.size, "white")
        seen = Image.alpha_composite(white, seen).convert("RGB")
    return Image.frombytes(seen.mode, seen.size, seen.tobytes())  # its pixels, and nothing else that came along


def _opened(file: IO[bytes], kind: str) -> "Image":
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(file, formats=[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UnfitError("too_many_pixels") from bomb
    except UnidentifiedImageError as unknown:
        raise UnfitError("broken") from unknown
    if image.width * image.height > MOST_PIXELS:
        raise UnfitError("too_many_pixels")
    return image


def _pages(content: bytes) -> bytes:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise UnfitError("locked" if locked else "broken") from error
    if not len(document):
        raise UnfitError("broken")
    if len(document) > MOST_PAGES:
        raise UnfitError("too_many_pages")
    document.init_forms()  # what was filled in is drawn too; scripts are not run, for there is nothing here to run them
    first, *others = [_drawn(document, number) for number in range(len(document))]
    drawn = BytesIO()
    undated = {"creationDate": None, "modDate": None}  # so that the same paper is drawn the same twice
    first.save(drawn, "PDF", save_all=True, append_images=others, resolution=DOTS_PER_INCH, quality=75, **undated)
    return drawn.getvalue()


def _drawn(document: "pypdfium2.PdfDocument", number: int) -> "Image":
    page = document[number]
    scale = min(DOTS_PER_INCH / 72, PAPER_SIDE / max(page.get_size()))
    image: Image = page.render(scale=scale).to_pil().convert("RGB")
    return image


if __name__ == "__main__":
    main(*sys.argv[1:])
