"""Papers and pictures of the tests, made by hand, good and bad."""

import struct
import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

WORDS = "carried along unseen"
BOX = b"1 0 0 rg 100 100 200 300 re f"


def picture(kind="JPEG", size=(60, 40), mode="RGB", colour="red", **more):
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind, **more)
    return file.getvalue()


def pdf(pages=1, *, password="", carries=False, title="", packed=b""):
    """A PDF that draws a red box on each page. `carries`: with a script, a file, words about itself and a way out.
    `packed`: what stands in place of the box, compressed.
    """
    writer = PdfWriter()
    for _ in range(pages):
        page, content = writer.add_blank_page(595, 842), DecodedStreamObject()
        content.set_data(packed or BOX)
        if packed:
            content[NameObject("/Filter")] = NameObject("/FlateDecode")
        page[NameObject("/Contents")] = writer._add_object(content)
    if carries:
        writer.add_open_action(JavaScript(f"app.alert('{WORDS}')"))
        writer.add_attachment("run.exe", WORDS.encode())
        writer.add_annotation(0, Link(rect=(0, 0, 99, 99), url=f"https://example.org/{WORDS.replace(' ', '-')}"))
    if carries or title:
        writer.add_metadata({"/Title": title or WORDS, "/Author": WORDS})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def png_that_says(width, height, rows=b"\0"):
    """A PNG with a header of any size, over hardly any bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def blanks(megabytes):
    """So many blanks, compressed: the same thousandth of them over and over."""
    packer = zlib.compressobj(9)
    first = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1) + packer.flush()


def heavy_png():
    """A small picture with a colour profile that unpacks to a gigabyte."""
    header = struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)
    profile, rows = b"profile\0\0" + blanks(1_000), zlib.compress(bytes(28 * 9))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(*one) for one in ((b"IHDR", header), (b"iCCP", profile), (b"IDAT", rows), (b"IEND", b""))
    )


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def endless():
    """A PDF of a few kilobytes whose page is drawn of twelve drawings, each drawn of twelve, and so on."""
    writer, inner = PdfWriter(), None
    for _ in range(9):
        form = DecodedStreamObject()
        form.set_data(b"/X Do " * 12 if inner else b"0 0 100 100 re f")
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject(map(NumberObject, (0, 0, 600, 800)))
        form[NameObject("/Resources")] = _drawn_of(inner)
        inner = writer._add_object(form)
    page, content = writer.add_blank_page(595, 842), DecodedStreamObject()
    content.set_data(b"/X Do")
    page[NameObject("/Contents")], page[NameObject("/Resources")] = writer._add_object(content), _drawn_of(inner)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _drawn_of(inner):
    named = {NameObject("/XObject"): DictionaryObject({NameObject("/X"): inner})} if inner else {}
    return DictionaryObject(named)
