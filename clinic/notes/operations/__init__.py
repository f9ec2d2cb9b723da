"""Keeping a draft, signing it, writing and signing beside it. The caller commits."""

from clinic.notes.operations.amending import amend
from clinic.notes.operations.co_signing import co_sign, hand_over_co_signing
from clinic.notes.operations.drafts import Page, prefer_format, save_draft
from clinic.notes.operations.signing import sign

__all__ = ["Page", "amend", "co_sign", "hand_over_co_signing", "prefer_format", "save_draft", "sign"]
