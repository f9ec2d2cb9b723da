"""the register"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "d790f28a6aa3"
down_revision = "77c00ae90418"
branch_labels = None
depends_on = None

KINDS_BEFORE = ("qualification", "training", "insurance")
KINDS = (
    "qualification",
    "licence",
    "registration",
    "membership",
    "board_certification",
    "training",
    "insurance",
    "first_aid",
    "background_check",
)


def upgrade():
    op.create_table(
        "preset_change",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("preset", sa.JSON(), nullable=False, comment="as in presets.yaml"),
        sa.Column("changed_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_preset_change")),
    )
    op.create_table(
        "continuing_education",
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("provider", sa.String(length=160), nullable=False),
        sa.Column("provider_no", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("discipline", sa.String(length=40), nullable=False),
        sa.Column("reflection_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "category IN ('discipline', 'general', 'ethics', 'self_care')",
            name=op.f("ck_continuing_education_category_known"),
        ),
        sa.CheckConstraint("minutes BETWEEN 1 AND 60000", name=op.f("ck_continuing_education_minutes_sane")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_continuing_education_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_continuing_education")),
    )
    with op.batch_alter_table("continuing_education", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_continuing_education_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "outside_checker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False, comment="as the profile says who checked"),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "relation IN ('colleague', 'tutor', 'association')", name=op.f("ck_outside_checker_relation_known")
        ),
        sa.ForeignKeyConstraint(["invited_by_id"], ["account.id"], name=op.f("fk_outside_checker_invited_by_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_outside_checker_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_checker")),
    )
    with op.batch_alter_table("outside_checker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_checker_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "portrait",
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_portrait_therapist_id")),
        sa.PrimaryKeyConstraint("therapist_id", name=op.f("pk_portrait")),
    )
    op.create_table(
        "evidence",
        sa.Column("credential_id", sa.Integer(), nullable=True),
        sa.Column("education_id", sa.Uuid(), nullable=True),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes, as written by us"),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the same"),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False, comment="its base64"),
        sa.Column("added_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/jpeg')", name=op.f("ck_evidence_media_type_known")
        ),
        sa.CheckConstraint("(credential_id IS NULL) <> (education_id IS NULL)", name=op.f("ck_evidence_of_one")),
        sa.ForeignKeyConstraint(["credential_id"], ["credential.id"], name=op.f("fk_evidence_credential_id")),
        sa.ForeignKeyConstraint(["education_id"], ["continuing_education.id"], name=op.f("fk_evidence_education_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_credential_id"), ["credential_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_education_id"), ["education_id"], unique=False)

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "mail_name",
                sa.String(length=120),
                server_default="",
                nullable=False,
                comment="whom mails are from; empty: the clinic's name",
            )
        )

    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_credential_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_credential_kind_known"), f"kind IN {KINDS}")
        batch_op.alter_column("starts_on", existing_type=sa.Date(), comment="issued, or in force from")
        batch_op.add_column(
            sa.Column(
                "preset", sa.String(length=40), server_default="", nullable=False, comment="what it was filled in from"
            )
        )
        batch_op.add_column(
            sa.Column("qualification_no", sa.String(length=40), server_default="", nullable=False, comment="601/5566/8")
        )
        batch_op.add_column(sa.Column("register_no", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "register_url",
                sa.String(length=300),
                server_default="",
                nullable=False,
                comment="where anybody may look it up",
            )
        )
        batch_op.add_column(
            sa.Column(
                "jurisdiction",
                sa.String(length=60),
                server_default="",
                nullable=False,
                comment="where a licence holds: Texas, Ontario …",
            )
        )
        batch_op.add_column(sa.Column("hours", sa.Integer(), nullable=True, comment="of study"))
        batch_op.add_column(sa.Column("distance_learning", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(
            sa.Column(
                "cover_minor",
                sa.Integer(),
                nullable=True,
                comment="what an insurance pays at most, in the clinic's currency",
            )
        )
        batch_op.add_column(
            sa.Column(
                "shown", sa.Boolean(), server_default=sa.true(), nullable=False, comment="on the profile, once verified"
            )
        )
        batch_op.add_column(
            sa.Column(
                "revision", sa.Integer(), server_default="1", nullable=False, comment="raised by each change of it"
            )
        )
        batch_op.add_column(
            sa.Column(
                "changed_at",
                db.UtcDateTime(timezone=True),
                nullable=True,
                comment="when it was entered or last changed",
            )
        )
        batch_op.add_column(
            sa.Column(
                "put_away_at",
                db.UtcDateTime(timezone=True),
                nullable=True,
                comment="taken out of the register; kept for the record",
            )
        )

    op.execute("UPDATE credential SET kind = substr(skill, 5), skill = '' WHERE skill LIKE 'was:%'")

    with op.batch_alter_table("therapist", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "profile_words", sa.String(length=2000), server_default="", nullable=False, comment="on their own page"
            )
        )
        batch_op.add_column(
            sa.Column("languages", sa.JSON(), server_default="[]", nullable=False, comment="spoken, as codes: en, pl")
        )

    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "revision",
                sa.Integer(),
                server_default="1",
                nullable=False,
                comment="of the credential, as it was checked",
            )
        )
        batch_op.add_column(
            sa.Column(
                "meets_level",
                sa.Integer(),
                nullable=True,
                comment="on the RQF scale, as the checker says; empty: as its own",
            )
        )
        batch_op.add_column(sa.Column("next_check_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("checker_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("by_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_check_constraint(op.f("ck_verification_by_one"), "(by_id IS NULL) <> (checker_id IS NULL)")
        batch_op.create_foreign_key(batch_op.f("fk_verification_checker_id"), "outside_checker", ["checker_id"], ["id"])


def downgrade():
    # The version before takes the latest check for good: one of something else than what stands now must not be there.
    op.execute("DELETE FROM verification WHERE by_id IS NULL")
    op.execute(
        "DELETE FROM verification WHERE credential_id IN "
        "(SELECT id FROM credential WHERE put_away_at IS NOT NULL OR revision <> verification.revision)"
    )
    op.execute(
        "UPDATE credential SET skill = 'was:' || kind, kind = 'training' "
        "WHERE kind NOT IN ('qualification', 'training', 'insurance')"
    )

    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_verification_by_one"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_verification_checker_id"), type_="foreignkey")
        batch_op.alter_column("by_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("checker_id")
        batch_op.drop_column("next_check_on")
        batch_op.drop_column("meets_level")
        batch_op.drop_column("revision")

    with op.batch_alter_table("therapist", schema=None) as batch_op:
        batch_op.drop_column("languages")
        batch_op.drop_column("profile_words")

    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_credential_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_credential_kind_known"), f"kind IN {KINDS_BEFORE}")
        batch_op.drop_column("put_away_at")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("revision")
        batch_op.drop_column("shown")
        batch_op.drop_column("cover_minor")
        batch_op.drop_column("distance_learning")
        batch_op.drop_column("hours")
        batch_op.drop_column("jurisdiction")
        batch_op.drop_column("register_url")
        batch_op.drop_column("register_no")
        batch_op.drop_column("qualification_no")
        batch_op.drop_column("preset")

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("mail_name")

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_education_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_credential_id"))

    op.drop_table("evidence")
    op.drop_table("portrait")
    with op.batch_alter_table("outside_checker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_checker_therapist_id"))

    op.drop_table("outside_checker")
    with op.batch_alter_table("continuing_education", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_continuing_education_therapist_id"))

    op.drop_table("continuing_education")
    op.drop_table("preset_change")
