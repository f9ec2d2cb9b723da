"""A refusal is a value: a code that `wording` turns into a sentence, with what the sentence needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refusal:
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
