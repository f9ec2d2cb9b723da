"""When a note may be signed. Pure."""

from collections.abc import Sequence

from clinic.core.refusals import Refusal
from clinic.notes.rules.content import Content


def signing_refusals(
    content: Content, *, begun: bool, cancelled: bool, consent: str = "", unsafe: Sequence[Refusal] = ()
) -> list[Refusal]:
    """Why this note may not be signed now. `consent`: how that to a release stands; empty where none was given.
    `unsafe`: what else stands against a release.
    """
    if cancelled:
        return [Refusal("note_of_cancelled")]
    if not begun:
        return [Refusal("note_too_early")]
    if content.is_empty:
        return [Refusal("note_empty")]
    return [*unsafe, *(_unagreed(content, consent) if consent else [])]


def _unagreed(content: Content, consent: str) -> list[Refusal]:
    """A release is done with a consent that holds, and asked for aloud once more before it begins."""
    if consent != "valid":
        return [Refusal("consent_lacking")]
    return [] if content.asked_again else [Refusal("consent_not_asked_again")]
