"""Styles and scripts travel packed where a browser unpacks them; pages never do."""

import gzip

import pytest

from clinic.core.packed import packed
from clinic.core.templating import STATIC, asset

FILES = sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*.*"))
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"])


def sent(visitor, address, encoding):
    return visitor.client.get(address, buffered=True, headers={"Accept-Encoding": encoding})


@pytest.mark.parametrize("name", FILES)
def test_a_file_unpacks_to_what_it_is_and_comes_as_it_is_to_whom_cannot_unpack(visitor, name):
    plain = sent(visitor, asset(name), "identity")
    assert plain.data == (STATIC / name).read_bytes()
    assert "Content-Encoding" not in plain.headers
    small = sent(visitor, asset(name), "gzip, br")
    is_packed = small.headers.get("Content-Encoding") == "gzip"
    assert (gzip.decompress(small.data) if is_packed else small.data) == plain.data
    assert len(small.data) <= len(plain.data)
    assert small.headers["Cache-Control"] == plain.headers["Cache-Control"]
    if name.endswith(("clinic.css", "player.js")):
        assert len(small.data) < len(plain.data) / 2
        assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_page_is_never_packed(visitor):
    assert "Content-Encoding" not in sent(visitor, "/", "gzip").headers


def test_files_are_packed_once_and_again_when_they_change(tmp_path, database_kind):
    files, instance = tmp_path / "files", tmp_path / "instance"
    files.mkdir()
    instance.mkdir()
    (files / "a.css").write_text("p { color: red; }\n" * 50)
    first = packed(files, instance)
    assert (first / "a.css.gz").exists()
    made_at = (first / "a.css.gz").stat().st_ino
    assert packed(files, instance) == first
    assert (first / "a.css.gz").stat().st_ino == made_at
    (files / "a.css").write_text("p { color: blue; }\n" * 50)
    assert packed(files, instance) != first
    assert sorted(path.name for path in instance.iterdir()) == sorted({first.name, packed(files, instance).name})


def test_where_nothing_can_be_written_the_files_come_as_they_are(tmp_path, database_kind):
    assert packed(STATIC, tmp_path / "gone") == STATIC
