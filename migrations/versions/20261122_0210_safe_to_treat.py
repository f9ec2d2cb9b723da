"""safe to treat"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "a1f60c2b7e94"
down_revision = "d790f28a6aa3"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "privacy_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_notice")),
        sa.UniqueConstraint("digest", name=op.f("uq_privacy_notice_digest")),
    )
    op.create_table(
        "clearance",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("given_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("good_until", sa.Date(), nullable=True, comment="its last good day; empty: until it is revoked"),
        sa.Column("revoked_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("paper_sealed", sa.LargeBinary(), nullable=True, comment="the letter, drawn anew by us, as base64"),
        sa.Column("paper_type", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("way IN ('call', 'letter', 'in_person', 'override')", name=op.f("ck_clearance_way_known")),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name=op.f("ck_clearance_revoked_whole")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_clearance_client_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["account.id"], name=op.f("fk_clearance_given_by_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["account.id"], name=op.f("fk_clearance_revoked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearance_client_id"), ["client_id"], unique=False)

    op.create_table(
        "consent_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("treatment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, … of this treatment"),
        sa.Column("elements", sa.JSON(), nullable=False, comment="the six: what, why, risks, instead, if_not, say"),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the words as signed"),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True, comment="empty: the product's own words"),
        sa.Column(
            "approved_by",
            sa.String(length=160),
            server_default="",
            nullable=False,
            comment="the clinician who signed it off, and what they are",
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_consent_text_made_by_id")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_consent_text_treatment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint("treatment_id", "number", name=op.f("uq_consent_text_treatment_id_number")),
    )
    op.create_table(
        "health_history",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("told_by", sa.String(length=80), nullable=False, comment="the actor, as in the audit trail"),
        sa.Column("begun_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False, comment="counts the pages saved"),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_health_history_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_history")),
    )
    with op.batch_alter_table("health_history", schema=None) as batch_op:
        batch_op.create_index("ix_health_history_client", ["client_id", "finished_at"], unique=False)
        batch_op.create_index(
            "uq_health_history_begun",
            ["client_id"],
            unique=True,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )

    op.create_table(
        "marketing_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_marketing_choice_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marketing_choice")),
    )
    with op.batch_alter_table("marketing_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marketing_choice_client_id"), ["client_id"], unique=False)

    op.create_table(
        "notice_acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_notice_acceptance_client_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["privacy_notice.id"], name=op.f("fk_notice_acceptance_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_acceptance")),
        sa.UniqueConstraint("client_id", "notice_id", name=op.f("uq_notice_acceptance_client_id_notice_id")),
    )
    op.create_table(
        "safety_list",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON, as in safety.yaml"),
        sa.Column("reason", sa.String(length=300), nullable=False, comment="why it was changed"),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True, comment="who entered the approval"),
        sa.Column(
            "approved_by",
            sa.String(length=160),
            server_default="",
            nullable=False,
            comment="the clinician who signed it off, and what they are",
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["account.id"], name=op.f("fk_safety_list_approved_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_safety_list_made_by_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_safety_list")),
    )
    op.create_table(
        "consent",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True, comment="signed for this visit"),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("signed_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(length=80), nullable=False, comment="the actor, as in the audit trail"),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("way IN ('drawn', 'typed')", name=op.f("ck_consent_way_known")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_consent_appointment_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_consent_client_id")),
        sa.ForeignKeyConstraint(["text_id"], ["consent_text.id"], name=op.f("fk_consent_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index("ix_consent_client_text", ["client_id", "text_id"], unique=False)

    op.create_table(
        "visit_check",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(length=80), nullable=False, comment="the actor, as in the audit trail"),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_visit_check_appointment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_check")),
    )
    with op.batch_alter_table("visit_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_check_appointment_id"), ["appointment_id"], unique=False)

    op.create_table(
        "consent_withdrawal",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_withdrawal_consent_id")),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent_withdrawal")),
    )
    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "consent_each_visit",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="its consent is signed anew each time",
            )
        )


def downgrade():
    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.drop_column("consent_each_visit")

    op.drop_table("consent_withdrawal")
    with op.batch_alter_table("visit_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_check_appointment_id"))

    op.drop_table("visit_check")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index("ix_consent_client_text")
        batch_op.drop_index(batch_op.f("ix_consent_appointment_id"))

    op.drop_table("consent")
    op.drop_table("safety_list")
    op.drop_table("notice_acceptance")
    with op.batch_alter_table("marketing_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marketing_choice_client_id"))

    op.drop_table("marketing_choice")
    with op.batch_alter_table("health_history", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_health_history_begun",
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )
        batch_op.drop_index("ix_health_history_client")

    op.drop_table("health_history")
    op.drop_table("consent_text")
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clearance_client_id"))

    op.drop_table("clearance")
    op.drop_table("privacy_notice")
