"""running the clinic"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "77c00ae90418"
down_revision = "953fcb6be903"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "logo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_logo_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logo")),
    )
    op.create_table(
        "closure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=True, comment="empty: everywhere"),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=80), nullable=False, comment="what for, as clients may read it"),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_closure_first_before_last")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_closure_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    with op.batch_alter_table("closure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closure_last_on"), ["last_on"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_recovery_code_digest")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_account_id"), ["account_id"], unique=False)

    op.create_table(
        "time_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_time_off_starts_before_end")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_time_off_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_off")),
    )
    with op.batch_alter_table("time_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_time_off_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_time_off_therapist_id"), ["therapist_id"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column(
            "password_hash", existing_type=sa.String(length=200), comment="empty: invited, and has not come yet"
        )
        batch_op.add_column(
            sa.Column("totp_sealed", sa.LargeBinary(), nullable=True, comment="the secret of their second factor")
        )
        batch_op.add_column(
            sa.Column(
                "totp_step", sa.Integer(), nullable=True, comment="the last code that was used, for each is good once"
            )
        )
        batch_op.add_column(
            sa.Column(
                "second_factor_at", db.UtcDateTime(timezone=True), nullable=True, comment="since when it is asked for"
            )
        )

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "outside_uid",
                sa.String(length=255),
                nullable=True,
                comment="its name in the system it was brought from",
            )
        )
        batch_op.create_unique_constraint(batch_op.f("uq_appointment_outside_uid"), ["outside_uid"])

    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "outside_ref",
                sa.String(length=120),
                nullable=True,
                comment="their number in the system they were brought from",
            )
        )
        batch_op.create_unique_constraint(batch_op.f("uq_client_outside_ref"), ["outside_ref"])

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "accent",
                sa.String(length=7),
                server_default="",
                nullable=False,
                comment="#1d5c63; empty: the house's own green",
            )
        )
        batch_op.add_column(sa.Column("privacy_words", sa.String(length=6000), server_default="", nullable=False))

    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kinds",
                sa.JSON(),
                server_default="[]",
                nullable=False,
                comment="what it is fit for: two_tables, step_free",
            )
        )
        batch_op.add_column(
            sa.Column(
                "offered", sa.Boolean(), server_default=sa.true(), nullable=False, comment="used for new appointments"
            )
        )

    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "room_kind",
                sa.String(length=20),
                nullable=True,
                comment="what its room must be fit for; empty: any room",
            )
        )


def downgrade():
    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.drop_column("room_kind")

    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.drop_column("offered")
        batch_op.drop_column("kinds")

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("privacy_words")
        batch_op.drop_column("accent")

    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_client_outside_ref"), type_="unique")
        batch_op.drop_column("outside_ref")

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_appointment_outside_uid"), type_="unique")
        batch_op.drop_column("outside_uid")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("password_hash", existing_type=sa.String(length=200), comment=None)
        batch_op.drop_column("second_factor_at")
        batch_op.drop_column("totp_step")
        batch_op.drop_column("totp_sealed")

    with op.batch_alter_table("time_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_time_off_therapist_id"))
        batch_op.drop_index(batch_op.f("ix_time_off_ends_at"))

    op.drop_table("time_off")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_account_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("closure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closure_last_on"))

    op.drop_table("closure")
    op.drop_table("logo")
