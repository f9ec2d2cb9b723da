"""What is done to a therapist's register. The caller commits."""

from clinic.qualifications.operations.asking import CHECK, ask_for_check, no_longer_to_check
from clinic.qualifications.operations.evidence import MOST_PAPERS, keep_evidence, remove_evidence, subject_of_paper

__all__ = [
    "CHECK",
    "MOST_PAPERS",
    "ask_for_check",
    "keep_evidence",
    "no_longer_to_check",
    "remove_evidence",
    "subject_of_paper",
]
