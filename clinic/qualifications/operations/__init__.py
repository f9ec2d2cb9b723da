"""What is done to a therapist's register. The caller commits."""

from clinic.qualifications.operations.asking import CHECK, ask_for_check, ask_for_checks_due, no_longer_to_check
from clinic.qualifications.operations.checking import check, revoke
from clinic.qualifications.operations.entering import change, enter, put_away, raise_revision, take_out
from clinic.qualifications.operations.evidence import MOST_PAPERS, keep_evidence, remove_evidence, subject_of_paper
from clinic.qualifications.operations.inviting import invite_checker, revoke_checker

__all__ = [
    "CHECK",
    "MOST_PAPERS",
    "ask_for_check",
    "ask_for_checks_due",
    "change",
    "check",
    "enter",
    "invite_checker",
    "keep_evidence",
    "no_longer_to_check",
    "put_away",
    "raise_revision",
    "remove_evidence",
    "revoke",
    "revoke_checker",
    "subject_of_paper",
    "take_out",
]
