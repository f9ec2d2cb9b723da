"""notes plans and the sealed trail"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "f1bb65164fea"
down_revision = "e7e02e46842c"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "findings",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("found_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_findings_client_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_findings_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_client_id"), ["client_id"], unique=False)

    op.create_table(
        "stretch_plan",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False, comment="who worked on it last"),
        sa.Column(
            "revision",
            sa.Integer(),
            nullable=False,
            comment="counts the saves: a page that lags behind overwrites nothing",
        ),
        sa.Column("saved_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_stretch_plan_client_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_stretch_plan_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stretch_plan")),
        sa.UniqueConstraint("client_id", name=op.f("uq_stretch_plan_client_id")),
    )
    op.create_table(
        "note_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column(
            "revision",
            sa.Integer(),
            nullable=False,
            comment="counts the saves: a page that lags behind overwrites nothing",
        ),
        sa.Column("saved_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["appointment.id"], name=op.f("fk_note_draft_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_note_draft_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_draft")),
    )
    with op.batch_alter_table("note_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_draft_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "plan_issue",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, … of this plan"),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["stretch_plan.id"], name=op.f("fk_plan_issue_plan_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_plan_issue_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_issue")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_issue_plan_id_number")),
    )
    op.create_table(
        "practice_log",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["work_item.id"], name=op.f("fk_practice_log_call_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["stretch_plan.id"], name=op.f("fk_practice_log_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_log")),
        sa.UniqueConstraint("call_id", name=op.f("uq_practice_log_call_id")),
        sa.UniqueConstraint("plan_id", "told_on", name=op.f("uq_practice_log_plan_id_told_on")),
    )
    op.create_table(
        "signature",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('note', 'amendment')", name=op.f("ck_signature_kind_known")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_signature_appointment_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_signature_client_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_signature_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_signature_client_id_number")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(
            "uq_signature_note",
            ["appointment_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'note'"),
            postgresql_where=sa.text("kind = 'note'"),
        )

    with op.batch_alter_table("audit_line", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "position",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=True,
                comment="its place in the sealed trail, from 1",
            )
        )
        batch_op.add_column(
            sa.Column(
                "seal", sa.LargeBinary(), nullable=True, comment="by the worker: over this line and the seal before it"
            )
        )
        batch_op.create_index(
            "ix_audit_line_unsealed",
            ["id"],
            unique=False,
            sqlite_where=sa.text("position IS NULL"),
            postgresql_where=sa.text("position IS NULL"),
        )
        batch_op.create_unique_constraint(batch_op.f("uq_audit_line_position"), ["position"])


def downgrade():
    with op.batch_alter_table("audit_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_audit_line_position"), type_="unique")
        batch_op.drop_index(
            "ix_audit_line_unsealed",
            sqlite_where=sa.text("position IS NULL"),
            postgresql_where=sa.text("position IS NULL"),
        )
        batch_op.drop_column("seal")
        batch_op.drop_column("position")

    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_signature_note", sqlite_where=sa.text("kind = 'note'"), postgresql_where=sa.text("kind = 'note'")
        )
        batch_op.drop_index(batch_op.f("ix_signature_appointment_id"))

    op.drop_table("signature")
    op.drop_table("practice_log")
    op.drop_table("plan_issue")
    with op.batch_alter_table("note_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_draft_therapist_id"))

    op.drop_table("note_draft")
    op.drop_table("stretch_plan")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_client_id"))

    op.drop_table("findings")
