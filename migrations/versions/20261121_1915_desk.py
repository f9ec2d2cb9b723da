"""desk"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db
from clinic.people.rules import folded

revision = "953fcb6be903"
down_revision = "485bcd9b2862"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "chaperone_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False, comment="0 is Monday"),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_chaperone_hours_starts_before_end")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_chaperone_hours_weekday_known")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_chaperone_hours_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chaperone_hours")),
    )
    with op.batch_alter_table("chaperone_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chaperone_hours_location_id"), ["location_id"], unique=False)

    op.create_table(
        "delay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False, comment="0: on time again"),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 180", name=op.f("ck_delay_minutes_sane")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_delay_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delay")),
    )
    with op.batch_alter_table("delay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delay_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("undone_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "state IN ('confirmed', 'arrived', 'started', 'finished', 'no_show')",
            name=op.f("ck_attendance_state_known"),
        ),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_attendance_appointment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_appointment_id"), ["appointment_id"], unique=False)

    op.create_table(
        "block",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "words", sa.String(length=80), nullable=False, comment="for the staff; of a private one, its owner's alone"
        ),
        sa.Column("starts_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "releases_at", db.UtcDateTime(timezone=True), nullable=True, comment="from then on it is in nobody's way"
        ),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "(kind = 'kept_free') = (releases_at IS NOT NULL)", name=op.f("ck_block_kept_free_releases")
        ),
        sa.CheckConstraint(
            "kind IN ('lunch', 'meeting', 'private', 'kept_free', 'other')", name=op.f("ck_block_kind_known")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_block_starts_before_end")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_block_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index("ix_block_resource_ends", ["resource_id", "ends_at"], unique=False)

    op.create_table(
        "override",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False, comment="the refusals that were put aside"),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_override_appointment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
    )
    with op.batch_alter_table("override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_override_appointment_id"), ["appointment_id"], unique=False)

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "second_treatment_id", sa.Integer(), nullable=True, comment="given after the first, in the same visit"
            )
        )
        batch_op.add_column(
            sa.Column("second_minutes", sa.Integer(), nullable=True, comment="of the whole, how much is the second's")
        )
        batch_op.add_column(
            sa.Column(
                "chaperone",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="the client asks for somebody else in the room",
            )
        )
        batch_op.add_column(
            sa.Column(
                "version",
                sa.Integer(),
                server_default="1",
                nullable=False,
                comment="counts its changes; what a page showed before is told apart by it",
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_appointment_second_treatment_id"), "treatment", ["second_treatment_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_appointment_second_whole"), "(second_treatment_id IS NULL) = (second_minutes IS NULL)"
        )

    with op.batch_alter_table("cancellation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "late",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="within the clinic's notice, as it was then",
            )
        )

    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "search",
                sa.String(length=420),
                server_default="",
                nullable=False,
                comment="name, email and phone as `rules.folded` writes them",
            )
        )
        batch_op.add_column(sa.Column("merged_into_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "desk_note_sealed",
                sa.LargeBinary(),
                nullable=True,
                comment="what reception should know: what to do, never why",
            )
        )
        batch_op.create_index(batch_op.f("ix_client_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_client_merged_into_id"), "client", ["merged_into_id"], ["id"])

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "missed_most",
                sa.Integer(),
                nullable=True,
                comment="after so many no-shows and late cancellations `missed_rule` holds",
            )
        )
        batch_op.add_column(
            sa.Column(
                "missed_months", sa.Integer(), server_default="12", nullable=False, comment="how far back they count"
            )
        )
        batch_op.add_column(
            sa.Column(
                "missed_rule",
                sa.String(length=10),
                server_default="call",
                nullable=False,
                comment="call, approval or deposit",
            )
        )
        batch_op.add_column(
            sa.Column(
                "missed_words",
                sa.String(length=200),
                server_default="",
                nullable=False,
                comment="what the client reads then",
            )
        )
        batch_op.add_column(
            sa.Column(
                "tells_of_delays",
                sa.Boolean(),
                server_default=sa.true(),
                nullable=False,
                comment="whether everybody after is told when somebody runs late",
            )
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_clinic_missed_rule_known"), "missed_rule IN ('call', 'approval', 'deposit')"
        )

    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_treatment_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("second_minutes", sa.Integer(), nullable=True, comment="of `minutes`, the second treatment's")
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_hold_second_treatment_id"), "treatment", ["second_treatment_id"], ["id"]
        )

    # Not rebuilt, as triggers write to it.
    op.add_column("versions", sa.Column("diary", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "subject",
                sa.String(length=80),
                server_default="",
                nullable=False,
                comment="whom it is about, as in the audit trail",
            )
        )
        batch_op.add_column(
            sa.Column("once", sa.String(length=120), nullable=True, comment="so that the same is not asked twice")
        )
        batch_op.create_index(batch_op.f("ix_work_item_subject"), ["subject"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_work_item_once"), ["once"])

    _fill_search()


def _fill_search():
    connection = op.get_bind()
    client = sa.table(
        "client", *(sa.column(name) for name in ("name", "email", "phone", "search")), sa.column("id", sa.Uuid())
    )
    for row in connection.execute(sa.select(client.c.id, client.c.name, client.c.email, client.c.phone)).all():
        found = folded(row.name, row.email, row.phone)
        connection.execute(sa.update(client).where(client.c.id == row.id).values(search=found))


def downgrade():
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_work_item_once"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_work_item_subject"))
        batch_op.drop_column("once")
        batch_op.drop_column("subject")

    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_hold_second_treatment_id"), type_="foreignkey")
        batch_op.drop_column("second_minutes")
        batch_op.drop_column("second_treatment_id")

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clinic_missed_rule_known"), type_="check")
        batch_op.drop_column("tells_of_delays")
        batch_op.drop_column("missed_words")
        batch_op.drop_column("missed_rule")
        batch_op.drop_column("missed_months")
        batch_op.drop_column("missed_most")

    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_client_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_client_merged_into_id"))
        batch_op.drop_column("desk_note_sealed")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("search")

    with op.batch_alter_table("cancellation", schema=None) as batch_op:
        batch_op.drop_column("late")

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_appointment_second_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_appointment_second_treatment_id"), type_="foreignkey")
        batch_op.drop_column("version")
        batch_op.drop_column("chaperone")
        batch_op.drop_column("second_minutes")
        batch_op.drop_column("second_treatment_id")

    with op.batch_alter_table("override", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_override_appointment_id"))

    op.drop_table("override")
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.drop_index("ix_block_resource_ends")

    op.drop_table("block")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_appointment_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("delay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delay_therapist_id"))

    op.drop_table("delay")
    with op.batch_alter_table("chaperone_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chaperone_hours_location_id"))

    op.drop_table("chaperone_hours")
    op.drop_column("versions", "diary")
