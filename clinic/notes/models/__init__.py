"""The tables of treatment notes."""

from clinic.notes.models.beside import Attachment, DraftKey, MeasuresTold
from clinic.notes.models.episodes import Episode
from clinic.notes.models.findings import Findings
from clinic.notes.models.signing import NoteDraft, Signature
from clinic.notes.models.tools import NoteFormat, OwnTest, Phrase

__all__ = [
    "Attachment",
    "DraftKey",
    "Episode",
    "Findings",
    "MeasuresTold",
    "NoteDraft",
    "NoteFormat",
    "OwnTest",
    "Phrase",
    "Signature",
]
