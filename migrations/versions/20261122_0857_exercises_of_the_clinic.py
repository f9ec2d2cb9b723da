"""exercises of the clinic"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "c8e52f0b1d46"
down_revision = "b7d41e9c0a35"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "exercise_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="of the words that were read"),
        sa.Column("approved_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["account.id"], name=op.f("fk_exercise_approval_approved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_approval")),
    )
    with op.batch_alter_table("exercise_approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_approval_code"), ["code"], unique=False)

    op.create_table(
        "exercise_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False, comment="of the catalogue, or own_ and eight letters"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False, comment="for new plans"),
        sa.Column(
            "pose", sa.String(), nullable=False, comment="a pose file; empty: the product's drawing, or the photo"
        ),
        sa.Column("photo", sa.LargeBinary(), nullable=True, comment="drawn anew by us, a JPEG"),
        sa.Column(
            "photo_words", sa.String(length=300), nullable=False, comment="what it shows, for those who do not see it"
        ),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_exercise_version_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_version")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_exercise_version_code_number")),
    )
    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "shows_exercises",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="its exercises, to everybody, on a page of their own",
            )
        )


def downgrade():
    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("shows_exercises")

    op.drop_table("exercise_version")
    with op.batch_alter_table("exercise_approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_approval_code"))

    op.drop_table("exercise_approval")
