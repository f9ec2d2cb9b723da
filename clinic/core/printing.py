"""Prints a paper or a drawing in a process of its own that `core.papers` starts: what setting pages takes of memory (a
log of many years: hundreds of MB) ends with it.

It is run by its path, is told the path of the paper's form, and sees nothing of the clinic. What to print comes in as
JSON, the PDF goes out; of a drawing, whose form is `drawing.typ`, a PNG.
"""

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

import typst

ONE_CHARACTER = b'#set document(title: "-")\n#sys.inputs.data'
NO_FONT = "could not be displayed with font"


def printed(paper: bytes, data: Any) -> bytes:
    """The PDF, tagged for screen readers (PDF/UA-1). What no font of this machine can show stands by its name."""
    told = json.dumps(data, ensure_ascii=False)
    try:
        return _compiled(paper, told)
    except typst.TypstError as error:
        if NO_FONT not in str(error):
            raise
    unseen = {one for one in set(told) if not one.isascii() and not _can_be_seen(one)}
    instead = {**dict.fromkeys(range(32), " "), **{ord(one): _name_of(one) for one in unseen}}
    return _compiled(paper, json.dumps(_written(data, instead), ensure_ascii=False))


def _written(data: Any, instead: dict[int, str]) -> Any:
    """The same with other characters in some places."""
    if isinstance(data, str):
        return data.translate(instead)
    if isinstance(data, list):
        return [_written(one, instead) for one in data]
    if isinstance(data, dict):
        return {name: _written(one, instead) for name, one in data.items()}
    return data


def _compiled(paper: bytes, told: str) -> bytes:
    made: bytes = typst.compile(paper, format="pdf", sys_inputs={"data": told}, pdf_standards=["ua-1"])
    return made


def drawn(drawing: bytes, data: Any) -> bytes:
    """The PNG, twice as fine as the screens of old."""
    made: bytes = typst.compile(drawing, format="png", ppi=192, sys_inputs={"data": json.dumps(data)})
    return made


def _can_be_seen(character: str) -> bool:
    """Whether any font of this machine, or of those that come with typst, has it."""
    try:
        _compiled(ONE_CHARACTER, character)
    except typst.TypstError:
        return False
    return True


def _name_of(character: str) -> str:
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


if __name__ == "__main__":
    form = Path(sys.argv[1])
    make = drawn if form.name == "drawing.typ" else printed
    sys.stdout.buffer.write(make(form.read_bytes(), json.load(sys.stdin)))
