"""The shape of a note, and of what stands beside it."""

from clinic.notes.forms.amendment import AmendmentForm
from clinic.notes.forms.note import NoteForm, note_form

__all__ = ["AmendmentForm", "NoteForm", "note_form"]
