"""Keeping a draft, signing it, and writing beside it. The caller commits."""

from clinic.notes.operations.amending import amend
from clinic.notes.operations.drafts import Page, save_draft
from clinic.notes.operations.signing import sign

__all__ = ["Page", "amend", "save_draft", "sign"]
