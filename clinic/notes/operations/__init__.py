"""Keeping a draft, signing it, and writing beside it. The caller commits."""

from clinic.notes.operations.amending import amend
from clinic.notes.operations.drafts import Page, prefer_format, save_draft
from clinic.notes.operations.signing import sign

__all__ = ["Page", "amend", "prefer_format", "save_draft", "sign"]
