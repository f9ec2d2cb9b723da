"""What is decided about credentials. Pure: no clock, no database, no words."""

from clinic.qualifications.rules.bookable import (
    DISCIPLINES,
    LICENCES,
    RQF_OF,
    Held,
    Needs,
    refusals,
    rqf_level,
    takes_over,
)

__all__ = ["DISCIPLINES", "LICENCES", "RQF_OF", "Held", "Needs", "refusals", "rqf_level", "takes_over"]
