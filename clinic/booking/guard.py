"""What the database itself sees to, on SQLite and PostgreSQL alike.

1. No two claims of one resource overlap, whatever path writes them.
2. No claim is longer than six hours, so that a search for claims can be bounded on both sides.
3. The programme's tables, the claims and the diary count their changes, so that no page shows an old one.

Installed after every migration (a batch rebuild on SQLite drops triggers without a word) and
looked for at every start.
"""

from sqlalchemy import Connection, text

MAX_CLAIM_MINUTES = 6 * 60
PROGRAMME_TABLES = (
    "clinic",
    "location",
    "room",
    "treatment",
    "treatment_length",
    "therapist",
    "credential",
    "verification",
    "working_hours",
    "chaperone_hours",
    "time_off",
    "closure",
    "logo",
    "portrait",
    "safety_list",
)
COUNTED = {
    **dict.fromkeys(PROGRAMME_TABLES, "programme"),
    **dict.fromkeys(("claim", "block"), "claims"),
    **dict.fromkeys(("attendance", "delay"), "diary"),
}  # table: the column that counts it
VERBS = ("insert", "update", "delete")
FIRST_VERSIONS = (
    "INSERT INTO versions (id, programme, claims, diary) SELECT 1, 1, 1, 1 WHERE NOT EXISTS (SELECT 1 FROM versions)"
)


class GuardMissingError(Exception):
    """The database would take double bookings. Its text is one sentence for the operator."""


def install(connection: Connection) -> None:
    """Create what is not there, and renew what may be old. Runs on an empty database and on one that has it all."""
    statements = _sqlite() if connection.dialect.name == "sqlite" else _postgresql(connection)
    for statement in statements:
        connection.execute(text(statement))


def check(connection: Connection) -> None:
    """Raise GuardMissingError unless everything `install` makes is in place."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        expected = {"claim_overlap_insert", "claim_overlap_update"}
    else:
        query = (
            "SELECT conname FROM pg_constraint WHERE conname IN ('claim_overlap', 'claim_length') AND convalidated "
            "UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        expected = {"claim_overlap", "claim_length"}
    expected |= {f"{table}_changed_{verb}" for table in COUNTED for verb in VERBS}
    found = set(connection.execute(text(query)).scalars())
    if missing := sorted(expected - found):
        raise GuardMissingError(
            f"The database lacks its guard against double booking ({missing[0]}). Run: flask db upgrade",
        )


def _sqlite() -> list[str]:
    overlap = """
        CREATE TRIGGER claim_overlap_{verb} BEFORE {event} ON claim
        WHEN EXISTS (
            SELECT 1 FROM claim WHERE resource_id = NEW.resource_id AND id IS NOT NEW.id
            AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
            AND starts_at > datetime(NEW.starts_at, '-{reach} minutes')
        ) OR julianday(NEW.ends_at) - julianday(NEW.starts_at) > {reach} / 1440.0
        BEGIN SELECT RAISE(ABORT, 'claim_overlap'); END"""
    changed = """
        CREATE TRIGGER {table}_changed_{verb} AFTER {verb} ON {table}
        BEGIN UPDATE versions SET {column} = {column} + 1; END"""
    names = ["claim_overlap_insert", "claim_overlap_update", *_for_each_counted("{table}_changed_{verb}")]
    return [
        *(f"DROP TRIGGER IF EXISTS {name}" for name in names),  # an older version's may read otherwise
        overlap.format(verb="insert", event="INSERT", reach=MAX_CLAIM_MINUTES),
        overlap.format(verb="update", event="UPDATE", reach=MAX_CLAIM_MINUTES),
        *_for_each_counted(changed),
        FIRST_VERSIONS,
    ]


def _postgresql(connection: Connection) -> list[str]:
    there = set(connection.scalars(text("SELECT conname FROM pg_constraint WHERE conrelid = 'claim'::regclass")))
    overlap = """
        ALTER TABLE claim ADD CONSTRAINT claim_overlap EXCLUDE USING gist (
            int8range(resource_id, resource_id, '[]') WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&
        )"""
    length = f"""
        ALTER TABLE claim ADD CONSTRAINT claim_length
        CHECK (ends_at - starts_at <= interval '{MAX_CLAIM_MINUTES} minutes')"""
    function = """
        CREATE OR REPLACE FUNCTION {column}_changed() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN UPDATE versions SET {column} = {column} + 1; RETURN NULL; END $$"""
    changed = """
        CREATE OR REPLACE TRIGGER {table}_changed_{verb} AFTER {verb} ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {column}_changed()"""
    return [
        *(made for name, made in (("claim_overlap", overlap), ("claim_length", length)) if name not in there),
        *(function.format(column=column) for column in ("programme", "claims", "diary")),
        *_for_each_counted(changed),
        FIRST_VERSIONS,
    ]


def _for_each_counted(statement: str) -> list[str]:
    return [
        statement.format(table=table, verb=verb, column=column) for table, column in COUNTED.items() for verb in VERBS
    ]
