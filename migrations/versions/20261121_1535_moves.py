"""moves"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "683fb7e03ad1"
down_revision = "f1bb65164fea"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("from_starts_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("from_therapist_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_move_appointment_id")),
        sa.ForeignKeyConstraint(["from_therapist_id"], ["therapist.id"], name=op.f("fk_move_from_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
        sa.UniqueConstraint("appointment_id", "number", name=op.f("uq_move_appointment_id_number")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "moved",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="how often; each Move says from where",
            )
        )

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "change_notice_hours",
                sa.Integer(),
                server_default="24",
                nullable=False,
                comment="until then clients move an appointment themselves",
            )
        )
        batch_op.add_column(
            sa.Column(
                "most_moves",
                sa.Integer(),
                server_default="3",
                nullable=False,
                comment="of one appointment, by its client",
            )
        )
        batch_op.add_column(
            sa.Column(
                "late_words",
                sa.String(length=300),
                server_default="",
                nullable=False,
                comment="shown before a late cancellation",
            )
        )


def downgrade():
    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("late_words")
        batch_op.drop_column("most_moves")
        batch_op.drop_column("change_notice_hours")

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_column("moved")

    op.drop_table("move")
