"""The pages of treatment notes. For the therapist of the appointment alone."""

from clinic.notes.views import attachments, draft_keys, note, phrases
from clinic.notes.views.page import bp

__all__ = ["attachments", "bp", "draft_keys", "note", "phrases"]
