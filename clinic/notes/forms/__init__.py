"""The shape of a note, and of what stands beside it."""

from clinic.notes.forms.amendment import AmendmentForm, CoSignatureForm
from clinic.notes.forms.note import NoteForm, note_form

__all__ = ["AmendmentForm", "CoSignatureForm", "NoteForm", "note_form"]
