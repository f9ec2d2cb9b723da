"""Fills the clinic of ten with appointments: python -m bench.fill 50000, with INSTANCE and DATABASE_URL set.

Two of three times up to the horizon are taken; the rest lies in the past, as full as days can be. Rows are written
in order and in bulk, so the guard against overlaps is taken off before and put on again after.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import count, cycle, islice
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

import config
from clinic.booking import guard
from clinic.booking.models import Appointment, Claim, Resource
from clinic.core.times import instant_of, wall_minute
from clinic.people.models import Client, Therapist
from clinic.places.models import Room
from clinic.treatments.models import Treatment
from tests.drills.clinic import SLUGS, ZONE

TIMES = [time(9), time(10, 15), time(11, 30), time(12, 45), time(14), time(15, 15)]
HORIZON = 90
PRICE = 6000
MINUTES = {"therapist": 75, "room": 70, "client": 60}  # with the rest after it, the cleaning, and neither

Time = tuple[int, int]  # the minute it starts, since 1970, and which of the ten therapists


class Planned(NamedTuple):
    id: UUID
    start: int
    who: int
    client_id: UUID


def future(*, taken: bool) -> Iterator[Time]:
    """Times from tomorrow to the horizon, on weekdays: those that are taken, or those that can be booked."""
    today = datetime.now(ZoneInfo(ZONE)).date()
    for ahead in range(1, HORIZON):
        day = today + timedelta(days=ahead)
        for place, at in enumerate(TIMES):
            for who in range(len(SLUGS)):
                if day.weekday() < 5 and ((ahead + place + who) % 3 > 0) == taken:
                    yield wall_minute(day, at, ZONE), who


def past() -> Iterator[Time]:
    """Every time of every day before today, the latest first."""
    today = datetime.now(ZoneInfo(ZONE)).date()
    for ago in count(1):
        for at in reversed(TIMES):
            for who in range(len(SLUGS)):
                yield wall_minute(today - timedelta(days=ago), at, ZONE), who


def fill(connection: sa.Connection, size: int) -> None:
    ahead = list(future(taken=True))
    times = sorted([*ahead, *islice(past(), size - len(ahead))])
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    clients = [UUID(int=n) for n in range(1, size // 25)]  # one comes round again after weeks
    planned = [Planned(UUID(int=n), *time, client) for n, time, client in zip(count(1), times, cycle(clients))]
    named = ((one, f"Client {one.int}", f"client{one.int}@client.test", "", long_ago) for one in clients)
    _take_guard_off(connection)
    _pour(connection, Client, ("id", "name", "email", "phone", "created_at"), named)
    _pour(connection, Resource, ("client_id",), ((one,) for one in clients))
    _pour_appointments(connection, planned, long_ago)
    _pour_claims(connection, planned)
    guard.install(connection)


def _pour_appointments(connection: sa.Connection, planned: list[Planned], booked_at: datetime) -> None:
    """Each therapist works in a room of their own."""
    treatment_id = connection.scalar(sa.select(Treatment.id).where(Treatment.slug == "massage"))
    therapist_ids = connection.scalars(sa.select(Therapist.id).order_by(Therapist.id)).all()
    room_ids = connection.scalars(sa.select(Room.id).order_by(Room.id)).all()
    rows = (
        (
            *(one.id, f"{one.id.int:07X}", one.client_id, therapist_ids[one.who], treatment_id, room_ids[one.who]),
            *(instant_of(one.start), instant_of(one.start + MINUTES["client"]), PRICE, booked_at, "guest"),
        )
        for one in planned
    )
    who = ("id", "ref", "client_id", "therapist_id", "treatment_id", "room_id")
    _pour(connection, Appointment, (*who, "starts_at", "ends_at", "price_minor", "booked_at", "booked_by"), rows)


def _pour_claims(connection: sa.Connection, planned: list[Planned]) -> None:
    def resources(column: Any) -> dict[Any, int]:
        return dict(
            connection.execute(sa.select(column, Resource.id).where(column.is_not(None)).order_by(column)).all()
        )

    therapists, rooms = (list(resources(one).values()) for one in (Resource.therapist_id, Resource.room_id))
    clients = resources(Resource.client_id)
    rows = (
        (resource_id, one.id, instant_of(one.start), instant_of(one.start + minutes))
        for one in planned
        for resource_id, minutes in (
            (therapists[one.who], MINUTES["therapist"]),
            (rooms[one.who], MINUTES["room"]),
            (clients[one.client_id], MINUTES["client"]),
        )
    )
    _pour(connection, Claim, ("resource_id", "appointment_id", "starts_at", "ends_at"), rows)


def _pour(connection: sa.Connection, model: Any, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """By the quickest way each database has."""
    names = f"{model.__tablename__} ({', '.join(columns)})"
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" for _ in columns)
        cursor.executemany(
            f"INSERT INTO {names} VALUES ({places})", (tuple(map(_as_sqlite_keeps, row)) for row in rows)
        )
    else:
        with cursor.copy(f"COPY {names} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _as_sqlite_keeps(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _take_guard_off(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        for trigger in ("claim_overlap_insert", "claim_changed_insert"):
            connection.execute(sa.text(f"DROP TRIGGER {trigger}"))
    else:
        connection.execute(sa.text("ALTER TABLE claim DROP CONSTRAINT claim_overlap, DROP CONSTRAINT claim_length"))


def main() -> None:
    engine = sa.create_engine(config.load().database_url)
    with engine.begin() as connection:
        fill(connection, int(sys.argv[1]))
    if engine.dialect.name == "postgresql":  # autovacuum would, a minute later
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))


if __name__ == "__main__":
    main()
