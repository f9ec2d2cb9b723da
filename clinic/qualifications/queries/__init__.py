"""What is read about credentials."""

from clinic.qualifications.queries.held import held_of, lapsing, verified_by_therapist

__all__ = ["held_of", "lapsing", "verified_by_therapist"]
