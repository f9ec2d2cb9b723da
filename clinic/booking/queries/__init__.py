"""Free times, and appointments for pages."""

from clinic.booking.queries.absences import closures, in_closure, in_time_off, time_off, times_off
from clinic.booking.queries.appointments import (
    WITH_ALL,
    appointment,
    appointment_of_staff,
    appointments_between,
    appointments_of,
    appointments_to_come,
    held_by,
    latest_screening,
    latest_visits,
    overrides_of,
    seen_at,
    starts_between,
    visible_client,
)
from clinic.booking.queries.assessed import assessment_refusals, following
from clinic.booking.queries.attendance import Reached, day_between, delays_between, reached, reached_of, sheet_between
from clinic.booking.queries.blocks import (
    Blockable,
    appointments_in,
    block,
    blockable,
    made_with,
    zone_of,
)
from clinic.booking.queries.clients import (
    Visits,
    clients_after,
    clients_from,
    first_letters,
    visible_clients,
    visits_of,
)
from clinic.booking.queries.free_days import Slot, shape_of
from clinic.booking.queries.free_times import PAGE_DAYS, Search, bounds_of, nearest, search, today_at
from clinic.booking.queries.taken import Busy, busy_between, resource_ids, resource_ids_for, taken_of
from clinic.booking.queries.unfit import unfit_in_room, unfit_of_treatment
from clinic.booking.queries.unqualified import unqualified, waiting_for_another

__all__ = [
    "PAGE_DAYS",
    "WITH_ALL",
    "Blockable",
    "Busy",
    "Reached",
    "Search",
    "Slot",
    "Visits",
    "appointment",
    "appointment_of_staff",
    "appointments_between",
    "appointments_in",
    "appointments_of",
    "appointments_to_come",
    "assessment_refusals",
    "block",
    "blockable",
    "bounds_of",
    "busy_between",
    "clients_after",
    "clients_from",
    "closures",
    "day_between",
    "delays_between",
    "first_letters",
    "following",
    "held_by",
    "in_closure",
    "in_time_off",
    "latest_screening",
    "latest_visits",
    "made_with",
    "nearest",
    "overrides_of",
    "reached",
    "reached_of",
    "resource_ids",
    "resource_ids_for",
    "search",
    "seen_at",
    "shape_of",
    "sheet_between",
    "starts_between",
    "taken_of",
    "time_off",
    "times_off",
    "today_at",
    "unfit_in_room",
    "unfit_of_treatment",
    "unqualified",
    "visible_client",
    "visible_clients",
    "visits_of",
    "waiting_for_another",
    "zone_of",
]
