"""Every setting is told of, and nothing is told of that is none."""

import re
from pathlib import Path

import config

ROOT = Path(__file__).parent.parent.parent
ALL = {*config.NAMES, "CLINIC_KEYS_FILE", "BACKUP_PASSPHRASE_FILE", "SMTP_PASSWORD_FILE"}
EXAMPLE = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
PAGE = (ROOT / "docs/settings.md").read_text()


def test_the_example_names_every_setting():
    assert set(EXAMPLE) == ALL


def test_the_example_as_it_stands_is_the_default():
    assert config.load(EXAMPLE) == config.load({})


def test_the_page_names_every_setting_with_its_default_and_what_it_does():
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    assert sorted(name for name, _, _ in rows) == sorted(ALL)


def test_the_defaults_on_the_page_are_the_defaults():
    given = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", PAGE, re.MULTILINE))
    port = given["PORT"]
    assert config.load({name: value.replace("PORT", port) for name, value in given.items()}) == config.load({})


def test_only_config_reads_the_environment():
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in [*(ROOT / "clinic").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")]
        if re.search(r"getenv|environ\[|environ\.get|os\.environ\b(?!})", path.read_text())
    }
    assert readers == set()
