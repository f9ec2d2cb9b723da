"""The pages of the clinic itself."""

from clinic.office.views import (
    bringing,
    closures,
    days,
    figures,
    home,
    hours,
    identity,
    in_the_way,
    locations,
    logo,
    profile,
    replacements,
    rooms,
    staff,
    taking,
    time_off,
    treatments,
)
from clinic.office.views.page import bp

__all__ = [
    "bp",
    "bringing",
    "closures",
    "days",
    "figures",
    "home",
    "hours",
    "identity",
    "in_the_way",
    "locations",
    "logo",
    "profile",
    "replacements",
    "rooms",
    "staff",
    "taking",
    "time_off",
    "treatments",
]
