"""The pages of treatment notes. For the therapist of the appointment, and once signed for who co-signs it."""

from clinic.notes.views import attachments, draft_keys, episodes, note, paper, phrases, queue, signed, told
from clinic.notes.views.page import bp

__all__ = ["attachments", "bp", "draft_keys", "episodes", "note", "paper", "phrases", "queue", "signed", "told"]
