"""holds waiting list and rules"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "485bcd9b2862"
down_revision = "683fb7e03ad1"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "client_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False, comment="lower case; proven by the link"),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sessions_version", sa.Integer(), nullable=False, comment="raised to end all open sessions"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_account_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_account")),
        sa.UniqueConstraint("client_id", name=op.f("uq_client_account_client_id")),
        sa.UniqueConstraint("email", name=op.f("uq_client_account_email")),
    )
    op.create_table(
        "waiting_list_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("therapist_ids", sa.JSON(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False, comment="0 is Monday"),
        sa.Column("parts", sa.JSON(), nullable=False, comment="morning, afternoon, evening"),
        sa.Column("until_on", sa.Date(), nullable=False, comment="the last day that suits"),
        sa.Column("client_id", sa.Uuid(), nullable=True, comment="only where it is proven who they are"),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("screening_id", sa.Uuid(), nullable=True),
        sa.Column("joined_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_waiting_list_entry_client_id")),
        sa.ForeignKeyConstraint(["screening_id"], ["screening.id"], name=op.f("fk_waiting_list_entry_screening_id")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_waiting_list_entry_treatment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_list_entry")),
        sa.UniqueConstraint("screening_id", name=op.f("uq_waiting_list_entry_screening_id")),
    )
    with op.batch_alter_table("waiting_list_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_list_entry_joined_at"), ["joined_at"], unique=False)

    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_digest", sa.LargeBinary(), nullable=True, comment="empty: held for an offer"),
        sa.Column("treatment_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "address_digest", sa.LargeBinary(), nullable=True, comment="whence, so that nobody holds the whole week"
        ),
        sa.CheckConstraint("made_at < expires_at", name=op.f("ck_hold_made_before_expiry")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_hold_room_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_hold_therapist_id")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_hold_treatment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("visit_digest", name=op.f("uq_hold_visit_digest")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_address_digest"), ["address_digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("ended_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'declined', 'lapsed', 'withdrawn')", name=op.f("ck_offer_outcome_known")
        ),
        sa.CheckConstraint("(outcome IS NULL) = (hold_id IS NOT NULL)", name=op.f("ck_offer_open_while_held")),
        sa.ForeignKeyConstraint(["entry_id"], ["waiting_list_entry.id"], name=op.f("fk_offer_entry_id")),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_offer_hold_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_offer_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_offer_hold_id")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_entry_id"), ["entry_id"], unique=False)

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "confirmed_at",
                db.UtcDateTime(timezone=True),
                nullable=True,
                comment="when its client said they will come; a move asks anew",
            )
        )
        batch_op.add_column(sa.Column("approval_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_appointment_approval_id"), ["approval_id"])
        batch_op.create_foreign_key(batch_op.f("fk_appointment_approval_id"), "work_item", ["approval_id"], ["id"])

    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hold_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("expires_at", db.UtcDateTime(timezone=True), nullable=True))
        batch_op.alter_column("appointment_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f("ix_claim_hold_id"), ["hold_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_claim_hold_id"), "hold", ["hold_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_claim_one_owner"), "(appointment_id IS NULL) <> (hold_id IS NULL)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_claim_holds_expire"), "(hold_id IS NULL) = (expires_at IS NULL)"
        )

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "hold_minutes",
                sa.Integer(),
                server_default="10",
                nullable=False,
                comment="a chosen time is kept for so long",
            )
        )
        batch_op.add_column(
            sa.Column(
                "offer_minutes",
                sa.Integer(),
                server_default="120",
                nullable=False,
                comment="a time offered to the waiting list is kept for so long",
            )
        )
        batch_op.add_column(
            sa.Column(
                "reminder_hours",
                sa.JSON(),
                server_default="[48]",
                nullable=False,
                comment="before the appointment, a mail each",
            )
        )
        batch_op.add_column(
            sa.Column(
                "client_most_a_day", sa.Integer(), nullable=True, comment="appointments of one known client on one day"
            )
        )

    with op.batch_alter_table("therapist", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("gender", sa.String(length=10), nullable=True, comment="woman or man; empty: not said")
        )
        batch_op.add_column(
            sa.Column("deep_minutes_a_day", sa.Integer(), nullable=True, comment="at most so much deep work on one day")
        )
        batch_op.add_column(
            sa.Column(
                "releases_apart_minutes",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="at least so long between two releases",
            )
        )

    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "preparation_minutes",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="the therapist's and the room's, before it",
            )
        )
        batch_op.add_column(
            sa.Column(
                "packed",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="offered only next to other appointments or at a day's ends",
            )
        )
        batch_op.add_column(
            sa.Column("assessment_id", sa.Integer(), nullable=True, comment="new clients come for this one first")
        )
        batch_op.add_column(
            sa.Column("assessment_months", sa.Integer(), nullable=True, comment="for so long an assessment is good")
        )
        batch_op.add_column(
            sa.Column(
                "needs_approval",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="the therapist says yes before it stands",
            )
        )
        batch_op.add_column(sa.Column("most_a_day", sa.Integer(), nullable=True, comment="by one therapist"))
        batch_op.add_column(
            sa.Column("deep", sa.Boolean(), server_default=sa.false(), nullable=False, comment="hands wear out")
        )
        batch_op.add_column(sa.Column("deposit_words", sa.String(length=200), server_default="", nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_treatment_assessment_id"), "treatment", ["assessment_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_treatment_preparation_short"), "preparation_minutes BETWEEN 0 AND 60"
        )


def downgrade():
    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_treatment_preparation_short"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_treatment_assessment_id"), type_="foreignkey")
        batch_op.drop_column("deposit_words")
        batch_op.drop_column("deep")
        batch_op.drop_column("most_a_day")
        batch_op.drop_column("needs_approval")
        batch_op.drop_column("assessment_months")
        batch_op.drop_column("assessment_id")
        batch_op.drop_column("packed")
        batch_op.drop_column("preparation_minutes")

    with op.batch_alter_table("therapist", schema=None) as batch_op:
        batch_op.drop_column("releases_apart_minutes")
        batch_op.drop_column("deep_minutes_a_day")
        batch_op.drop_column("gender")

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("client_most_a_day")
        batch_op.drop_column("reminder_hours")
        batch_op.drop_column("offer_minutes")
        batch_op.drop_column("hold_minutes")

    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_claim_one_owner"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_claim_holds_expire"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_claim_hold_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_claim_hold_id"))
        batch_op.alter_column("appointment_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("expires_at")
        batch_op.drop_column("hold_id")

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_appointment_approval_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_appointment_approval_id"), type_="unique")
        batch_op.drop_column("approval_id")
        batch_op.drop_column("confirmed_at")

    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_entry_id"))

    op.drop_table("offer")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_expires_at"))
        batch_op.drop_index(batch_op.f("ix_hold_address_digest"))

    op.drop_table("hold")
    with op.batch_alter_table("waiting_list_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_list_entry_joined_at"))

    op.drop_table("waiting_list_entry")
    op.drop_table("client_account")
