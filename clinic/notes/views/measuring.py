"""What the page of a note shows of its measures, and what it begins with."""

from collections.abc import Collection, Sequence
from typing import Any

from clinic.booking.models import Appointment
from clinic.core.times import local
from clinic.notes import queries, rules
from clinic.notes.catalogue.measures import measures
from clinic.notes.models import MeasuresTold, NoteDraft
from clinic.notes.queries import SignedNote
from clinic.notes.queries.told import answers_in
from clinic.notes.rules import Content
from clinic.notes.rules.measures import begun, with_told
from clinic.notes.wording import measures as words


def beginning(
    appointment: Appointment,
    draft: NoteDraft | None,
    notes: Sequence[SignedNote],
    told: MeasuresTold | None,
    zone: str,
) -> Content:
    """What is written so far. Where nothing is, what was hard for them last time; and what they told since the draft
    was saved, where nothing stands.
    """
    content = queries.content_of(draft)
    if draft is None:
        earlier = (one.content for one in notes if one.starts_at < appointment.starts_at)
        content = begun(content, next(earlier, None))
    if told is None or (draft and draft.saved_at >= told.told_at):
        return content
    that_day = local(told.told_at, zone).date() == local(appointment.starts_at, zone).date()
    return with_told(content, answers_in(told), that_day=that_day)


def told_themself(told: MeasuresTold | None, zone: str) -> dict[str, Any]:
    """What the client told before the visit, for the page, with when."""
    if told is None:
        return {}
    return {"told_measures": words.told(answers_in(told)), "told_measures_at": local(told.told_at, zone)}


def measuring(content: Content, earlier: Sequence[SignedNote], told: Collection[str]) -> dict[str, Any]:
    """For the page: what to think of after what the visits for the same showed and what they told, and the change
    within this one.
    """
    of_same = [one.content for one in earlier if not content.episode or one.episode in {"", content.episode}]
    return {
        "prompts": words.prompts(rules.prompts(of_same, content, told)),
        "within_visit": words.within_visit(content),
        "suggested": measures().activities,
    }
