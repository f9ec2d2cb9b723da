"""What whoever asks has told: on the safety page, and, where we know them, before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic.booking import rules
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.intake.models import Screening
from clinic.intake.queries import Standing, standing
from clinic.intake.rules import Decision, SafetyRule


@dataclass(frozen=True)
class Told:
    """`page` is what the safety page decides, where it was answered; `stands` is None for a guest, who is nobody we
    know.
    """

    page: Decision | None
    stands: Standing | None
    safety: Sequence[SafetyRule]

    def refusals(self, *, is_release: bool) -> list[Refusal]:
        """Why a release, or anything at all, is not booked for them."""
        if self.stands is None:
            return rules.screening_refusals(self.page, is_release=is_release)
        needed = [Refusal("screening_needed")] if is_release and self.page is None else []
        return needed + rules.told_refusals(self.decision(is_release=is_release), is_release=is_release)

    def decision(self, *, is_release: bool) -> Decision:
        """What all of it decides for a release, or for another treatment."""
        if self.stands is None:
            return self.page or Decision(frozenset(), ())
        return self.stands.decision(self.safety, deep=is_release)

    @property
    def rings(self) -> bool:
        """Whether a therapist rings before the visit."""
        return bool(self.rings_for)

    @property
    def rings_for(self) -> frozenset[str]:
        """What stands where a therapist rings. Whoever has just answered the safety page asked for a release."""
        decision = self.decision(is_release=self.page is not None)
        return frozenset(decision.reasons if decision.ring_first else ())


def told_by(
    session: AnySession, safety: Sequence[SafetyRule], client_id: UUID | None, answered: Screening | None, *, on: date
) -> Told:
    """As it stands on the day of the visit. One statement; none for a guest."""
    stands = standing(session, client_id, on=on, answered=answered) if client_id else None
    return Told(answered.decision(safety) if answered else None, stands, safety)
