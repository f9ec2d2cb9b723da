"""The safety list that holds: the clinic's own once it is signed off, else the one that comes with the product."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from sqlalchemy import select

from clinic.core.db import AnySession
from clinic.intake.models import SafetyList
from clinic.intake.rules import SafetyRule, read_list

FILE = Path(__file__).with_name("safety.yaml")
APPROVED = (
    select(SafetyList.content).where(SafetyList.approved_at.is_not(None)).order_by(SafetyList.number.desc()).limit(1)
)


def current(session: AnySession) -> tuple[SafetyRule, ...]:
    """The approved version with the highest number, or the shipped one. One statement: pages use `Programme.safety`."""
    content = session.scalar(APPROVED)
    return _read(content) if content else shipped()


@lru_cache(maxsize=1)
def shipped() -> tuple[SafetyRule, ...]:
    """The list as it comes with the product."""
    return read_list(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def versions(session: AnySession) -> Sequence[SafetyList]:
    """All that the clinic made, the newest first."""
    return session.scalars(select(SafetyList).order_by(SafetyList.number.desc())).all()


def rules_of(version: SafetyList | None) -> tuple[SafetyRule, ...]:
    """The rows of a version; of none, those that come with the product."""
    return _read(version.content) if version else shipped()


@lru_cache(maxsize=4)
def _read(content: str) -> tuple[SafetyRule, ...]:
    """A version of the clinic's: JSON, a list of rows as in safety.yaml."""
    return read_list(json.loads(content))
