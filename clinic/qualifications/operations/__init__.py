"""What is done to a therapist's register. The caller commits."""

from clinic.qualifications.operations.asking import CHECK, ask_for_check, no_longer_to_check

__all__ = ["CHECK", "ask_for_check", "no_longer_to_check"]
