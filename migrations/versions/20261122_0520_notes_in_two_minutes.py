"""notes in two minutes"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "b7d41e9c0a35"
down_revision = "a1f60c2b7e94"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("practice", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=400), nullable=False, comment="what they are good for"),
        sa.Column(
            "gone_at", db.UtcDateTime(timezone=True), nullable=True, comment="since when nobody is sent there any more"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_table(
        "draft_key",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=False, comment="256 random bits, as base64"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_key_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_key")),
    )
    with op.batch_alter_table("draft_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_key_account_id"), ["account_id"], unique=False)

    op.create_table(
        "note_format",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False, comment="id, label and hint of each, in order"),
        sa.Column("offered", sa.Boolean(), nullable=False, comment="for new notes"),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_note_format_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_format")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_note_format_code_number")),
    )
    op.create_table(
        "own_test",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_own_test_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_test")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_own_test_code_number")),
    )
    op.create_table(
        "episode",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_episode_client_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_episode_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
    )
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_episode_client_id"), ["client_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "revision",
            sa.Integer(),
            nullable=False,
            comment="counts the saves: a page that lags behind overwrites nothing",
        ),
        sa.Column("filed_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("released_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("paper_sealed", sa.LargeBinary(), nullable=True, comment="the PDF, as base64"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("filed_at IS NULL OR paper_sealed IS NOT NULL", name=op.f("ck_letter_filed_has_paper")),
        sa.CheckConstraint("released_at IS NULL OR filed_at IS NOT NULL", name=op.f("ck_letter_released_is_filed")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_letter_client_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_letter_contact_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_letter_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_client_id"), ["client_id"], unique=False)

    op.create_table(
        "phrase",
        sa.Column("therapist_id", sa.Integer(), nullable=True, comment="empty: all's"),
        sa.Column(
            "part",
            sa.String(length=20),
            nullable=False,
            comment="where it is offered as a chip; empty: by shortcut alone",
        ),
        sa.Column(
            "shortcut", sa.String(length=20), nullable=False, comment="typed with a dot before it; empty: a chip alone"
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_phrase_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
    )
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phrase_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False, comment="who added it"),
        sa.Column("added_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of what is kept"),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_sealed", sa.LargeBinary(), nullable=False, comment="as base64"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_attachment_account_id")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_attachment_appointment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_appointment_id"), ["appointment_id"], unique=False)

    op.create_table(
        "measures_told",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_measures_told_appointment_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_measures_told_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures_told")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_measures_told_appointment_id")),
    )
    with op.batch_alter_table("measures_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measures_told_client_id"), ["client_id"], unique=False)

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "asks_measures",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="whether clients are asked how they are before each visit",
            )
        )

    with op.batch_alter_table("therapist", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "supervisor_id", sa.Integer(), nullable=True, comment="of a trainee: who signs their notes as well"
            )
        )
        batch_op.add_column(
            sa.Column(
                "note_format",
                sa.String(length=20),
                server_default="soap",
                nullable=False,
                comment="how their new notes begin",
            )
        )
        batch_op.create_foreign_key(batch_op.f("fk_therapist_supervisor_id"), "therapist", ["supervisor_id"], ["id"])

    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_signature_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_signature_kind_known"), "kind IN ('note', 'amendment', 'co_sign')"
        )


def downgrade():
    # The check on the kinds of signatures stays wide: what was co-signed is signed, and is not lost on the way back.
    with op.batch_alter_table("therapist", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_therapist_supervisor_id"), type_="foreignkey")
        batch_op.drop_column("note_format")
        batch_op.drop_column("supervisor_id")

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("asks_measures")

    with op.batch_alter_table("measures_told", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measures_told_client_id"))

    op.drop_table("measures_told")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_appointment_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phrase_therapist_id"))

    op.drop_table("phrase")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_client_id"))

    op.drop_table("letter")
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_episode_client_id"))

    op.drop_table("episode")
    op.drop_table("own_test")
    op.drop_table("note_format")
    with op.batch_alter_table("draft_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_key_account_id"))

    op.drop_table("draft_key")
    op.drop_table("contact")
