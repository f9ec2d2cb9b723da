"""What is read about credentials."""

from clinic.qualifications.queries.checkers import active_owners, checked_by_nobody, checkers_of, is_own, live_link
from clinic.qualifications.queries.held import (
    checks_due,
    ending,
    ending_one,
    held_of,
    lapsing,
    not_taken_over,
    verified_by_therapist,
)
from clinic.qualifications.queries.papers import certificates_of, evidence_of, paper_belongs_to, papers_of
from clinic.qualifications.queries.presets import all_presets
from clinic.qualifications.queries.register import (
    Entry,
    all_therapists,
    entries_by_therapist,
    entry,
    register_of,
    today_at,
    what_treatments_need,
    zone_of_clinic,
)

__all__ = [
    "Entry",
    "active_owners",
    "all_presets",
    "all_therapists",
    "certificates_of",
    "checked_by_nobody",
    "checkers_of",
    "checks_due",
    "ending",
    "ending_one",
    "entries_by_therapist",
    "entry",
    "evidence_of",
    "held_of",
    "is_own",
    "lapsing",
    "live_link",
    "not_taken_over",
    "paper_belongs_to",
    "papers_of",
    "register_of",
    "today_at",
    "verified_by_therapist",
    "what_treatments_need",
    "zone_of_clinic",
]
