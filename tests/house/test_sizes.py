"""The house stays small enough to read: files, functions, views, arguments and templates (the design's stop values)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("clinic", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if not path.name.startswith("_")
)
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.*"))
LINES, FUNCTION, VIEW, ARGUMENTS, TEMPLATE = 400, 40, 30, 7, 160


def functions(name):
    tree = ast.parse((ROOT / name).read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function):
    return function.end_lineno - function.lineno + 1


def is_view(function):
    """Decorated with its audience."""
    return any(ast.unparse(one).startswith(("public", "staff", "holder_of")) for one in function.decorator_list)


def test_there_is_something_to_measure():
    assert sum(len(functions(name)) for name in MODULES) > 300
    assert sum(is_view(function) for name in MODULES if name.startswith("clinic/") for function in functions(name)) > 15


@pytest.mark.parametrize("name", MODULES)
def test_a_module_keeps_its_size(name):
    assert len((ROOT / name).read_text().splitlines()) < LINES
    if name.startswith("clinic/"):
        lines = {one.name: (length(one), VIEW if is_view(one) else FUNCTION) for one in functions(name)}
        assert {one: lasts for one, (lasts, stop) in lines.items() if lasts >= stop} == {}
        given = {
            one.name: len([*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs]) for one in functions(name)
        }
        assert {one: count for one, count in given.items() if count > ARGUMENTS} == {}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_keeps_its_size(name):
    assert len((ROOT / name).read_text().splitlines()) < TEMPLATE


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("tests/")])
def test_every_test_is_found_by_pytest(name):
    """In a file called test_…, at its top level, under a name of its own, and never skipped."""
    tests = [one for one in functions(name) if one.name.startswith("test_")]
    collected = {one.name for one in tests if one.col_offset == 0}
    assert [one.name for one in tests if one.name not in collected] == []
    assert len({one.name for one in tests}) == len(tests)
    assert not tests or Path(name).name.startswith("test_")
    assert tests or not Path(name).name.startswith("test_")
    marks = [ast.unparse(mark) for one in tests for mark in one.decorator_list]
    assert [mark for mark in marks if "skip" in mark or "xfail" in mark] == []
